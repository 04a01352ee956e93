// The sums of the register are sums over columns that we publish, and come out.
import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { catalogue, type DatasetId } from "../../data/contract/catalogue.ts";
import { MetricDefinition } from "../../data/contract/metric.ts";
import { parseExpression } from "./arithmetic.ts";
import { comesOut, workedExample } from "./worked-example.ts";

const folder = new URL("../../data/reference/metrics/", import.meta.url);
const register = readdirSync(folder)
  .filter((name) => name.endsWith(".yaml"))
  .map((name) => MetricDefinition.parse(parse(readFileSync(new URL(name, folder), "utf8"))));

test.each(register.flatMap((metric) => (metric.example ? [[metric.id, metric.example] as const] : [])))(
  "%s: the example names published columns only",
  (_id, { dataset, rows, between, expression }) => {
    const columns = Object.keys(catalogue[dataset as DatasetId].columns.shape);
    const named = [
      ...Object.keys(rows),
      ...(between ? [between] : []),
      ...parseExpression(expression).columns,
    ];
    expect([...columns, "n"]).toEqual(expect.arrayContaining(named));
  },
);

const value = {
  metric_id: "paid_share:de",
  market: "de",
  entity: "",
  value: 0.15,
  text_value: null,
  n: 40,
  period_start: "2026-11-02",
  period_end: "2026-11-15",
};
const weeks = [
  { market: "de", week: "2026-10-26", posts: 90, paid_posts: 9 },
  { market: "de", week: "2026-11-02", posts: 10, paid_posts: 1 },
  { market: "de", week: "2026-11-09", posts: 30, paid_posts: 5 },
  { market: "fr", week: "2026-11-09", posts: 30, paid_posts: 30 },
];
const metric = {
  ...(register[0] as MetricDefinition),
  id: "paid_share",
  dataset: "market_weeks",
  column: "paid_share",
  example: {
    dataset: "market_weeks",
    rows: { market: "$market" },
    between: "week",
    expression: "sum(paid_posts) ÷ sum(posts)",
  },
};

test("an example takes the market's rows of the period, fills them in and gives the published value", () => {
  const done = workedExample(metric, [value], () => weeks, String);
  expect(done?.rows.map((row) => row["week"])).toEqual(["2026-11-02", "2026-11-09"]);
  expect(done?.sum?.filled).toBe("6 ÷ 40");
  expect(done && comesOut(done)).toBe(true);
  const other = workedExample(metric, [{ ...value, value: 0.2 }], () => weeks, String);
  expect(other && comesOut(other)).toBe(false);
});

test("a market whose rows are not there leaves the word to the next; without a sum the published row is shown", () => {
  const pooled = { ...value, market: "all", metric_id: "paid_share:all" };
  expect(workedExample(metric, [pooled, value], () => weeks, String)?.value.market).toBe("de");
  const { example: _, ...plain } = metric;
  const rows = [{ market: "de", week: "2026-11-09", paid_share: 0.15, posts: 30 }];
  expect(workedExample(plain, [value], () => rows, String)).toMatchObject({
    sum: null,
    columns: ["market", "week", "paid_share", "posts"],
  });
  expect(workedExample(plain, [{ ...value, value: 0.4 }], () => rows, String)).toBeNull();
});
