import { expect, test } from "vitest";
import { seededRandom } from "../../stats/seeded-random.ts";
import { concentration } from "./concentration.ts";
import { type BrandCount, brandShares, type Period, reasonOf } from "./shares.ts";

const named = (
  brand: string,
  full: number,
  fractional = full,
  rest: Partial<BrandCount> = {},
): BrandCount => ({
  brand,
  title: brand,
  full,
  fractional,
  paid: 0,
  voices: [],
  ...rest,
});
/** So many positive, neutral and negative posts, each by an author of its own. */
const apart = (...posts: number[]): BrandCount["voices"] =>
  posts.map((times, kind) => ({ counts: posts.map((_, one) => (one === kind ? 1 : 0)), times }));
const period = (posts: number, ...brands: BrandCount[]): Period => ({
  posts,
  authors: 40,
  postsWithoutAuthor: 0,
  brands,
});

test("shares by hand: 60 posts on one, 20 on the other, 20 on both", () => {
  const [one, other] = brandShares(period(100, named("one", 80, 70), named("other", 40, 30)), undefined);
  expect(one?.share?.value).toBeCloseTo(0.7, 12);
  expect(other?.share?.value).toBeCloseTo(0.3, 12);
  // In full, posts on both count twice: 80 of 120 mentions.
  expect(one?.shareFull).toBeCloseTo(80 / 120, 12);
  expect([one?.rank, other?.rank]).toEqual([1, 2]);
});

test("the interval is Wilson's with n = posts naming any brand", () => {
  const [one] = brandShares(period(100, named("one", 50), named("other", 50)), undefined);
  expect(one?.share?.low).toBeCloseTo(0.4038, 4);
  expect(one?.share?.high).toBeCloseTo(0.5962, 4);
});

test("a change by hand is Newcombe's: 56 of 70 after 48 of 80", () => {
  const now = period(70, named("one", 56), named("other", 14));
  const before = period(80, named("one", 48), named("other", 32));
  const [one] = brandShares(now, before);
  expect(one?.previousShare).toBeCloseTo(0.6, 12);
  expect(one?.change?.value).toBeCloseTo(0.2, 12);
  expect(one?.change?.low).toBeCloseTo(0.0524, 4);
  expect(one?.change?.high).toBeCloseTo(0.3339, 4);
});

test("a brand that nobody named has a share of zero, not none", () => {
  const [, silent] = brandShares(period(100, named("one", 100), named("silent", 0)), undefined);
  expect(silent?.share?.value).toBe(0);
  expect(silent?.share?.low).toBeCloseTo(0, 12);
  expect(silent?.share?.high).toBeGreaterThan(0.03);
  expect(silent?.rank).toBe(2);
});

test("under 30 posts nothing is said; few authors hide behind no number of posts", () => {
  expect(reasonOf(period(29, named("one", 29)))).toBe("too_few");
  expect(reasonOf({ ...period(90, named("one", 90)), authors: 4 })).toBe("withheld_privacy");
  expect(reasonOf({ ...period(90, named("one", 90)), authors: null, postsWithoutAuthor: 90 })).toBeNull();
  const [one] = brandShares(period(29, named("one", 29)), undefined);
  expect(one).toMatchObject({ share: null, shareFull: null, paid: null, sentiment: null, rank: null });
});

test("without 30 posts before there is a share but no change", () => {
  const [one] = brandShares(period(90, named("one", 90)), period(29, named("one", 29)));
  expect(one).toMatchObject({ previousShare: null, change: null, changeReason: "too_few" });
  expect(one?.share?.value).toBe(1);
});

test("sentiment and paid share of a brand need 30 posts of its own", () => {
  const counts = { paid: 10, voices: apart(20, 15, 5) };
  const [large, small] = brandShares(
    period(69, named("large", 40, 40, counts), named("small", 29, 29, { voices: apart(29, 0, 0) })),
    undefined,
  );
  expect(large?.sentiment).toMatchObject({ value: 0.375, n: 40 });
  expect(large?.paid?.value).toBe(0.25);
  expect([small?.sentiment, small?.paid]).toEqual([null, null]);
});

test("the sentiment of a brand counts authors: the same posts from fewer of them are less sure, from under five withheld", () => {
  const sentiment = (voices: BrandCount["voices"]) =>
    brandShares(period(60, named("one", 60, 60, { voices })), undefined)[0];
  const many = sentiment(apart(30, 20, 10))?.sentiment;
  const few = sentiment([
    { counts: [5, 0, 0], times: 6 },
    { counts: [0, 5, 5], times: 2 },
    { counts: [0, 5, 0], times: 2 },
  ])?.sentiment;
  expect(few?.value).toBeCloseTo(many?.value as number, 12);
  const width = (one: typeof many) => (one?.high as number) - (one?.low as number);
  expect(width(few)).toBeGreaterThan(2 * width(many));
  expect(sentiment([{ counts: [10, 3, 2], times: 4 }])).toMatchObject({
    sentiment: null,
    sentimentReason: "withheld_privacy",
  });
});

test("concentration by hand: shares 1/2, 1/4, 1/4 give 0.375, or 2.67 brands of equal size", () => {
  const combinations = [
    { brands: ["a"], posts: 50 },
    { brands: ["b"], posts: 20 },
    { brands: ["b", "c"], posts: 10 },
    { brands: ["c"], posts: 20 },
  ];
  const found = concentration(combinations, seededRandom("hhi"));
  expect(found?.hhi.value).toBeCloseTo(0.375, 12);
  expect(found?.effectiveBrands.value).toBeCloseTo(8 / 3, 12);
  expect(found?.hhi.low).toBeLessThan(0.375);
  expect(found?.hhi.high).toBeGreaterThan(0.375);
  expect(found?.effectiveBrands.low).toBeCloseTo(1 / (found?.hhi.high as number), 12);
});

test("one brand alone is as concentrated as can be; none has no concentration", () => {
  expect(concentration([{ brands: ["a"], posts: 40 }], seededRandom("one"))?.hhi).toEqual({
    value: 1,
    low: 1,
    high: 1,
  });
  expect(concentration([], seededRandom("none"))).toBeNull();
});

test("equal brands still have an interval", () => {
  const equal = ["a", "b", "c", "d"].map((brand) => ({ brands: [brand], posts: 25 }));
  const { hhi } = concentration(equal, seededRandom("equal")) as NonNullable<
    ReturnType<typeof concentration>
  >;
  expect(hhi.value).toBe(0.25);
  expect(hhi.high).toBeGreaterThan(0.26);
});
