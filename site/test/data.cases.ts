// Numbers: what a page prints is what the datasets hold, and the three formats of a dataset agree.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { parseHTML } from "linkedom";
import { expect, test } from "vitest";
import { catalogue, datasetIds } from "../../data/contract/catalogue.ts";
import { columnsOf, type Dataset } from "../../data/contract/dataset.ts";
import { allPages, htmlOf, samplePages } from "./pages.ts";
import type { Visit } from "./site.test.ts";

type Row = Record<string, unknown>;

export function dataCases(visit: Visit): void {
  const read = (path: string): unknown => JSON.parse(readFileSync(join(visit.site.published, path), "utf8"));
  const latest = (): string => (read("editions.json") as { latest: string }).latest;
  const rows = (dataset: string, edition = latest()): Row[] =>
    read(join(edition, dataset, `${dataset}.json`)) as Row[];
  const editions = (): string[] =>
    (read("editions.json") as { editions: { edition: string }[] }).editions.map((one) => one.edition);

  test("every number in a sentence fills a hole whose metric is among its evidence; the rest of the evidence is metrics, passages of knowledge and events", () => {
    const unresolved: string[] = [];
    let holes = 0;
    for (const edition of editions()) {
      const metrics = new Map(rows("metrics", edition).map((metric) => [metric["metric_id"], metric]));
      const passages = new Set([
        ...rows("knowledge", edition).map((passage) => passage["id"]),
        ...rows("events", edition).map((event) => `event:${event["event"]}`),
      ]);
      for (const finding of rows("findings", edition)) {
        const template = String(finding["template"]);
        const evidence = finding["evidence"] as string[];
        const at = `${edition} ${finding["page"]} ${finding["section"]} ${finding["position"]}`;
        // Digits outside holes and quoted names are numbers nobody measured.
        const bare = template.replace(/\{[^{}]*\}/g, "");
        if (/\d/.test(bare) && /\d/.test(bare.replace(/\d{4}-W\d{2}/g, "")))
          unresolved.push(`${at}: digit in template: ${template}`);
        for (const [, id] of template.matchAll(/\{([a-z_0-9]+:[^{}|']+)(?:\|[^{}]*)?\}/g)) {
          holes++;
          if (!metrics.has(id as string)) unresolved.push(`${at}: no metric ${id}`);
          if (!evidence.includes(id as string)) unresolved.push(`${at}: ${id} is not among the evidence`);
        }
        for (const id of evidence)
          if (!metrics.has(id) && !passages.has(id))
            unresolved.push(`${at}: evidence without a metric: ${id}`);
      }
    }
    expect(holes).toBeGreaterThan(10);
    expect([...new Set(unresolved)].slice(0, 20)).toEqual([]);
  });

  test("every number marked with a metric id on a page has that id in its edition", () => {
    const { dist } = visit.site;
    const idsOf = new Map(
      editions().map((edition) => [
        edition.toLowerCase(),
        new Set(rows("metrics", edition).map((metric) => metric["metric_id"])),
      ]),
    );
    const unknown: string[] = [];
    let marked = 0;
    for (const page of allPages(dist)) {
      // A term that left the list keeps the page of its last edition, which its address does not name.
      const kept = htmlOf(dist, page).match(
        /No longer tracked: it left the list after edition (\d{4}-W\d{2})/,
      )?.[1];
      const edition = page.match(/\/(\d{4}-w\d{2})\//)?.[1] ?? (kept ?? latest()).toLowerCase();
      for (const [, id] of htmlOf(dist, page).matchAll(/data-metric="([^"]+)"/g)) {
        marked++;
        if (!idsOf.get(edition)?.has(id)) unknown.push(`${page}: ${id}`);
      }
    }
    expect(marked).toBeGreaterThan(20);
    expect([...new Set(unknown)].slice(0, 20)).toEqual([]);
  });

  test("every sum that a metric page does with the edition's rows gives the published value", () => {
    const { dist } = visit.site;
    const sums = allPages(dist).filter((page) => htmlOf(dist, page).includes('class="sum"'));
    expect(sums.length).toBeGreaterThan(0);
    expect(sums.filter((page) => htmlOf(dist, page).includes("which is a fault of ours"))).toEqual([]);
  });

  test("the accuracy page names every case of the register, and every target it misses", () => {
    const text = parseHTML(htmlOf(visit.site.dist, "/methods/accuracy/")).document.body.textContent ?? "";
    for (const row of rows("accuracy_cases")) expect(text).toContain(String(row["data_set"]));
    const missed = rows("accuracy").filter((row) => row["target_met"] === false).length;
    expect(text.split(": missed").length - 1).toBe(missed);
  });

  test("Parquet, CSV and JSON of a dataset hold the same rows and the same numbers", async () => {
    const connection = await (await DuckDBInstance.create(":memory:")).connect();
    const { dist } = visit.site;
    const differ: string[] = [];
    for (const id of datasetIds) {
      const base = join(dist, "data", id, "latest", id);
      if (!existsSync(`${base}.parquet`)) continue;
      const json = JSON.parse(readFileSync(`${base}.json`, "utf8")) as Row[];
      const numeric = columnsOf(catalogue[id] as unknown as Dataset).filter((column) =>
        /^(BIGINT|DECIMAL\([^)]*\))$/.test(column.type),
      );
      const select = [
        "count(*)::double AS counted_rows",
        ...numeric.map(
          ({ name }) => `coalesce(sum(try_cast("${name}" AS DECIMAL(28, 6)))::double, 0) AS "${name}"`,
        ),
      ].join(", ");
      const sums = async (from: string) =>
        (await connection.runAndReadAll(`SELECT ${select} FROM ${from}`)).getRowObjectsJS()[0] as Row;
      const parquet = await sums(`read_parquet('${base}.parquet')`);
      const csv = await sums(
        `read_csv('${base}.csv', header = true, all_varchar = true, delim = ',', quote = '"', escape = '"')`,
      );
      const ours: Row = {
        counted_rows: json.length,
        ...Object.fromEntries(
          numeric.map(({ name }) => [name, json.reduce((sum, row) => sum + Number(row[name] ?? 0), 0)]),
        ),
      };
      for (const [name, value] of Object.entries(ours)) {
        const close = (other: unknown) =>
          Math.abs(Number(other) - Number(value)) <= 1e-4 * Math.max(1, Math.abs(Number(value)));
        if (!close(parquet[name])) differ.push(`${id}.${name}: parquet ${parquet[name]}, json ${value}`);
        if (!close(csv[name])) differ.push(`${id}.${name}: csv ${csv[name]}, json ${value}`);
      }
    }
    connection.closeSync();
    expect(differ).toEqual([]);
  });

  test("a figure's data table says what the picture says", () => {
    const { dist } = visit.site;
    let compared = 0;
    for (const page of Object.values(samplePages(dist))) {
      const { document } = parseHTML(htmlOf(dist, page));
      for (const figure of document.querySelectorAll("figure")) {
        const table = [...figure.querySelectorAll("tbody tr")].map((row) => ({
          name: row.querySelector("th")?.textContent?.trim(),
          text: row.textContent ?? "",
        }));
        for (const row of figure.querySelectorAll(".rows .row:not(.ticks)")) {
          const name = row.querySelector(".l b")?.textContent?.trim();
          const reading = row.querySelector(".r b")?.textContent?.trim() ?? "";
          const number = reading.match(/^[−+]?[\d.,]+/)?.[0];
          const rows = table.filter((one) => one.name === name);
          if (!number || rows.length === 0) continue;
          compared++;
          expect(
            rows.some(({ text }) => text.includes(number)),
            `${page} ${figure.id} ${name} ${number}`,
          ).toBe(true);
        }
      }
    }
    expect(compared).toBeGreaterThan(3);
  });

  test("a page built on synthetic rows says so, and one that is not does not", () => {
    const { dist } = visit.site;
    for (const edition of editions()) {
      const { provenance } = read(join(edition, "edition.json")) as { provenance: string };
      for (const page of allPages(dist).filter((path) => path.endsWith(`/${edition.toLowerCase()}/`))) {
        expect(/class="b synthetic/.test(htmlOf(dist, page)), page).toBe(provenance === "synthetic");
      }
    }
    expect(editions().length).toBeGreaterThan(0);
  });
}
