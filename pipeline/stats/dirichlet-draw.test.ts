import { expect, test } from "vitest";
import { dirichletDraw, gammaDraw, normalDraw } from "./dirichlet-draw.ts";
import { seededRandom } from "./seeded-random.ts";

const many = (draw: () => number): { mean: number; variance: number } => {
  const values = Array.from({ length: 20_000 }, draw);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return { mean, variance: values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length };
};

test("shares lie around their weights, closer the heavier these are", () => {
  const random = seededRandom("dirichlet");
  const light = many(() => dirichletDraw([6, 3, 1], random)[0] as number);
  const heavy = many(() => dirichletDraw([600, 300, 100], random)[0] as number);
  // Mean 0.6, variance 0.6 · 0.4 / (sum of weights + 1).
  expect(light.mean).toBeCloseTo(0.6, 2);
  expect(light.variance / (0.24 / 11)).toBeCloseTo(1, 1);
  expect(heavy.variance / (0.24 / 1001)).toBeCloseTo(1, 1);
  const shares = dirichletDraw([0.1, 2, 30], random);
  expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
  expect(Math.min(...shares)).toBeGreaterThanOrEqual(0);
});

test.each([0.4, 1, 7.5])("a gamma draw of shape %d has that mean and that variance", (shape) => {
  const random = seededRandom(`gamma ${shape}`);
  const { mean, variance } = many(() => gammaDraw(shape, random));
  expect(mean / shape).toBeCloseTo(1, 1);
  expect(Math.abs(variance / shape - 1)).toBeLessThan(0.08);
});

test("a normal draw has mean 0 and variance 1; a weight of nothing is refused", () => {
  const random = seededRandom("normal");
  const { mean, variance } = many(() => normalDraw(random));
  expect(Math.abs(mean)).toBeLessThan(0.03);
  expect(Math.abs(variance - 1)).toBeLessThan(0.04);
  expect(() => dirichletDraw([1, 0], random)).toThrow("invalid shape: 0");
});
