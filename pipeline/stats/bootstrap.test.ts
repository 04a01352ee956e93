import { expect, test } from "vitest";
import { bootstrap } from "./bootstrap.ts";
import { median } from "./median.ts";
import { seededRandom } from "./seeded-random.ts";

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

test("the interval of a mean is close to the normal one: 10 ± 1.96 · 2 / √100", () => {
  const random = seededRandom("normal-like");
  const values = Array.from({ length: 100 }, (_, i) => (i % 2 === 0 ? 8 : 12));
  const { low, high } = bootstrap(values, mean, random, { draws: 4000 });
  expect(low).toBeCloseTo(10 - 0.392, 1);
  expect(high).toBeCloseTo(10 + 0.392, 1);
});

test("no variation, no width", () => {
  expect(bootstrap([3, 3, 3], median, seededRandom("still"))).toEqual({ low: 3, high: 3 });
});

test("the same label gives the same interval", () => {
  const interval = () => bootstrap([1, 2, 5, 9, 30], median, seededRandom("again"));
  expect(interval()).toEqual(interval());
});
