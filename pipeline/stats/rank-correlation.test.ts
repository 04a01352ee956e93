import { expect, test } from "vitest";
import { midRanks, rankCorrelation } from "./rank-correlation.ts";

test("the same order is 1, the reverse −1, whatever the values", () => {
  expect(rankCorrelation([1, 5, 9, 20], [2, 3, 4, 1000])).toBeCloseTo(1, 12);
  expect(rankCorrelation([1, 5, 9], [3, 2, 1])).toBeCloseTo(-1, 12);
});

test("equals share the mean of their ranks", () => {
  expect(midRanks([10, 20, 10, 30])).toEqual([1.5, 3, 1.5, 4]);
  // Ranks 1.5 1.5 3 against 1 2 3: covariance 1.5, variances 1.5 and 2.
  expect(rankCorrelation([1, 1, 2], [1, 2, 3])).toBeCloseTo(1.5 / Math.sqrt(1.5 * 2), 12);
});

test("two pairs, or a constant list, tell nothing", () => {
  expect(rankCorrelation([1, 2], [1, 2])).toBeNull();
  expect(rankCorrelation([1, 1, 1], [1, 2, 3])).toBeNull();
});
