import { expect, test } from "vitest";
import { logRaised, negativeBinomialDraw } from "./negative-binomial.ts";
import { seededRandom } from "./seeded-random.ts";

/** Γ(y + k) / (y! Γ(k)) · (k / (k + m))^k · (m / (k + m))^y for whole k, as a product. */
function probability(count: number, mean: number, size: number): number {
  let value = (size / (size + mean)) ** size;
  for (let i = 1; i <= count; i++) value *= ((size + i - 1) / i) * (mean / (size + mean));
  return value;
}

test.each([
  [0, 4, 2, 3],
  [7, 4, 2.5, 3],
  [60, 30, 2, 10],
])(
  "the ratio of two probabilities of %i at mean %f, raised %f times, size %i",
  (count, mean, factor, size) => {
    const ratio = probability(count, mean * factor, size) / probability(count, mean, size);
    expect(logRaised(count, mean, factor, 1 / size)).toBeCloseTo(Math.log(ratio), 10);
  },
);

test("without dispersion it is Poisson's law, and nearly so next to it", () => {
  expect(logRaised(9, 4, 2, 0)).toBeCloseTo(9 * Math.log(2) - 4, 12);
  expect(logRaised(9, 4, 2, 1e-7)).toBeCloseTo(logRaised(9, 4, 2, 0), 4);
});

test.each([
  [30, 0.1],
  [2, 1 / 3],
  [0.4, 2],
])("draws have mean %f and variance mean + dispersion · mean²", (mean, dispersion) => {
  const random = seededRandom(`negative binomial ${mean}`);
  const draws = Array.from({ length: 40_000 }, () => negativeBinomialDraw(mean, dispersion, random));
  const average = draws.reduce((sum, draw) => sum + draw, 0) / draws.length;
  const variance = draws.reduce((sum, draw) => sum + (draw - average) ** 2, 0) / draws.length;
  expect(average / mean).toBeCloseTo(1, 1);
  expect(variance / (mean + dispersion * mean ** 2)).toBeGreaterThan(0.9);
  expect(variance / (mean + dispersion * mean ** 2)).toBeLessThan(1.1);
});

test("a dispersion below zero is refused", () => {
  expect(() => negativeBinomialDraw(3, -1, () => 0.5)).toThrow("invalid dispersion: -1");
});
