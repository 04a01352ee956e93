import { expect, test } from "vitest";
import { percentileRank } from "./percentile-rank.ts";

test("four markets stand at 12.5, 37.5, 62.5 and 87.5", () => {
  const values = [3, 9, 1, 4];
  expect(values.map((value) => percentileRank(value, values))).toEqual([37.5, 87.5, 12.5, 62.5]);
});

test("equals share the middle of the ranks they hold", () => {
  expect(percentileRank(5, [5, 5, 5, 5])).toBe(50);
  expect(percentileRank(2, [1, 2, 2, 3])).toBe(50);
});

test("a percentile among nobody is refused", () => {
  expect(() => percentileRank(1, [])).toThrow("missing values");
});
