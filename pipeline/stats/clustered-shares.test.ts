import fc from "fast-check";
import { expect, test } from "vitest";
import { clusteredShares, weighedMean } from "./clustered-shares.ts";

test("posts that are clusters of their own have the variance of independent draws, p q / (n − 1)", () => {
  const { n, clusters, effectiveClusters, shares, covariance } = clusteredShares([
    { counts: [1, 0], times: 60 },
    { counts: [0, 1], times: 40 },
  ]);
  expect({ n, clusters, effectiveClusters, shares }).toEqual({
    n: 100,
    clusters: 100,
    effectiveClusters: 100,
    shares: [0.6, 0.4],
  });
  expect(covariance[0]?.[0]).toBeCloseTo(0.24 / 99, 12);
  expect(covariance[0]?.[1]).toBeCloseTo(-0.24 / 99, 12);
});

test("ten authors who repeat themselves ten times weigh as ten posts", () => {
  const ten = clusteredShares([
    { counts: [10, 0], times: 6 },
    { counts: [0, 10], times: 4 },
  ]);
  expect(ten.effectiveClusters).toBeCloseTo(10, 12);
  expect(ten.covariance[0]?.[0]).toBeCloseTo(0.24 / 9, 12);
});

test("equal authors may be listed once with their number or one by one", () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.nat(4), fc.nat(4), fc.nat(4)), { minLength: 3, maxLength: 12 }),
      (authors) => {
        fc.pre(authors.filter((counts) => counts.some((count) => count > 0)).length > 1);
        const single = clusteredShares(authors.map((counts) => ({ counts, times: 1 })));
        const grouped = Map.groupBy(authors, (counts) => counts.join());
        const counted = clusteredShares(
          [...grouped.values()].map((same) => ({ counts: same[0] as number[], times: same.length })),
        );
        const [a, b] = [weighedMean(single, [1, 0, -1]), weighedMean(counted, [1, 0, -1])];
        expect(a.value).toBeCloseTo(b.value, 10);
        expect(a.variance).toBeCloseTo(b.variance, 10);
      },
    ),
  );
});

test("the mean of a worth is that of the posts, and its variance that of the authors", () => {
  // d = 2, 0, −1 over n = 3, 1, 2: mean 1/6; residuals 3/2, −1/6, −4/3.
  const clustered = clusteredShares([
    { counts: [2, 1, 0], times: 1 },
    { counts: [0, 1, 0], times: 1 },
    { counts: [0, 1, 1], times: 1 },
  ]);
  const { value, variance } = weighedMean(clustered, [1, 0, -1]);
  expect(value).toBeCloseTo(1 / 6, 12);
  expect(variance).toBeCloseTo(
    (1.5 ** 2 / (1 - 3 / 6) + (1 / 6) ** 2 / (1 - 1 / 6) + (4 / 3) ** 2 / (1 - 2 / 6)) / 36,
    12,
  );
});

test("one author says nothing about how authors differ", () => {
  expect(() => clusteredShares([{ counts: [5, 5], times: 1 }])).toThrow("invalid number of clusters: 1");
  expect(() => clusteredShares([])).toThrow("invalid number of clusters: 0");
});
