import { expect, test } from "vitest";
import { betaDraw } from "./beta-draw.ts";
import { seededRandom } from "./seeded-random.ts";

// Mean a/(a+b), variance ab/((a+b)²(a+b+1)); 20,000 draws put the mean within 0.005.
test.each([
  [8, 2],
  [0.5, 3.5],
])("draws from Beta(%s, %s) have its mean and variance", (a, b) => {
  const random = seededRandom(`beta ${a} ${b}`);
  const draws = Array.from({ length: 20_000 }, () => betaDraw(a, b, random));
  const mean = draws.reduce((sum, draw) => sum + draw, 0) / draws.length;
  const variance = draws.reduce((sum, draw) => sum + (draw - mean) ** 2, 0) / draws.length;
  expect(Math.abs(mean - a / (a + b))).toBeLessThan(0.005);
  expect(Math.abs(variance / ((a * b) / ((a + b) ** 2 * (a + b + 1))) - 1)).toBeLessThan(0.05);
});
