import { expect, test } from "vitest";
import { clusteredDifference } from "./clustered-difference.ts";

const author = (sumNow: number, postsNow: number, sumBefore: number, postsBefore: number, times = 1) => ({
  sumNow,
  postsNow,
  sumBefore,
  postsBefore,
  times,
});

test("over different authors the variances add", () => {
  const { value, variance } = clusteredDifference([
    author(1, 1, 0, 0, 30),
    author(-1, 1, 0, 0, 20),
    author(0, 0, 1, 1, 20),
    author(0, 0, -1, 1, 20),
  ]);
  expect(value).toBeCloseTo(0.2, 12);
  expect(variance).toBeCloseTo((1 - 0.04) / 50 / (1 - 1 / 50) + 1 / 40 / (1 - 1 / 40), 12);
});

test("authors who feel the same now and before add no noise to the change", () => {
  const habitual = clusteredDifference([author(5, 5, 5, 5, 10), author(-5, 5, -5, 5, 10)]);
  const swapped = clusteredDifference([author(5, 5, -5, 5, 10), author(-5, 5, 5, 5, 10)]);
  expect(habitual).toMatchObject({ value: 0, variance: 0, effectiveClusters: 20 });
  expect(swapped.value).toBe(0);
  expect(swapped.variance).toBeGreaterThan(0.1);
});

test("a period without posts is refused", () => {
  expect(() => clusteredDifference([author(1, 1, 0, 0)])).toThrow("missing posts");
});
