import { expect, test } from "vitest";
import { normalQuantile, studentQuantile } from "./student-quantile.ts";

test.each([
  // Fisher and Yates, Statistical Tables, table III.
  [0.95, 1, 12.706],
  [0.95, 2, 4.303],
  [0.95, 4, 2.776],
  [0.95, 9, 2.262],
  [0.95, 30, 2.042],
  [0.99, 5, 4.032],
  [0.99, 60, 2.66],
  [0.95, Number.POSITIVE_INFINITY, 1.96],
])("at %f and %d degrees of freedom the tables say %f", (level, degrees, value) => {
  expect(studentQuantile(level, degrees)).toBeCloseTo(value, 2.5);
});

test("fewer degrees of freedom reach further, fractions of them in between", () => {
  expect(studentQuantile(0.95, 7.5)).toBeGreaterThan(studentQuantile(0.95, 8));
  expect(studentQuantile(0.95, 7.5)).toBeLessThan(studentQuantile(0.95, 7));
  expect(studentQuantile(0.95, 0.2)).toBe(studentQuantile(0.95, 1));
});

test("the normal quantile is odd and knows its tails", () => {
  expect(normalQuantile(0.975)).toBeCloseTo(1.959963984540054, 8);
  expect(normalQuantile(0.001)).toBeCloseTo(-3.090232306167813, 8);
  expect(normalQuantile(0.5)).toBeCloseTo(0, 12);
  expect(() => normalQuantile(1)).toThrow("invalid probability: 1");
  expect(() => studentQuantile(1, 5)).toThrow("invalid level: 1");
});
