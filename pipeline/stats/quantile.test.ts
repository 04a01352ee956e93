import { expect, test } from "vitest";
import { median } from "./median.ts";
import { quantile } from "./quantile.ts";

test("quantiles interpolate as R's type 7 does", () => {
  // quantile(c(1, 2, 3, 4, 10), c(.1, .25, .9)) in R
  expect(quantile([10, 1, 3, 2, 4], 0.1)).toBeCloseTo(1.4, 12);
  expect(quantile([10, 1, 3, 2, 4], 0.25)).toBe(2);
  expect(quantile([10, 1, 3, 2, 4], 0.9)).toBeCloseTo(7.6, 12);
});

test("the median of an even number is the mean of the middle two, sorted as numbers", () => {
  expect(median([10, 9, 100, 1])).toBe(9.5);
});

test("the middle of nothing does not exist", () => {
  expect(() => median([])).toThrow("missing values");
  expect(() => quantile([1], 1.5)).toThrow("invalid share: 1.5");
});
