import { expect, test } from "vitest";
import { newcombe } from "./newcombe.ts";

test("Newcombe's published example: 56/70 − 48/80 lies within 0.0524 to 0.3339", () => {
  const { difference, low, high } = newcombe({ successes: 56, n: 70 }, { successes: 48, n: 80 });
  expect(difference).toBeCloseTo(0.2, 12);
  expect(low).toBeCloseTo(0.0524, 4);
  expect(high).toBeCloseTo(0.3339, 4);
});

test("his example with an empty cell: 0/10 − 0/20 has an interval all the same", () => {
  const { low, high } = newcombe({ successes: 0, n: 10 }, { successes: 0, n: 20 });
  expect(low).toBeCloseTo(-0.1611, 4);
  expect(high).toBeCloseTo(0.2775, 4);
});

test("a share of nobody is refused", () => {
  expect(() => newcombe({ successes: 0, n: 0 }, { successes: 1, n: 2 })).toThrow("invalid group size: 0");
});
