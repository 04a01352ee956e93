import { expect, test } from "vitest";
import { seededRandom } from "../../stats/seeded-random.ts";
import type { CountedPost } from "./engagement-rate.ts";
import { creatorRow } from "./rows.ts";
import { growthPct, measure, type Observed, scorecard, tierOf } from "./scorecard.ts";

const until = "2026-11-16T00:00:00.000Z";
const daysAgo = (days: number) => new Date(Date.parse(until) - days * 86_400_000).toISOString();
const post = (days: number, fields: Partial<CountedPost> = {}): CountedPost => ({
  posted_at: daysAgo(days),
  format: "image",
  likes: 450,
  comments: 50,
  views: null,
  engagement: 500,
  likes_hidden: false,
  followers: 20_000,
  is_paid: false,
  brands: 0,
  looks_paid: false,
  ...fields,
});
const posts = (count: number, fields: Partial<CountedPost> = {}) =>
  Array.from({ length: count }, (_, index) => post(1 + 3 * index, fields));
const weeks = Array.from({ length: 30 }, (_, index) => ({
  week: new Date(Date.parse("2026-11-09") - (29 - index) * 7 * 86_400_000).toISOString().slice(0, 10),
  collected: true,
}));

const observed = (fields: Partial<Observed> = {}): Observed => ({
  creator: {
    creator: "mina",
    name: "Mina",
    platform: "instagram",
    handle: "mina",
    market: "de",
    language: "de",
    category: "skin care",
    registered_on: "2025-01-01",
    reason: "public and professional",
    basis: "consent",
    basis_note: "agreed by mail",
    basis_on: "2025-01-01",
  },
  posts: posts(15),
  snapshots: [{ collected_at: daysAgo(0), followers: 20_000 }],
  weeks,
  events: [],
  provenance: "observed",
  ...fields,
});
const reasonOf = (fields: Partial<Observed>) => measure(observed(fields), until).rateReason;

test("a rate needs followers, 2,000 of them, ten posts a year and ten visible ones in 60 days", () => {
  expect(reasonOf({})).toBeNull();
  expect(reasonOf({ snapshots: [] })).toBe("not_collected");
  expect(reasonOf({ snapshots: [{ collected_at: daysAgo(0), followers: 1999 }] })).toBe("too_few");
  expect(reasonOf({ posts: posts(9) })).toBe("too_few");
  expect(
    reasonOf({ posts: [...posts(9), ...posts(20).map((one) => ({ ...one, posted_at: daysAgo(200) }))] }),
  ).toBe("too_few");
  expect(
    reasonOf({ posts: [...posts(6), ...posts(9, { engagement: null, likes: null, likes_hidden: true })] }),
  ).toBe("hidden_by_owner");
});

test("posts at or after the end of the last complete week are not in the window", () => {
  expect(measure(observed({ posts: [...posts(15), post(0), post(-1)] }), until).posts60).toHaveLength(15);
});

test("growth compares with the count at least 90 days older, and with none that is much older", () => {
  const now = { collected_at: daysAgo(0), followers: 12_000 };
  expect(
    growthPct([
      { collected_at: daysAgo(91), followers: 10_000 },
      { collected_at: daysAgo(80), followers: 11_000 },
      now,
    ]),
  ).toBeCloseTo(20, 9);
  expect(growthPct([{ collected_at: daysAgo(120), followers: 10_000 }, now])).toBeNull();
  expect(growthPct([now])).toBeNull();
});

test("tiers end under the next thousand", () => {
  expect([9_999, 10_000, 49_999, 50_000, 250_000, 1_000_000].map(tierOf)).toEqual([
    "nano",
    "micro",
    "micro",
    "mid",
    "macro",
    "mega",
  ]);
});

test("an account that nobody else can be compared with is not scored, and says why", () => {
  const card = scorecard(measure(observed(), until), [], "2026-11-09", seededRandom);
  const row = creatorRow("2026-W47", card, null, true);
  expect(row).toMatchObject({
    er_followers: 0.025,
    size_peer_percentile: null,
    size_peers: 0,
    signals_score: null,
    signals_coverage: 0.1,
    signals_reason: "too_few",
    verdict: "not scored",
    bot_share: null,
    bot_share_reason: "not_observable",
  });
});

test("an audit fills the bot share with its interval, or gives its own reason", () => {
  const card = scorecard(measure(observed(), until), [], "2026-11-09", seededRandom);
  const audit = {
    creator: card.measured.creator.creator,
    bot_percentage: 12,
    bot_percentage_low: 8,
    bot_percentage_high: 17,
    follower_quality: 88,
    reason: null,
  };
  expect(creatorRow("2026-W47", card, null, true, audit)).toMatchObject({
    bot_share: 0.12,
    bot_share_low: 0.08,
    bot_share_high: 0.17,
    bot_share_reason: null,
    follower_quality: 88,
  });
  const old = {
    ...audit,
    bot_percentage: null,
    bot_percentage_low: null,
    bot_percentage_high: null,
    follower_quality: null,
    reason: "stale" as const,
  };
  expect(creatorRow("2026-W47", card, null, true, old)).toMatchObject({
    bot_share: null,
    bot_share_reason: "stale",
  });
});

test("shares of a year wait for 30 posts, and saturation for brands to look for", () => {
  const paid = observed({ posts: [...posts(20), ...posts(20, { is_paid: true, brands: 1 })] });
  const card = scorecard(measure(paid, until), [], "2026-11-09", seededRandom);
  expect(creatorRow("2026-W47", card, null, true)).toMatchObject({ paid_share: 0.5, brand_saturation: 0.5 });
  expect(creatorRow("2026-W47", card, null, false).brand_saturation).toBeNull();
  const few = scorecard(measure(observed(), until), [], "2026-11-09", seededRandom);
  expect(creatorRow("2026-W47", few, null, true).paid_share).toBeNull();
});

test("posts a week are counted over collected weeks alone", () => {
  const gaps = weeks.map((week, index) => ({ ...week, collected: index % 2 === 1 }));
  // 15 posts, one every third day; every second week was collected, the last of them included.
  const card = scorecard(measure(observed({ weeks: gaps }), until), [], "2026-11-09", seededRandom);
  const inCollected = posts(15).filter(
    (one) => Math.floor((Date.parse(until) - 1 - Date.parse(one.posted_at)) / (7 * 86_400_000)) % 2 === 0,
  );
  expect(card.postsPerWeek).toBeCloseTo(inCollected.length / 12, 9);
});
