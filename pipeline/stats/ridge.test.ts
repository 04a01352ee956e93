import { expect, test } from "vitest";
import { ridge, ridgeOn } from "./ridge.ts";
import { seededRandom } from "./seeded-random.ts";

const rows = Array.from({ length: 60 }, (_, i) => [i, (i * 7) % 13, 5]);

test("an exact line is found, and a constant column gets nothing", () => {
  const line = ridge(
    rows,
    rows.map(([a = 0, b = 0]) => 3 + 2 * a - b),
  );
  expect(line.coefficients[0]).toBeCloseTo(2, 2);
  expect(line.coefficients[1]).toBeCloseTo(-1, 2);
  expect(line.coefficients[2]).toBe(0);
  expect(line.predict([10, 4, 5])).toBeCloseTo(19, 1);
});

test("pure noise is not followed: the penalty is large and the line nearly flat", () => {
  const random = seededRandom("noise");
  const noise = Array.from({ length: 40 }, () => Array.from({ length: 15 }, () => random()));
  const line = ridge(
    noise,
    noise.map(() => random()),
  );
  expect(line.penalty).toBeGreaterThanOrEqual(30);
});

test("values that do not match the rows are refused", () => {
  expect(() => ridgeOn(rows)([1, 2])).toThrow("invalid values: 2 for 60 rows");
  expect(() => ridgeOn([])).toThrow("missing rows");
});
