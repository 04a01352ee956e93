import { expect, test } from "vitest";
import { robustScale, robustZ } from "./robust-z.ts";

test("by hand: median 5, absolute deviations 4 3 1 0 1 3 4 with median 3", () => {
  expect(robustScale([1, 2, 4, 5, 6, 8, 9])).toEqual({ median: 5, spread: 1.4826 * 3 });
  expect(robustZ(5 + 2 * 1.4826 * 3, robustScale([1, 2, 4, 5, 6, 8, 9]), 1)).toBeCloseTo(2, 12);
});

test("one wild week does not hide the next", () => {
  const usual = [9, 10, 11, 10, 9, 11, 10, 10, 11, 9];
  expect(robustZ(30, robustScale([...usual, 500]), 1)).toBeGreaterThan(10);
});

test("where nothing ever moved, the floor decides", () => {
  const still = robustScale([0, 0, 0]);
  expect(robustZ(0, still, 1)).toBe(0);
  expect(robustZ(3, still, 1)).toBe(3);
  expect(() => robustZ(3, still, 0)).toThrow("invalid floor");
});

test("a gap is no zero", () => {
  expect(robustScale([4, Number.NaN, 4, 6]).median).toBe(4);
});
