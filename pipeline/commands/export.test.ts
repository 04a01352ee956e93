// What the operator gets: one row a post with its latest counts, inert in a spreadsheet, typed in Parquet, and a word about who may see it.
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { silentLog } from "../core/log.ts";
import { literal, openWarehouse } from "../core/warehouse.ts";
import { openEnvironment } from "./environment.ts";
import { type ExportOptions, exportColumns, exportCommand } from "./export.ts";
import { runImport } from "./import.ts";

const folder = mkdtempSync(join(tmpdir(), "leap-export-test-"));
afterAll(() => rmSync(folder, { recursive: true }));
const common = {
  publication: "mine",
  publications: join(folder, "publications"),
  state: join(folder, "state"),
};

const post = (id: string, likes: number, collected: string, more: object = {}) =>
  JSON.stringify({
    ...{
      id,
      platform: "instagram",
      market: "de",
      posted_at: "2026-11-17T10:00:00Z",
      collected_at: collected,
    },
    ...{ author: "a1", text: `=HYPERLINK("x") love this serum #${id}`, likes, comments: 1 },
    ...{ url: `https://www.instagram.com/p/${id}/`, ...more },
  });

beforeAll(async () => {
  const file = join(folder, "posts.ndjson");
  writeFileSync(
    file,
    `${[
      post("one", 3, "2026-11-18T06:00:00Z"),
      post("one", 9, "2026-11-19T06:00:00Z"),
      post("two", 5, "2026-11-18T06:00:00Z"),
      post("three", 7, "2026-11-18T06:00:00Z", { market: "fr", author: "a2" }),
    ].join("\n")}\n`,
  );
  const effects = { now: () => new Date("2026-11-19T12:00:00Z"), log: silentLog };
  await runImport([file], { ...common, yes: true, licence: "for the test alone" }, effects);
});

const warned: string[] = [];
async function exported(options: ExportOptions, more: { markets?: string[]; asOf?: string } = {}) {
  const environment = openEnvironment({ ...common, ...more });
  const log = { ...silentLog, warn: (message: string) => void warned.push(message) };
  return exportCommand("posts", { ...environment, effects: { ...environment.effects, log } }, options);
}

test("one row a post, also of the week that is not over; two sights are one post with the later counts; Parquet keeps types", async () => {
  const out = join(folder, "deep", "posts.parquet");
  // Friday of the same week: an edition would end on the Sunday before.
  await exported({ format: "parquet", out }, { asOf: "2026-11-20" });
  const database = await openWarehouse({});
  const rows = await database.query(
    `select post_id, likes, times_seen, market, text, url, tags, author_key is not null as keyed from ${literal(out)} order by post_id`,
  );
  const types = await database.query(`describe select * from ${literal(out)}`);
  database.close();
  expect(rows.map((row) => [row["post_id"], row["likes"], row["times_seen"], row["market"]])).toEqual([
    ["one", 9, 2, "de"],
    ["three", 7, 1, "fr"],
    ["two", 5, 1, "de"],
  ]);
  expect(rows[0]).toMatchObject({
    ...{ text: '=HYPERLINK("x") love this serum #one', url: "https://www.instagram.com/p/one/" },
    ...{ tags: ["one"], keyed: true },
  });
  expect(types.map((row) => [row["column_name"], row["column_type"]])).toEqual(
    exportColumns.map(({ name, type }) => [name, type]),
  );
  expect(statSync(out).mode & 0o777).toBe(0o600);
});

test("a cell that a spreadsheet would run is inert, other markets stay out, and the banner says who may have the file", async () => {
  const out = join(folder, "posts.csv");
  const { result } = await exported({ format: "csv", out }, { markets: ["fr"] });
  const [head, ...lines] = readFileSync(out, "utf8").trim().split("\n");
  expect(head).toBe(exportColumns.map(({ name }) => name).join(","));
  expect(lines).toHaveLength(1);
  expect(lines[0]).toContain(`"'=HYPERLINK(""x"")`);
  expect(result).toMatchObject({ posts: 1 });
  expect(warned.at(-1)).toMatch(/^private: 1 posts of .*\n.*delete it.*\nTerms: for the test alone$/);
});

test("anything but posts, and Parquet without a file, are refused with the next step", async () => {
  await expect(exportCommand("people", openEnvironment(common), { format: "csv" })).rejects.toThrow(
    "unknown export: people. Known: posts.",
  );
  await expect(exported({ format: "parquet" })).rejects.toThrow("missing --out: name a file.");
  expect(existsSync(join(folder, "posts"))).toBe(false);
});
