import { expect, test } from "vitest";
import { fourWeekMean, indexBase, recentShare } from "./base-index.ts";
import { observedShare } from "./series.ts";
import { invented } from "./test/invented.ts";

const baseOf = (...args: Parameters<typeof invented>) => {
  const series = invented(...args);
  return indexBase(series, observedShare(series));
};

test("the base is the mean share of the first 52 weeks: 10 of 1,000 posts are 100 per 10,000", () => {
  expect(baseOf((week) => (week < 52 ? 10 : 500))).toEqual({ share: 100, reason: null });
});

test("past values never rescale: later weeks leave the base alone", () => {
  const shape = (week: number) => 3 + (week % 7);
  expect(baseOf(shape, { weeks: 80 })).toEqual(baseOf(shape, { weeks: 104 }));
});

test("a gap in the first year moves the base's end by a week", () => {
  expect(baseOf((week) => (week < 53 ? 10 : 500), { gaps: [20] }).share).toBe(100);
});

test("a term that begins late is measured against the market's first year, its silence included", () => {
  expect(baseOf((week) => (week >= 26 ? 4 : 0)).share).toBeCloseTo(20, 12);
});

test("a base of under 30 posts is no base, and a first year still running is none yet", () => {
  expect(baseOf((week) => (week < 29 ? 1 : 0))).toEqual({ share: null, reason: "too_few" });
  expect(baseOf(() => 10, { weeks: 51 })).toEqual({ share: null, reason: "not_collected" });
});

test("the mean of four weeks leaves gaps out and wants two weeks at least", () => {
  const nan = Number.NaN;
  expect([...fourWeekMean(Float64Array.of(2, 4, nan, 6, nan, nan))]).toEqual([nan, 3, 3, 4, 5, nan]);
});

test("the interval of the last four weeks holds the share and widens when weeks vary more than chance", () => {
  const series = invented(() => 10);
  const calm = recentShare(series, observedShare(series), 1);
  const wild = recentShare(series, observedShare(series), 4);
  // 40 of 4,000 posts: Wilson 73.5 to 135.9 per 10,000.
  expect(calm?.share).toBeCloseTo(100, 9);
  expect(calm?.low).toBeCloseTo(73.5, 1);
  expect(calm?.high).toBeCloseTo(135.9, 1);
  expect((wild?.high as number) - (wild?.low as number)).toBeGreaterThan(1.8 * (135.9 - 73.5));
});
