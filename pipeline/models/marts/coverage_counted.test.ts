import { expect, test } from "vitest";
import { tinyWorld } from "../tiny-world.ts";

const daily = (from: string, days: number, more = {}) =>
  Array.from({ length: days }, (_, i) => ({
    scheduled_at: new Date(Date.parse(`${from}T23:50:00Z`) + i * 86_400_000).toISOString(),
    pages_available: 4,
    pages_fetched: 3,
    hashtags_used: 20,
    ...more,
  }));

async function weeks(runs: readonly Record<string, unknown>[]) {
  const warehouse = await tinyWorld({
    posts: [{ post_id: "0", posted_at: "2026-11-03T00:00:00Z" }, { post_id: "1" }],
    runs,
  });
  const rows = await warehouse.query(
    "select week, runs_scheduled, runs_succeeded, pages_fetched, hashtags_used, hours_uncovered, posts, state from coverage_counted where market = 'de' order by week",
  );
  warehouse.close();
  return rows;
}

test("a week of daily runs leaves no hour uncovered; a failed run leaves its day", async () => {
  const runs = daily("2026-11-01", 17);
  const rows = await weeks(runs.map((run, i) => ({ ...run, succeeded: i !== 9 })));
  expect(rows).toEqual([
    {
      week: "2026-11-02",
      runs_scheduled: 7,
      runs_succeeded: 7,
      pages_fetched: 21,
      hashtags_used: 20,
      hours_uncovered: 0,
      posts: 1,
      state: "collected",
    },
    {
      week: "2026-11-09",
      runs_scheduled: 7,
      runs_succeeded: 6,
      pages_fetched: 21,
      hashtags_used: 20,
      hours_uncovered: 24,
      posts: 1,
      state: "partial",
    },
  ]);
});

test("a week without a successful run is missing", async () => {
  const [, last] = await weeks([...daily("2026-11-02", 6), ...daily("2026-11-09", 7, { succeeded: false })]);
  expect(last).toMatchObject({ runs_scheduled: 7, runs_succeeded: 0, state: "missing" });
});

test("an imported file has no schedule: its runs are unknown, not none", async () => {
  const [first] = await weeks([]);
  expect(first).toMatchObject({
    runs_scheduled: null,
    runs_succeeded: null,
    hours_uncovered: null,
    posts: 1,
    state: "imported",
  });
});

test("what a run says it saw goes before the 24 hours; windows that overlap or catch up over weeks count each hour once", async () => {
  const rows = await weeks([
    // Sees four days back over the turn of the week, and again what a run within them had seen.
    {
      scheduled_at: "2026-11-10T00:00:00Z",
      covered_from: "2026-11-06T00:00:00Z",
      covered_until: "2026-11-10T00:00:00Z",
    },
    {
      scheduled_at: "2026-11-08T00:00:00Z",
      covered_from: "2026-11-07T00:00:00Z",
      covered_until: "2026-11-08T00:00:00Z",
    },
    // Was cut off, yet says what it saw.
    {
      scheduled_at: "2026-11-11T00:00:00Z",
      succeeded: false,
      covered_from: "2026-11-10T00:00:00Z",
      covered_until: "2026-11-10T12:00:00Z",
    },
  ]);
  expect(rows.map((row) => [row["week"], row["hours_uncovered"]])).toEqual([
    ["2026-11-02", 168 - 72],
    ["2026-11-09", 168 - 36],
  ]);
});
