import fc from "fast-check";
import { expect, test } from "vitest";
import { nearestShares } from "./simplex.ts";

/** Of three estimates that always sum to 1; the first two vary on their own. */
const covariance = (first: number, second: number): number[][] => [
  [first, 0, -first],
  [0, second, -second],
  [-first, -second, first + second],
];

test("shares stay as they are; an estimate below zero moves to zero, and what was measured well moves least", () => {
  expect(nearestShares([0.2, 0.3, 0.5], covariance(1, 1))).toEqual([0.2, 0.3, 0.5]);
  const [first, second, third] = nearestShares([0.6, 0.5, -0.1], covariance(0.01, 0.03)) as number[];
  // The missing tenth is taken in the ratio of the variances, one to three.
  expect(first).toBeCloseTo(0.575, 12);
  expect(second).toBeCloseTo(0.425, 12);
  expect(third).toBe(0);
});

test("any estimate becomes shares", () => {
  const part = fc.double({ min: -2, max: 2, noNaN: true });
  const variance = fc.double({ min: 0.001, max: 1, noNaN: true });
  fc.assert(
    fc.property(part, part, variance, variance, (a, b, v, w) => {
      const shares = nearestShares([a, b, 1 - a - b], covariance(v, w));
      expect(Math.min(...shares)).toBeGreaterThanOrEqual(0);
      expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 9);
    }),
  );
});
