import fc from "fast-check";
import { expect, test } from "vitest";
import { seededRandom } from "../../stats/seeded-random.ts";
import { alternatives } from "./alternatives.ts";
import { type Component, components, type Knowledge, readiness } from "./readiness.ts";

const parts = (values: readonly (number | null)[]) =>
  Object.fromEntries(components.map((component, i) => [component, values[i] ?? null])) as Record<
    Component,
    number | null
  >;
const judged = (rows: Record<string, readonly (number | null)[]>) => {
  const percentiles = new Map(Object.entries(rows).map(([market, values]) => [market, parts(values)]));
  const scores = new Map(
    Object.entries(rows).map(([market, values]) => [
      market,
      values.reduce<number>((sum, value) => sum + (value ?? 0), 0),
    ]),
  );
  return alternatives(percentiles, scores, seededRandom("test"), 400);
};

test("a market that is best in everything is first under any weights, and both rankings agree", () => {
  const { markets, agreement } = judged({ de: [90, 80, 70], fr: [50, 60, 65], jp: [10, 20, 30] });
  expect(markets.get("de")?.acceptability[0]).toBeCloseTo(1, 9);
  expect(markets.get("jp")?.acceptability[2]).toBeCloseTo(1, 9);
  expect([...markets.values()].map(({ topsisRank }) => topsisRank)).toEqual([1, 2, 3]);
  expect(agreement).toBeCloseTo(1, 12);
});

test("two markets that each lead one of two components share first place about evenly", () => {
  const { markets } = judged({ de: [75, 25], fr: [25, 75] });
  const first = markets.get("de")?.acceptability[0] ?? 0;
  expect(first).toBeGreaterThan(0.4);
  expect(first).toBeLessThan(0.6);
});

test("a market dominated by another never ranks above it: not by the sum, not by TOPSIS, not under any weights", () => {
  const value = fc.integer({ min: -50, max: 50 });
  const observed: Component[] = ["demand", "growth", "sentiment", "creator_supply"];
  fc.assert(
    fc.property(
      fc.array(fc.tuple(value, value, value, value), { minLength: 3, maxLength: 5 }),
      fc.tuple(fc.nat(9), fc.nat(9), fc.nat(9), fc.nat(9)),
      (rows, lifts) => {
        const all = [...rows, (rows[0] as number[]).map((one, i) => one + (lifts[i] as number))];
        const knowledge: Knowledge = new Map(
          all.map((values, market) => [
            `m${market}`,
            Object.fromEntries(
              observed.map((component, i) => [
                component,
                { value: values[i] as number, low: values[i] as number, high: values[i] as number },
              ]),
            ),
          ]),
        );
        const scored = readiness(knowledge, seededRandom("sum"), 20);
        const { markets } = alternatives(
          new Map(
            scored.map((row) => [
              row.market,
              Object.fromEntries(components.map((one) => [one, row.parts[one].percentile])) as Record<
                Component,
                number | null
              >,
            ]),
          ),
          new Map(scored.map((row) => [row.market, row.score as number])),
          seededRandom("any"),
          50,
        );
        const better = `m${rows.length}`;
        const of = (market: string) => scored.find((row) => row.market === market);
        expect(of(better)?.rank).toBeLessThanOrEqual(of("m0")?.rank as number);
        expect(markets.get(better)?.topsisRank).toBeLessThanOrEqual(markets.get("m0")?.topsisRank as number);
        const upTo = (market: string, rank: number) =>
          (markets.get(market)?.acceptability ?? []).slice(0, rank).reduce((sum, share) => sum + share, 0);
        for (let rank = 1; rank <= all.length; rank++)
          expect(upTo(better, rank)).toBeGreaterThanOrEqual(upTo("m0", rank) - 1e-9);
      },
    ),
    { numRuns: 60 },
  );
});
