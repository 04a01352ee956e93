import { expect, test } from "vitest";
import { seededRandom } from "../../stats/seeded-random.ts";
import { type CountedPost, ratedPosts } from "./engagement-rate.ts";
import { type Account, plausibility, sizePeers } from "./peers.ts";
import { type Signal, type SignalInput, signalScore, signalsOf, verdictOf } from "./signals.ts";

const account = (index: number, fields: Partial<Account> = {}): Account => ({
  account: `a${String(index).padStart(3, "0")}`,
  platform: "instagram",
  followers: 1000 * (index + 1),
  engagement_rate: 0.001 * (index + 1),
  comments_per_like: 0.01 * (index + 1),
  dispersion: 0.1 * (index + 1),
  ...fields,
});

test("plausibility has two sides: the middle is 100, either end is 0", () => {
  expect([0, 25, 50, 90, 100].map(plausibility)).toEqual([0, 50, 100, 20, 0]);
});

test("peers are the 200 nearest by ratio of size on the same platform, without the account itself", () => {
  const accounts = [
    ...Array.from({ length: 300 }, (_, index) => account(index)),
    account(300, { platform: "youtube" }),
  ];
  const peers = sizePeers(account(99), accounts);
  expect(peers).toHaveLength(200);
  expect(peers.map((peer) => peer.account)).not.toContain("a099");
  // By ratio 50,000 is nearer to 100,000 than 250,000 is.
  expect(peers.map((peer) => peer.account)).toContain("a049");
  expect(peers.map((peer) => peer.account)).not.toContain("a249");
});

const post = (engagement: number, fields: Partial<CountedPost> = {}): CountedPost => ({
  posted_at: "2026-11-01T12:00:00.000Z",
  format: "image",
  likes: engagement * 0.9,
  comments: engagement * 0.1,
  views: null,
  engagement,
  likes_hidden: false,
  followers: 10_000,
  is_paid: false,
  brands: 0,
  looks_paid: false,
  ...fields,
});
const posts = Array.from({ length: 12 }, (_, index) => post(100 + index));
const input = (fields: Partial<SignalInput> = {}): SignalInput => ({
  rated: ratedPosts(posts, "followers"),
  basis: "followers",
  rateReason: null,
  peers: Array.from({ length: 20 }, (_, index) => account(index)),
  growth: { value: 100, weeks: 52, jumps: 0, unexplained: 0 },
  followersSeen: true,
  weeksCollected: 26,
  weeksWithPost: 26,
  posts365: posts,
  random: seededRandom("signals"),
  ...fields,
});
const named = (signals: readonly Signal[]) => new Map(signals.map((signal) => [signal.signal, signal]));

test("an engagement rate above half its peers is fully plausible", () => {
  // Rates .0100 to .0111, median .01055: ten of the twenty peers (.001 … .020) lie below.
  const signal = named(signalsOf(input())).get("er_plausibility");
  expect(signal).toMatchObject({ raw: 50, value: 100, n: 12, reason: null });
  expect(signal?.low).toBeLessThanOrEqual(100);
});

test("a rate above all peers is as implausible as one below all", () => {
  const loud = input({
    rated: ratedPosts(
      posts.map((one) => post((one.engagement ?? 0) * 100)),
      "followers",
    ),
  });
  expect(named(signalsOf(loud)).get("er_plausibility")).toMatchObject({ raw: 100, value: 0 });
});

test("nine peers are too few to say what is usual", () => {
  const signals = named(signalsOf(input({ peers: input().peers.slice(0, 9) })));
  expect(signals.get("er_plausibility")).toMatchObject({ value: null, reason: "too_few" });
});

test("disclosure is judged on posts that look paid, and only from five on", () => {
  const looking = (disclosed: number, silent: number) =>
    named(
      signalsOf(
        input({
          posts365: [
            ...Array.from({ length: disclosed }, () => post(1, { is_paid: true })),
            ...Array.from({ length: silent }, () => post(1, { looks_paid: true })),
          ],
        }),
      ),
    ).get("disclosure_hygiene");
  expect(looking(3, 1)).toMatchObject({ value: null, n: 4, reason: "too_few" });
  expect(looking(6, 2)).toMatchObject({ value: 75, raw: 0.75, n: 8 });
  expect(looking(0, 5)).toMatchObject({ value: 0, reason: null });
});

test("followers that were never collected are not collected; too short a series is too few", () => {
  const reasonOf = (followersSeen: boolean) =>
    named(signalsOf(input({ growth: null, followersSeen }))).get("growth_integrity")?.reason;
  expect([reasonOf(false), reasonOf(true)]).toEqual(["not_collected", "too_few"]);
});

const signal = (name: Signal["signal"], weight: number, value: number | null, half = 0): Signal => ({
  signal: name,
  weight,
  value,
  low: value === null ? null : value - half,
  high: value === null ? null : value + half,
  raw: null,
  n: 12,
  reason: value === null ? "too_few" : null,
});

test("the score is the weighted mean of what is there, and its interval squares and adds", () => {
  const score = signalScore([
    signal("er_plausibility", 25, 80, 10),
    signal("growth_integrity", 25, 60, 10),
    signal("comment_like_ratio", 15, null),
    signal("consistency", 15, null),
    signal("posting_regularity", 10, 100),
    signal("disclosure_hygiene", 10, null),
  ]);
  // (25·80 + 25·60 + 10·100) / 60, ± √2 · 25·10/60
  expect(score.value).toBeCloseTo(75, 12);
  expect(score.low).toBeCloseTo(75 - 5.892557, 5);
  expect(score.high).toBeCloseTo(75 + 5.892557, 5);
  expect(score.coverage).toBe(0.6);
});

test("under 60 % of the weight there is no score", () => {
  const score = signalScore([
    signal("er_plausibility", 25, 80),
    signal("growth_integrity", 25, 60),
    signal("comment_like_ratio", 15, null),
    signal("consistency", 15, null),
    signal("posting_regularity", 10, null),
    signal("disclosure_hygiene", 10, null),
  ]);
  expect(score).toMatchObject({ value: null, coverage: 0.5, reason: "too_few" });
});

test("the verdict is a rule", () => {
  expect([
    verdictOf(60, 0),
    verdictOf(75, 1),
    verdictOf(90, 2),
    verdictOf(39, 0),
    verdictOf(null, 0),
  ]).toEqual(["fits", "unclear", "does not fit", "does not fit", "not scored"]);
});
