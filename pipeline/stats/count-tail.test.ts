import { expect, test } from "vitest";
import { upperTail } from "./count-tail.ts";

test("Poisson by hand: with mean 1, six or more come once in 1,700 weeks, not once in three million", () => {
  const below = [1, 1, 1 / 2, 1 / 6, 1 / 24, 1 / 120].reduce((a, b) => a + b, 0) * Math.exp(-1);
  expect(upperTail(6, 1, 1)).toBeCloseTo(1 - below, 12);
  expect(upperTail(6, 1, 1)).toBeGreaterThan(5e-4);
});

test("negative binomial of size one is geometric: P(X ≥ k) = (m / (m + 1))^k", () => {
  expect(upperTail(10, 4, 4 + 16)).toBeCloseTo(0.8 ** 10, 10);
});

test("more variance, fatter tail; zero or more is certain", () => {
  expect(upperTail(30, 10, 40)).toBeGreaterThan(upperTail(30, 10, 10));
  expect(upperTail(0, 10, 10)).toBe(1);
  expect(upperTail(1, 1e-9, 1e-9)).toBeCloseTo(1e-9, 15);
});

test("counts of thousands end in a moment and stay a probability", () => {
  expect(upperTail(5000, 5000, 90_000)).toBeGreaterThan(0.4);
  expect(upperTail(40_000, 5000, 90_000)).toBeLessThan(1e-20);
});
