import { expect, test } from "vitest";
import { wilson } from "./wilson.ts";

test("Newcombe's (1998) examples: 81 of 263, and 1 of 29", () => {
  const common = wilson(81, 263);
  expect([common.low, common.high].map((end) => Number(end.toFixed(4)))).toEqual([0.2553, 0.3662]);
  const rare = wilson(1, 29);
  expect([rare.low, rare.high].map((end) => Number(end.toFixed(4)))).toEqual([0.0061, 0.1718]);
});

test("none of twenty is not certainly none", () => {
  const { low, high } = wilson(0, 20);
  expect(low).toBe(0);
  expect(high).toBeCloseTo(0.1611, 4);
});

test("a share of nobody is refused", () => {
  expect(() => wilson(0, 0)).toThrow("invalid group size: 0");
});
