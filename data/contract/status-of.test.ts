// Health is a verdict about data at a clock: what makes it warn, what makes it fail, and that no other clock has a say.
import { expect, test } from "vitest";
import { Edition } from "./edition.ts";
import { commandRuns } from "./run-record.ts";
import { type StatusInput, statusOf } from "./status-of.ts";

const asOf = "2026-11-20T08:00:00Z";
const edition = Edition.parse({
  ...{ publication: "live", title: "Live", tagline: "", site_url: "https://live.example" },
  ...{ edition: "2026-W47", previous_edition: null, week_start: "2026-11-09", week_end: "2026-11-15" },
  stamps: {
    ...{ data_through: "2026-11-15", collected_at: asOf, analysed_at: asOf, published_at: asOf },
    next_expected_at: "2026-11-27T08:00:00Z",
  },
  ...{ provenance: "observed", engine: "offline", category: "beauty", sources: [], gaps: [], notices: [] },
  markets: [
    { code: "de", name: "Germany", role: "target", languages: ["de"] },
    { code: "fr", name: "France", role: "target", languages: ["fr"] },
  ],
  counts: { received: 10, kept: 8, duplicates: 2, quarantined: 0 },
  licence: "CC BY 4.0",
});

type Collection = StatusInput["collections"][number];
const collection = (more: Partial<Collection> = {}): Collection => ({
  ...{ edition: "2026-W47", source: "instagram", platform: "instagram", market: "de", has_posts: true },
  ...{ period_start: "2026-11-01T00:00:00Z", period_end: "2026-11-20T06:00:00Z", every_hours: 6 },
  ...{ runs_scheduled: 78, runs_succeeded: 78, runs_missed: 0, runs_failed: 0, failures: [] },
  ...{
    hours: 462,
    hours_uncovered: 0,
    hours_lost: 0,
    pages_available: null,
    pages_fetched: 10,
    requests: 20,
  },
  ...{ posts_received: 100, posts_repeated: 1, quarantined: 0, deleted_upstream: 0, targets_queued: 0 },
  ...{ first_covered_at: "2026-11-01T00:00:00Z", last_covered_at: "2026-11-20T06:00:00Z" },
  ...{ last_succeeded_at: "2026-11-20T06:00:00Z", provenance: "observed" },
  ...more,
});
const france = collection({ market: "fr" });

const input = (more: Partial<StatusInput> = {}): StatusInput => ({
  ...{ edition, editions: [edition], collections: [collection(), france], limits: [], incidents: [] },
  ...{ weeks: [], checks: [], analyses: [], runs: [] },
  ...more,
});
const health = (more: Partial<StatusInput>) => statusOf(input(more)).health;
const since = (last: string, more: Partial<Collection> = {}) =>
  collection({ last_covered_at: last, last_succeeded_at: last, ...more });

test("all in order passes, and says from when on a reader should call it late", () => {
  const found = statusOf(input());
  expect(found.health).toMatchObject({
    ...{ status: "pass", reasons: [], as_of: asOf, next_expected_at: "2026-11-27T08:00:00Z" },
    // Not before the next edition is due, of which this one can know nothing.
    ...{ warn_at: "2026-11-27T08:00:00.000Z", fail_at: "2026-11-28T20:00:00.000Z" },
  });
  const daily = { ...edition, stamps: { ...edition.stamps, next_expected_at: "2026-11-20T14:00:00Z" } };
  expect(health({ edition: daily })).toMatchObject({
    ...{ warn_at: "2026-11-21T18:00:00.000Z", fail_at: "2026-11-23T06:00:00.000Z" },
  });
  expect(found.freshness.markets[0]).toMatchObject({ market: "de", state: "pass", age_hours: 2 });
  expect(found.api_calls).toEqual([{ source: "instagram", requests: 40 }]);
});

test("beyond the promise a market is late, beyond its limit not seen; one fresh source of two leaves it late", () => {
  const late = since("2026-11-18T00:00:00Z", { every_hours: null });
  expect(health({ collections: [late, france] })).toMatchObject({
    status: "warn",
    reasons: [
      {
        code: "freshness",
        says: "Germany: Instagram last saw posts 56 hours before the edition, promised are 36.",
      },
    ],
  });
  const gone = since("2026-11-16T00:00:00Z", { every_hours: null });
  expect(health({ collections: [gone, france] }).status).toBe("fail");
  const bluesky = collection({ source: "bluesky", platform: "bluesky" });
  expect(health({ collections: [gone, bluesky, france] }).status).toBe("warn");
  // Page views that are a day late are not posts that nobody saw.
  const views = since("2026-11-10T00:00:00Z", {
    source: "wikimedia",
    platform: "wikimedia",
    has_posts: false,
  });
  expect(health({ collections: [collection(), views, france] }).status).toBe("pass");
});

test("the promise is for a daily schedule: a weekly one has six days more, a source never seen has none left", () => {
  const weekly = since("2026-11-13T00:00:00Z", { every_hours: 168 });
  expect(health({ collections: [weekly, france] }).status).toBe("pass");
  const never = collection({ last_covered_at: null, last_succeeded_at: null });
  expect(health({ collections: [never, france] })).toMatchObject({
    status: "fail",
    reasons: [{ says: "Germany: Instagram has collected nothing in 13 weeks." }],
  });
});

test("files promise nothing", () => {
  const found = statusOf(input({ collections: [] }));
  expect(found.freshness.markets.map(({ state }) => state)).toEqual(["not_scheduled", "not_scheduled"]);
  expect(found.health.status).toBe("pass");
});

test("a source that skipped its slots, a used-up limit, a queued hashtag, a grave incident and a gap are each said", () => {
  const says = health({
    collections: [since("2026-11-19T12:00:00Z"), { ...since("2026-11-19T12:00:00Z"), market: "fr" }],
    limits: [
      {
        ...{
          edition: "2026-W47",
          source: "instagram",
          limit_id: "hashtags",
          title: "Unique hashtags in 7 days",
        },
        ...{
          unit: "hashtags",
          account: "ab12cd34",
          at: asOf,
          capacity: 30,
          used: 30,
          remaining: 0,
          used_share: 1,
        },
        ...{ most_used_share: 1, resets_at: "2026-11-22T00:00:00Z", server_used_pct: null, queued: ["pdrn"] },
      },
    ],
    incidents: ["2026-11-19T00:00:00.000Z", "2026-10-01T00:00:00.000Z"].map((at, index) => ({
      ...{
        edition: "2026-W47",
        incident: index + 1,
        source: "instagram",
        market: null,
        at,
        last_at: at,
        times: 1,
      },
      ...{
        kind: "stop_account",
        severity: "error" as const,
        target: null,
        says: `refused on ${at.slice(0, 10)}`,
      },
      provenance: "observed" as const,
    })),
    edition: { ...edition, gaps: [{ section: "market fr", reason: "no post in thirteen weeks", needs: "" }] },
  }).reasons.map((reason) => reason.says);
  expect(says).toEqual([
    "Germany, France: Instagram has not succeeded since 2026-11-19T12:00Z; its schedule is every 6 hours.",
    "Instagram: Unique hashtags in 7 days is used up, until 2026-11-22T00:00Z.",
    "Instagram: 1 waits for a place (Unique hashtags in 7 days): pdrn.",
    "Instagram: refused on 2026-11-19.",
    "market fr: no post in thirteen weeks.",
  ]);
});

test("a week with a hole, a failed check and a run that failed are reasons; a check is the graver one", () => {
  const found = health({
    weeks: [
      {
        ...{
          edition: "2026-W47",
          market: "de",
          platform: "instagram",
          week: "2026-11-09",
          runs_scheduled: 28,
        },
        ...{
          runs_succeeded: 19,
          pages_available: null,
          pages_fetched: 1,
          hashtags_used: 30,
          hours_uncovered: 54,
        },
        ...{ posts: 90, coverage: 19 / 28, state: "partial", provenance: "observed" },
      },
    ],
    checks: [
      {
        ...{ edition: "2026-W47", check: "posts", subject: "posts", state: "fail", failing_rows: 1 },
        says: "no post twice",
      },
    ],
    runs: commandRuns([
      { kind: "started", run: "r1", verb: "run", at: "2026-11-19T08:00:00Z" },
      { kind: "ended", run: "r1", at: "2026-11-19T08:01:00Z", exit: 1, says: "in /home/me: no" },
      { kind: "started", run: "r2", verb: "render", at: asOf },
    ]),
  });
  expect(found.status).toBe("fail");
  expect(found.reasons.map(({ code, says }) => `${code}: ${says}`)).toEqual([
    "check: posts: no post twice",
    "collections: Instagram: 19 of 28 collections for Germany succeeded in the week of 2026-11-09; 54 hours were not seen.",
    "run: leap run of 2026-11-19T08:00Z did not succeed; this is the last good edition.",
  ]);
});

test("runs of a journal: under way, broken off, failed, done; what an error said of the machine stays there", () => {
  const started = (run: string) => ({ kind: "started", run, verb: "collect", at: asOf });
  const step = {
    ...{
      kind: "step",
      step: "collect",
      edition: null,
      milliseconds: 12,
      rows_in: 5,
      rows_out: 4,
      done: true,
    },
  };
  const runs = commandRuns([
    started("killed"),
    started("ok"),
    { ...step, run: "ok" },
    { kind: "ended", run: "ok", at: asOf, exit: 2, says: "in /home/me" },
    "torn",
    started("now"),
  ]);
  expect(runs.map(({ run, state }) => [run, state])).toEqual([
    ["now", "under_way"],
    ["ok", "done_with_gaps"],
    ["killed", "broken_off"],
  ]);
  expect(runs[1]?.steps).toEqual([
    { step: "collect", edition: null, milliseconds: 12, rows_in: 5, rows_out: 4 },
  ]);
  expect(JSON.stringify(statusOf(input({ runs })))).not.toContain("/home/me");
  expect(JSON.stringify(statusOf(input({ runs })))).not.toContain('says":null');
});

test("an edition that asked models says what it paid, and how many answers it had kept", () => {
  const question = (item: string, reused: "fresh" | "kept", cost_micros: number) => ({
    ...{
      edition: "2026-W47",
      task: "sentiment",
      item,
      provider: "openai",
      model: "m",
      prompt_version: "1.0.0",
    },
    ...{
      input_sha256: "0",
      tokens_in: 1,
      tokens_cache_write: 0,
      tokens_cached: 0,
      tokens_out: 1,
      cost_micros,
    },
    ...{ latency_ms: 1, attempts: 1, finish: "complete" as const, batch: false, reused },
    ...{ verdict: "accepted" as const, reason: null, answered_at: asOf, provenance: "observed" as const },
  });
  const { analyses } = statusOf(
    input({
      analyses: [question("a", "fresh", 1500), question("b", "kept", 900), question("c", "kept", 900)],
    }),
  );
  expect(analyses).toMatchObject({ questions: 3, answered: 3, kept: 2, cost_usd: 0.0015 });
  expect(analyses.cache_hit_rate).toBeCloseTo(2 / 3, 12);
});
