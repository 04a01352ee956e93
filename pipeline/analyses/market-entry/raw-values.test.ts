import { expect, test } from "vitest";
import { seededRandom } from "../../stats/seeded-random.ts";
import {
  brandIntensity,
  creatorSupply,
  demandRate,
  type Effort,
  growthOfDemand,
  growthWindow,
} from "./raw-values.ts";

const monday = (index: number) => new Date(Date.UTC(2024, 10, 18 + 7 * index)).toISOString().slice(0, 10);
const weeks = (count: number, of: (index: number) => { posts: number; effort: number }): Effort[] =>
  Array.from({ length: count }, (_, index) => ({ week: monday(index), ...of(index) }));

test("demand is posts per 100 hashtags asked: twice the effort and twice the posts is the same demand", () => {
  const once = demandRate(
    weeks(13, () => ({ posts: 40, effort: 200 })),
    seededRandom("demand"),
  );
  const twice = demandRate(
    weeks(13, () => ({ posts: 80, effort: 400 })),
    seededRandom("demand"),
  );
  expect(once).toEqual({ value: 20, low: 20, high: 20 });
  expect(twice).toEqual(once);
});

test("growth over a year pairs the same weeks, so a season is not growth", () => {
  const seasonal = weeks(104, (index) => ({
    posts: Math.round(50 + 40 * Math.sin((2 * Math.PI * index) / 52)),
    effort: 100,
  }));
  const growth = growthOfDemand(seasonal, 52, seededRandom("season"));
  expect(growth?.measured.value).toBeCloseTo(0, 3);
  expect(growth?.measured.high).toBeLessThan(0.02);
});

test("a doubling is ln 2, whether posts double or effort halves", () => {
  const more = weeks(104, (index) => ({ posts: index < 52 ? 100 : 200, effort: 100 }));
  const less = weeks(104, (index) => ({ posts: 100, effort: index < 52 ? 100 : 50 }));
  expect(growthOfDemand(more, 52, seededRandom("more"))?.measured.value).toBeCloseTo(Math.LN2, 3);
  expect(growthOfDemand(less, 52, seededRandom("less"))?.measured.value).toBeCloseTo(Math.LN2, 3);
});

test("a missing week leaves its pair out and costs nothing else", () => {
  const gap = weeks(104, (index) => (index === 70 ? { posts: 0, effort: 0 } : { posts: 100, effort: 100 }));
  expect(growthOfDemand(gap, 52, seededRandom("gap"))).toMatchObject({ posts: 5100, basePosts: 5100 });
});

test("one window for all markets: a year when all have two, a quarter when one is younger, none without effort", () => {
  const collected = (count: number) => weeks(count, () => ({ posts: 10, effort: 10 }));
  expect(growthWindow([collected(104), collected(104)])).toBe(52);
  expect(growthWindow([collected(104), collected(30)])).toBe(13);
  expect(growthWindow([collected(8)])).toBeNull();
  expect(growthWindow([weeks(104, () => ({ posts: 10, effort: 0 }))])).toBeNull();
});

test("four equal brands and 10 % paid posts are an intensity of 1.1; one brand alone is a quarter of the field", () => {
  const paid = { value: 0.1, low: 0.08, high: 0.13 };
  const even = brandIntensity([0.25, 0.25, 0.25, 0.25], 400, paid);
  expect(even.value).toBeCloseTo(1.1, 12);
  // Even shares have no first-order error, so the interval is that of the paid share.
  expect(even.low).toBeCloseTo(1.08, 12);
  expect(even.high).toBeCloseTo(1.13, 12);
  expect(brandIntensity([1, 0, 0, 0], 400, paid).value).toBeCloseTo(0.35, 12);
});

test("the error of effective brands is that of a multinomial", () => {
  const none = { value: 0, low: 0, high: 0 };
  const shares = [0.6, 0.3, 0.1];
  const { value, high } = brandIntensity(shares, 500, none);
  // H = .46, effective 1/H/3; sd(H) = 2√((.244 − .2116)/500) = .0161; sd = sd(H)/H²/3
  expect(value).toBeCloseTo(1 / 0.46 / 3, 12);
  expect((high - value) / 1.959964).toBeCloseTo(0.0161 / 0.46 ** 2 / 3, 4);
});

test("ten creators at par count ten, ten in the lower quarter five", () => {
  const supply = (percentile: number) =>
    creatorSupply(Array(10).fill(percentile), seededRandom("supply")).value;
  expect([supply(50), supply(25), supply(75)]).toEqual([10, 5, 15]);
});
