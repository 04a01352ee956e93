import { expect, test } from "vitest";
import { roganGladen } from "./rogan-gladen.ts";

test("a test that finds nine of ten and flags one of ten by mistake, and flags 26 %, saw 20 %", () => {
  // 0.2 · 0.9 + 0.8 · 0.1 = 0.26
  expect(roganGladen(0.26, 0.9, 0.1)).toBeCloseTo(0.2, 12);
});

test("fewer positives than mistakes alone would make is none, not less than none", () => {
  expect(roganGladen(0.02, 0.9, 0.1)).toBe(0);
});

test("a coin corrects nothing", () => {
  expect(roganGladen(0.5, 0.5, 0.5)).toBeNull();
});
