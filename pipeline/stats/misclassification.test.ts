import { expect, test } from "vitest";
import { type Cluster, clusteredShares } from "./clustered-shares.ts";
import { classWorths, correctedMean } from "./misclassification.ts";
import { seededRandom } from "./seeded-random.ts";

const worth = [1, 0, -1];
const many = [
  [8000, 1500, 500],
  [1000, 8000, 1000],
  [500, 1500, 8000],
];
/** Posts of so many of each verdict, every one by an author of its own. */
const single = (...counts: number[]): Cluster[] =>
  counts.map((times, kind) => ({ counts: counts.map((_, other) => (other === kind ? 1 : 0)), times }));

test("verdicts made of known truths by known errors give the truths back", () => {
  // 50, 30 and 20 of a hundred: positive verdicts 0.5 · 0.8 + 0.3 · 0.1 + 0.2 · 0.05 = 0.44, and so on.
  const clustered = clusteredShares(single(44_000, 34_500, 21_500));
  const corrected = correctedMean(clustered, [many], worth, seededRandom("a"));
  for (const [index, share] of [0.5, 0.3, 0.2].entries())
    expect(corrected?.shares[index]).toBeCloseTo(share, 2);
  expect(corrected?.value).toBeCloseTo(0.3, 2);
  expect(corrected?.low).toBeLessThan(0.3);
  expect(corrected?.high).toBeGreaterThan(0.3);
});

test("two languages are each corrected by their own errors", () => {
  const sharp = [
    [9998, 1, 1],
    [1, 9998, 1],
    [1, 1, 9998],
  ];
  // Half the posts as above, half read without error with 10, 20 and 70 of a hundred.
  const clustered = clusteredShares(single(44_000, 34_500, 21_500, 10_000, 20_000, 70_000));
  expect(correctedMean(clustered, [many, sharp], worth, seededRandom("b"))?.value).toBeCloseTo(
    (0.3 - 0.6) / 2,
    2,
  );
});

test("few labelled texts make a wide interval, however many posts there are", () => {
  const clustered = clusteredShares(single(44_000, 34_500, 21_500));
  const width = (errors: number[][]) => {
    const corrected = correctedMean(clustered, [errors], worth, seededRandom("c"));
    return (corrected?.high ?? Number.NaN) - (corrected?.low ?? Number.NaN);
  };
  const few = many.map((row) => row.map((count) => count / 100));
  expect(width(few) / width(many)).toBeGreaterThan(5);
});

test("a class that the errors alone would explain is not there, rather than there a negative number of times", () => {
  const corrected = correctedMean(
    clusteredShares(single(800, 180, 20)),
    [many.map((row) => row.map((count) => count / 100))],
    worth,
    seededRandom("d"),
  );
  expect(Math.min(...(corrected?.shares ?? [-1]))).toBe(0);
  expect(corrected?.high).toBeLessThanOrEqual(1);
});

test("the same seed gives the same interval", () => {
  const clustered = clusteredShares(single(440, 345, 215));
  const once = () => correctedMean(clustered, [many], worth, seededRandom("e"));
  expect(once()).toEqual(once());
});

test("verdicts that say nothing, or the opposite, correct nothing", () => {
  const blind = [
    [40, 40, 40],
    [40, 40, 40],
    [40, 40, 40],
  ];
  const reversed = [
    [5, 15, 80],
    [10, 80, 10],
    [80, 15, 5],
  ];
  const clustered = clusteredShares(single(440, 345, 215));
  expect(correctedMean(clustered, [blind], worth, seededRandom("f"))).toBeNull();
  expect(correctedMean(clustered, [reversed], worth, seededRandom("f"))).toBeNull();
  expect(() => correctedMean(clustered, [many, many], worth, seededRandom("f"))).toThrow("invalid shares: 3");
});

test("the worth of verdicts is the inverse of the rates", () => {
  const worths = classWorths([
    [0.8, 0.2],
    [0.4, 0.6],
  ]) as number[][];
  expect(worths.flat().map((value) => Math.round(value * 100) / 100)).toEqual([1.5, -0.5, -1, 2]);
});
