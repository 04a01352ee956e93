import { expect, test } from "vitest";
import { benjaminiHochberg } from "./benjamini-hochberg.ts";

// Benjamini and Hochberg (1995), section 4.1: fifteen comparisons in a trial of thrombolysis; four are called at q < 0.05.
const thrombolysis = [
  0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719, 0.6528,
  0.759, 1,
];

test("the paper's example: four of fifteen survive, where Bonferroni keeps three", () => {
  const q = benjaminiHochberg(thrombolysis);
  expect(q.filter((value) => value < 0.05)).toHaveLength(4);
  expect(thrombolysis.filter((p) => p < 0.05 / 15)).toHaveLength(3);
  expect(q[3]).toBeCloseTo((0.0095 * 15) / 4, 12);
});

test("answers come in the order of the questions", () => {
  expect(benjaminiHochberg([0.04, 0.01, 0.03])).toEqual([0.04, 0.03, 0.04]);
});

test("a smaller p never has a larger q, and one test stands as it is", () => {
  const q = benjaminiHochberg(thrombolysis);
  for (let i = 1; i < q.length; i++) expect(q[i]).toBeGreaterThanOrEqual(q[i - 1] as number);
  expect(benjaminiHochberg([0.02])).toEqual([0.02]);
  expect(benjaminiHochberg([])).toEqual([]);
});

test("what is no probability is refused", () => {
  expect(() => benjaminiHochberg([0.1, Number.NaN])).toThrow("invalid p-value: NaN");
});
