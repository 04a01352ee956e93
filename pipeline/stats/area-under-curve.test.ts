import { expect, test } from "vitest";
import { areaUnderCurve } from "./area-under-curve.ts";

test("three of the four pairs of a positive and a negative are in order", () => {
  expect(areaUnderCurve([0.1, 0.4, 0.35, 0.8], [false, false, true, true])).toBe(0.75);
});

test("scores that are all alike rank no better than a coin", () => {
  expect(areaUnderCurve([1, 1, 1, 1], [true, false, true, false])).toBe(0.5);
});

test("without both kinds there is nothing to rank", () => {
  expect(areaUnderCurve([1, 2], [true, true])).toBeNull();
});
