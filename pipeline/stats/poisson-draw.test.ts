import { expect, test } from "vitest";
import { poissonDraw } from "./poisson-draw.ts";
import { seededRandom } from "./seeded-random.ts";

test.each([0.5, 4, 150, 900])("draws around a mean of %d have that mean and that variance", (mean) => {
  const random = seededRandom(`poisson ${mean}`);
  const draws = Array.from({ length: 20_000 }, () => poissonDraw(mean, random));
  const average = draws.reduce((a, b) => a + b, 0) / draws.length;
  const variance = draws.reduce((sum, draw) => sum + (draw - average) ** 2, 0) / draws.length;
  expect(Math.abs(average / mean - 1)).toBeLessThan(0.03);
  expect(Math.abs(variance / mean - 1)).toBeLessThan(0.05);
});

test("by hand: with mean 1, half of the chance lies at 0 and 1, so a draw of 0.5 is one", () => {
  expect(poissonDraw(1, () => 0.36)).toBe(0);
  expect(poissonDraw(1, () => 0.5)).toBe(1);
  expect(poissonDraw(0, () => 0.999)).toBe(0);
  expect(() => poissonDraw(-1, () => 0.5)).toThrow("invalid mean: -1");
});
