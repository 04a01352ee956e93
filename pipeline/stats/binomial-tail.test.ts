import { expect, test } from "vitest";
import { binomialTail } from "./binomial-tail.ts";

test.each([
  // Three heads or more of five: (10 + 5 + 1) / 32.
  [3, 5, 0.5, 0.5],
  [5, 5, 0.1, 1e-5],
  [1, 3, 0.2, 1 - 0.8 ** 3],
  [0, 9, 0.3, 1],
])("%i or more of %i at %f", (hits, tries, share, chance) => {
  expect(binomialTail(hits, tries, share)).toBeCloseTo(chance, 12);
});

test("a thousand tries stay a chance", () => {
  expect(binomialTail(500, 1000, 0.5)).toBeCloseTo(0.5126, 4);
  expect(binomialTail(1000, 1000, 0.01)).toBeGreaterThanOrEqual(0);
});

test("nothing hits, everything hits", () => {
  expect(binomialTail(1, 4, 0)).toBe(0);
  expect(binomialTail(4, 4, 1)).toBe(1);
});

test("more hits than tries, or a share that is none, are refused", () => {
  expect(() => binomialTail(3, 2, 0.5)).toThrow("invalid count: 3 hits of 2 tries");
  expect(() => binomialTail(1, 2, 1.5)).toThrow("invalid share: 1.5");
});
