import { expect, test } from "vitest";
import { contracts } from "../../commands/analyse.ts";
import { runAnalyses } from "../../core/analyse.ts";
import { runClock } from "../../core/clock.ts";
import type { Row } from "../../core/types.ts";
import { type TinyWorld, tinyWorld } from "../../models/tiny-world.ts";
import { seededRandom } from "../../stats/seeded-random.ts";
import { analysis } from "./analysis.ts";
import { slotsOverdue } from "./collections.ts";

const asOf = "2026-11-20T08:00:00Z";
const posts = [{ post_id: "1", posted_at: "2026-11-10T10:00:00Z" }];
const instant = (from: string, hours: number) => new Date(Date.parse(from) + hours * 3_600_000).toISOString();

/** Runs every six hours of which each saw the six hours before it. */
const sixHourly = (from: string, slots: number, more: (slot: number) => Row = () => ({})): Row[] =>
  Array.from({ length: slots }, (_, slot) => ({
    source: "instagram",
    run: `run-${slot}`,
    scheduled_at: instant(from, 6 * slot),
    covered_from: instant(from, 6 * (slot - 1)),
    covered_until: instant(from, 6 * slot),
    hours_lost: 0,
    pages_available: 3,
    pages_fetched: 3,
    requests: 4,
    posts_received: 10,
    posts_repeated: 1,
    quarantined: 0,
    deleted_upstream: 0,
    targets_queued: 0,
    hashtags_used: 20,
    ...more(slot),
  }));
const missed: Row = {
  ...{ run: null, succeeded: false, reason: "missed", covered_from: null, covered_until: null },
  ...{
    posts_received: 0,
    posts_repeated: 0,
    requests: 0,
    pages_available: null,
    pages_fetched: 0,
    targets_queued: 0,
  },
};

async function published(world: TinyWorld) {
  const warehouse = await tinyWorld({ posts, asOf, ...world });
  await runAnalyses(warehouse, [analysis], {
    models: null,
    publication: {},
    run: runClock("tiny", asOf),
    log: { info: () => {}, warn: () => {}, progress: () => {} },
    random: seededRandom,
    previous: async () => [],
    datasets: contracts(),
    shared: ["metrics"],
  });
  const rows = (dataset: string) => warehouse.query<Row>(`select * from out.${dataset}`);
  const found = {
    collections: await rows("collections"),
    limits: await rows("collection_limits"),
    incidents: await rows("incidents"),
    weeks: await rows("coverage_weeks"),
    metrics: await rows("metrics"),
  };
  warehouse.close();
  return found;
}

test("two days without a run and a run that failed are in the row: eight missed, one failed, the hours nobody saw, the hours lost", async () => {
  // From 10 November: slots 12 to 19 are two days in which nobody ran, slot 4 began and failed; after the hole 24 of its 54 hours could still be had.
  const runs = sixHourly("2026-11-10T00:00:00Z", 41, (slot) =>
    slot >= 12 && slot < 20
      ? missed
      : slot === 4
        ? { succeeded: false, reason: "account", covered_from: null, covered_until: null, posts_received: 0 }
        : slot === 20
          ? { covered_from: instant("2026-11-10T00:00:00Z", 96), hours_lost: 30, deleted_upstream: 3 }
          : {},
  );
  const { collections, weeks, metrics } = await published({ runs });
  expect(collections).toHaveLength(1);
  expect(collections[0]).toMatchObject({
    source: "instagram",
    market: "de",
    every_hours: 6,
    runs_scheduled: 41,
    runs_succeeded: 32,
    runs_missed: 8,
    runs_failed: 1,
    failures: ["missed: 8", "account: 1"],
    hours: 246,
    hours_lost: 30,
    deleted_upstream: 3,
    posts_received: 320,
    posts_repeated: 33,
    first_covered_at: "2026-11-09T18:00:00.000Z",
    last_covered_at: "2026-11-20T00:00:00.000Z",
  });
  // Six hours of the failed run; 30 of the hole. What the run after it still got is covered.
  expect(collections[0]?.["hours_uncovered"]).toBe(36);
  const week = weeks.find((row) => row["week"] === "2026-11-09");
  // Monday before the first run, six hours of the failure, 30 of the hole.
  expect(week).toMatchObject({ state: "partial", hours_uncovered: 18 + 36 });
  expect(metrics.find((row) => row["metric_id"] === "hours_lost:de")?.["value"]).toBe(30);
});

test("a collector that stopped is missed, though nobody wrote its slots down", async () => {
  const { collections } = await published({ runs: sixHourly("2026-11-15T00:00:00Z", 9) });
  // Last slot 17 November 00:00, clock 20 November 08:00: 13 slots began since, the last of which is still open.
  expect(collections[0]).toMatchObject({ runs_scheduled: 9 + 12, runs_missed: 12, failures: ["missed: 12"] });
  expect(collections[0]?.["hours_uncovered"]).toBe(78);
  expect(
    slotsOverdue({ by_desk: true, every_hours: 6, last_slot: "2026-11-20T00:00:00Z", as_of: asOf }),
  ).toBe(0);
  expect(
    slotsOverdue({ by_desk: true, every_hours: null, last_slot: "2026-01-01T00:00:00Z", as_of: asOf }),
  ).toBe(0);
});

test("what an older source does not keep is unknown, not none", async () => {
  const runs = [0, 1, 2].map((day) => ({
    ...{ source: "sample", scheduled_at: instant("2026-11-16T23:50:00Z", 24 * day) },
    ...{ pages_available: 4, pages_fetched: 4, hashtags_used: 12, posts_fetched: 30 },
  }));
  const { collections, limits, incidents, metrics } = await published({ runs });
  expect(collections[0]).toMatchObject({
    ...{ runs_scheduled: 3, runs_missed: 0, posts_received: 90, hours_uncovered: 0, every_hours: 24 },
    ...{
      hours_lost: null,
      requests: null,
      posts_repeated: null,
      deleted_upstream: null,
      targets_queued: null,
    },
  });
  expect([limits, incidents]).toEqual([[], []]);
  expect(metrics.find((row) => row["metric_id"] === "hours_lost:de")).toMatchObject({
    value: null,
    reason: "not_observable",
  });
});

test("a source without posts has its own row, and its runs cover no week of posts", async () => {
  const { collections, weeks } = await published({
    kinds: [{ source: "wikimedia", has_posts: false }],
    runs: [
      ...sixHourly("2026-11-10T00:00:00Z", 24, () => ({
        succeeded: false,
        reason: "account",
        covered_from: null,
        covered_until: null,
      })),
      ...sixHourly("2026-11-10T00:00:00Z", 24).map((row) => ({
        ...row,
        source: "wikimedia",
        platform: "wikimedia",
      })),
      { source: "ecb", platform: "ecb", market: null, scheduled_at: "2026-11-19T00:00:00Z" },
    ],
  });
  expect(
    collections.map((row) => [row["source"], row["market"], row["has_posts"], row["runs_succeeded"]]),
  ).toEqual([
    ["ecb", "all", true, 1],
    ["instagram", "de", true, 0],
    ["wikimedia", "de", false, 24],
  ]);
  expect(weeks.map((row) => row["platform"])).not.toContain("wikimedia");
  expect(weeks.find((row) => row["week"] === "2026-11-09")).toMatchObject({ state: "missing" });
});

const limit = (run: string, day: number, used: number, queued: string[] = []): Row => ({
  ...{
    source: "instagram",
    run,
    at: `2026-11-${day}T06:00:00Z`,
    limit: "hashtags",
    title: "Unique hashtags in 7 days",
  },
  ...{ unit: "hashtags", account: "ab12cd34", capacity: 30, used, left: 30 - used, queued },
});

test("a limit is as the last run left it, with its highest use and the 31st hashtag that waits", async () => {
  const { limits } = await published({
    staged: {
      all_limits: [
        limit("a", 12, 30, ["glassskin"]),
        limit("b", 19, 27, ["pdrn", "glassskin"]),
        limit("later", 28, 1),
      ],
    },
  });
  expect(limits).toHaveLength(1);
  expect(limits[0]).toMatchObject({
    ...{ limit_id: "hashtags", used: 27, remaining: 3, used_share: 0.9, most_used_share: 1 },
    ...{ queued: ["glassskin", "pdrn"], server_used_pct: null },
  });
});

test("an incident is one row a run, in order, and names no post and nobody off the registry", async () => {
  const incident = (more: Row): Row => ({
    ...{
      source: "instagram",
      run: "a",
      at: "2026-11-18T06:00:00Z",
      kind: "stop_target",
      severity: "warning",
    },
    ...{ market: "DE", says: "#kbeauty is banned", provenance: "observed", target: "hashtag:kbeauty" },
    ...more,
  });
  const { incidents } = await published({
    staged: {
      all_incidents: [
        incident({ at: "2026-11-18T08:00:00Z" }),
        incident({}),
        incident({
          kind: "stop_account",
          severity: "error",
          target: null,
          market: null,
          says: "the token is dead",
          at: "2026-11-17T06:00:00Z",
        }),
        incident({ target: "creator:gone", says: "gone.lady is private", at: "2026-11-19T06:00:00Z" }),
        incident({ target: "media:17912345", says: "17912345 is gone", at: "2026-11-19T07:00:00Z" }),
      ],
    },
  });
  expect(
    incidents.map((row) => [row["incident"], row["kind"], row["times"], row["target"], row["says"]]),
  ).toEqual([
    [1, "stop_account", 1, null, "the token is dead"],
    [2, "stop_target", 2, "hashtag:kbeauty", "#kbeauty is banned"],
    [3, "stop_target", 1, null, "stop_target: one creator, not named here"],
    [4, "stop_target", 1, null, "stop_target: one media, not named here"],
  ]);
  expect(incidents[1]).toMatchObject({ market: "de", last_at: "2026-11-18T08:00:00.000Z" });
});
