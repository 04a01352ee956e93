import fc from "fast-check";
import { expect, test } from "vitest";
import { closeness } from "./topsis.ts";

test("worked by hand: weights 0.6 and 0.4, values 80 and 50 of 100", () => {
  // d⁺ = √((0.6·20)² + (0.4·50)²) = √544; d⁻ = √((0.6·80)² + (0.4·50)²) = √2704 = 52
  expect(closeness([80, 50], [0.6, 0.4], 0, 100)).toBeCloseTo(52 / (52 + Math.sqrt(544)), 12);
});

test("the best point is 1, the worst 0, and the scale of the weights does not matter", () => {
  expect(closeness([100, 100], [1, 3], 0, 100)).toBe(1);
  expect(closeness([0, 0], [1, 3], 0, 100)).toBe(0);
  expect(closeness([30, 60], [1, 3], 0, 100)).toBeCloseTo(closeness([30, 60], [10, 30], 0, 100), 12);
});

test("it rises with every value", () => {
  const points = fc.array(fc.integer({ min: 0, max: 99 }), { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(points, fc.nat(), fc.integer({ min: 1, max: 100 }), (values, place, lift) => {
      const weights = values.map((_, i) => i + 1);
      const better = values.with(
        place % values.length,
        Math.min(100, (values[place % values.length] as number) + lift),
      );
      expect(closeness(better, weights, 0, 100)).toBeGreaterThan(closeness(values, weights, 0, 100) - 1e-12);
    }),
  );
});

test("no weight at all is refused", () => {
  expect(() => closeness([5], [0], 0, 100)).toThrow("missing weight");
  expect(() => closeness([5], [1, 2], 0, 100)).toThrow("invalid weights: 2 for 1 values");
});
