import { expect, test } from "vitest";
import { ewma, ewmaVariance } from "./ewma.ts";

test("by hand, span 3: weight 1/2, starting at the mean of the first three", () => {
  expect([...ewma([2, 4, 6, 10], 3)]).toEqual([3, 3.5, 4.75, 7.375]);
});

test("a gap leaves the level where it was", () => {
  const levels = ewma([4, 4, Number.NaN, Number.NaN, 4], 4);
  expect([...levels]).toEqual([4, 4, 4, 4, 4]);
});

test("before the first value there is no level", () => {
  expect([...ewma([Number.NaN, 5], 4)]).toEqual([Number.NaN, 5]);
});

test("a span of four halves the standard deviation of independent values", () => {
  expect(Math.sqrt(ewmaVariance(4))).toBeCloseTo(0.5, 12);
});
