import { expect, test } from "vitest";
import { shiftedPrior } from "./prior-shift.ts";

test("a sample of which three in ten speak clearly for one side holds three in ten, whatever was assumed", () => {
  const evidence = [...Array(30).fill(12), ...Array(70).fill(-12)];
  expect(shiftedPrior(evidence, 0.05)).toBeCloseTo(0.3, 3);
  expect(shiftedPrior(evidence, 0.9)).toBeCloseTo(0.3, 3);
});

test("accounts of which nothing is known leave the prior where it was", () => {
  expect(shiftedPrior([0, 0, 0], 0.15)).toBeCloseTo(0.15, 9);
});

test("a sample without a single positive ends at the floor, where evidence can still speak", () => {
  expect(shiftedPrior(Array(50).fill(-9), 0.2)).toBe(0.001);
});
