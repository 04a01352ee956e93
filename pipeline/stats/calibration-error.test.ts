import { expect, test } from "vitest";
import { calibrationError } from "./calibration-error.ts";

test("what is said to happen in one case of four and does has no error", () => {
  expect(calibrationError([0.25, 0.25, 0.25, 0.25], [true, false, false, false])).toBeCloseTo(0, 12);
});

test("certainty that is wrong half of the time is off by one half; a probability of one falls in the last bin", () => {
  expect(calibrationError([1, 1], [true, false])).toBe(0.5);
});
