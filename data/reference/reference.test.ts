// The reference files keep to their schemas, and every row says where it comes from and since when.
import { readdirSync, readFileSync } from "node:fs";
import { parse as parseCsv } from "csv-parse/sync";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { MarketFacts } from "../contract/market.ts";
import { platformName } from "../contract/platform-name.ts";
import { SourceFacts } from "../contract/source-facts.ts";
import { Taxonomy } from "../contract/taxonomy.ts";

const folder = import.meta.dirname;
const filesIn = (name: string): string[] =>
  readdirSync(`${folder}/${name}`).filter((file) => file.endsWith(".yaml"));
const yaml = (path: string): unknown => parse(readFileSync(`${folder}/${path}`, "utf8"));
const csv = (name: string): Record<string, string>[] =>
  parseCsv(readFileSync(`${folder}/${name}.csv`, "utf8"), { columns: true });

test.each(filesIn("markets"))("markets/%s holds facts with source and date, under its own code", (file) => {
  expect(MarketFacts.parse(yaml(`markets/${file}`)).code).toBe(file.replace(".yaml", ""));
});

test.each(filesIn("taxonomy"))("taxonomy/%s is valid, and names every term in all five languages", (file) => {
  const { id, terms } = Taxonomy.parse(yaml(`taxonomy/${file}`));
  expect(id).toBe(file.replace(".yaml", ""));
  const unnamed = terms.filter(({ variants }) => Object.values(variants).some((words) => words.length === 0));
  expect(unnamed.map((term) => term.id)).toEqual([]);
});

test("sources.yaml speaks of every live source, by the name it gives itself, with whose word it is and when", () => {
  const { sources } = SourceFacts.parse(yaml("sources.yaml"));
  const pipeline = `${folder}/../../pipeline/sources`;
  const live = readdirSync(pipeline).filter((id) =>
    readFileSync(`${pipeline}/${id}/source.ts`, "utf8").includes("collectedByDesk"),
  );
  expect(sources.map(({ id }) => id).toSorted()).toEqual(live.toSorted());
  for (const { id } of sources) expect(platformName(id)).not.toBe(id);
});

test("a taxonomy refuses a word that names two terms in one language, an unknown language and capital letters", () => {
  const term = (id: string, variants: object) => ({ id, title: id, kind: "product", variants });
  const taxonomy = (...terms: object[]) =>
    Taxonomy.safeParse({ id: "x", title: "X", source: "test", date: "2026-11-20", terms }).error?.issues.map(
      (issue) => issue.message,
    );
  expect(taxonomy(term("a", { de: ["essenz"] }), term("b", { de: ["essenz"] }))).toEqual([
    "invalid variant: essenz names a already in de",
  ]);
  expect(taxonomy(term("a", { es: ["suero"] }))).toEqual(['Unrecognized key: "es"']);
  expect(taxonomy(term("a", { de: ["Serum"] }))?.[0]).toMatch(/^invalid phrase/);
});

test.each([
  ["disclosure_tags", ["tag", "language", "source", "valid_from"]],
  ["generic_tags", ["tag", "source", "date"]],
  [
    "media_prices",
    [
      "price",
      "market",
      "platform",
      "kind",
      "format",
      "low_usd",
      "mid_usd",
      "high_usd",
      "period_start",
      "period_end",
      "basis",
      "source",
      "date",
    ],
  ],
  [
    "engagement_benchmarks",
    [
      "benchmark",
      "platform",
      "market",
      "tier",
      "followers_from",
      "followers_to",
      "engagement_rate_pct",
      "definition",
      "source",
      "date",
    ],
  ],
  ["events", ["event", "title", "market", "date", "source", "publication", "label"]],
])("%s.csv has its columns, a source and a date in every row, and no row twice", (name, columns) => {
  const rows = csv(name);
  expect(Object.keys(rows[0] ?? {})).toEqual(columns);
  for (const row of rows) {
    expect(row["source"]).not.toBe("");
    expect(row["date"] ?? row["valid_from"]).toMatch(/^\d{4}-\d\d-\d\d$/);
    const tag = row["tag"];
    if (tag !== undefined) expect(tag).toBe(tag.toLowerCase().normalize("NFKC").replace("#", ""));
  }
  expect(new Set(rows.map((row) => JSON.stringify(row))).size).toBe(rows.length);
});

test("an invented event names the publication it belongs to", () => {
  for (const event of csv("events"))
    expect(event["publication"] !== "").toBe(event["source"]?.startsWith("synthetic"));
});

test("a price band is in order, and speaks of a period that had ended when it was published", () => {
  for (const { price, low_usd, mid_usd, high_usd, period_start, period_end, date } of csv("media_prices")) {
    expect([price, Number(low_usd) > 0 && Number(low_usd) <= Number(mid_usd)]).toEqual([price, true]);
    expect([price, Number(mid_usd) <= Number(high_usd)]).toEqual([price, true]);
    expect([price, (period_start ?? "") < (period_end ?? "") && (period_end ?? "") <= (date ?? "")]).toEqual([
      price,
      true,
    ]);
  }
});
