import { expect, test } from "vitest";
import { contracts } from "../../commands/analyse.ts";
import { runAnalyses } from "../../core/analyse.ts";
import { runClock } from "../../core/clock.ts";
import type { Row } from "../../core/types.ts";
import { tinyWorld } from "../../models/tiny-world.ts";
import { seededRandom } from "../../stats/seeded-random.ts";
import { analysis } from "./analysis.ts";
import { type CoverageWeek, coverageOf, coverageTotals } from "./coverage.ts";

const week: CoverageWeek = {
  market: "de",
  platform: "instagram",
  week: "2026-11-09",
  runs_scheduled: 7,
  runs_succeeded: 7,
  pages_available: 10,
  pages_fetched: 10,
  hashtags_used: 15,
  hours_uncovered: 0,
  posts: 100,
  state: "collected",
};
const imported: CoverageWeek = {
  ...week,
  runs_scheduled: null,
  runs_succeeded: null,
  pages_available: null,
  pages_fetched: null,
  hashtags_used: null,
  hours_uncovered: null,
  state: "imported",
};
const totals = (...weeks: CoverageWeek[]) =>
  Object.fromEntries(coverageTotals(weeks).map((total) => [total.metric, total]));

test("coverage by hand: 7 of 7 runs and 3 of 7 are 10 of 14", () => {
  const found = totals(week, {
    ...week,
    runs_succeeded: 3,
    pages_fetched: 4,
    hours_uncovered: 96,
    hashtags_used: 30,
  });
  expect(found["coverage"]).toMatchObject({ n: 14, reason: null });
  expect(found["coverage"]?.value).toBeCloseTo(10 / 14, 12);
  expect(found["hours_uncovered"]?.value).toBe(96);
  expect(found["pages_fetched_share"]?.value).toBeCloseTo(0.7, 12);
  expect(found["hashtag_budget_used"]?.value).toBe(1);
});

test("a week in which every run failed is covered by zero, not unknown", () => {
  const failed = { ...week, runs_succeeded: 0, state: "missing" } as const;
  expect(coverageOf(failed)).toBe(0);
  expect(totals(failed)["coverage"]?.value).toBe(0);
});

test("what was imported has no schedule: not observable, and no part of a mixture", () => {
  expect(coverageOf(imported)).toBeNull();
  for (const total of Object.values(totals(imported)))
    expect(total).toMatchObject({ value: null, reason: "not_observable" });
  expect(totals(week, imported)["coverage"]).toMatchObject({ value: 1, n: 7 });
});

const daily = (market: string, from: string, days: number, failed: readonly number[] = []): Row[] =>
  Array.from({ length: days }, (_, day) => ({
    market,
    scheduled_at: new Date(Date.parse(`${from}T23:50:00Z`) + day * 86_400_000).toISOString(),
    succeeded: !failed.includes(day),
    pages_available: 4,
    pages_fetched: failed.includes(day) ? 0 : 4,
    hashtags_used: 12,
  }));

async function coverage(world: { posts: Row[]; runs?: Row[] }) {
  const warehouse = await tinyWorld(world);
  await runAnalyses(warehouse, [analysis], {
    models: null,
    publication: {},
    run: runClock("tiny", "2026-11-20"),
    log: { info: () => {}, warn: () => {}, progress: () => {} },
    random: seededRandom,
    previous: async () => [],
    datasets: contracts(),
    shared: ["metrics"],
  });
  const weeks = await warehouse.query("select * from out.coverage_weeks");
  const metrics = await warehouse.query("select * from out.metrics");
  warehouse.close();
  return { weeks, metric: (id: string) => metrics.find((row) => row["metric_id"] === id) };
}

const posts = [
  { post_id: "early", posted_at: "2026-11-03T10:00:00Z" },
  { post_id: "late", posted_at: "2026-11-10T10:00:00Z" },
];

test("from runs to weeks: a day without a run leaves 24 hours that nobody saw", async () => {
  const { weeks, metric } = await coverage({ posts, runs: daily("de", "2026-11-01", 15, [10]) });
  expect(weeks.map((row) => [row["week"], row["state"], row["runs_succeeded"], row["posts"]])).toEqual([
    ["2026-11-02", "collected", 7, 1],
    ["2026-11-09", "partial", 6, 1],
  ]);
  // Sunday's last ten minutes belong to Monday's run of the week after, which is not there.
  expect(weeks[1]?.["hours_uncovered"]).toBeCloseTo(24 + 1 / 6, 2);
  expect(metric("coverage:de")).toMatchObject({ n: 14, reason: null, provenance: "observed" });
  expect(metric("coverage:de")?.["value"]).toBeCloseTo(13 / 14, 5);
  expect(metric("posts_kept:all")?.["value"]).toBe(2);
});

test("an imported file has weeks, counts of posts, and no coverage", async () => {
  const { weeks, metric } = await coverage({
    posts: posts.map((post) => ({ ...post, provenance: "imported" })),
  });
  expect(
    weeks.map((row) => [row["state"], row["coverage"], row["runs_scheduled"], row["provenance"]]),
  ).toEqual([
    ["imported", null, null, "imported"],
    ["imported", null, null, "imported"],
  ]);
  expect(metric("coverage:de")).toMatchObject({ value: null, reason: "not_observable" });
  expect(metric("posts_kept:de")?.["value"]).toBe(2);
});
