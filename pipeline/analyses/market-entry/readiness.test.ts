import fc from "fast-check";
import { expect, test } from "vitest";
import { seededRandom } from "../../stats/seeded-random.ts";
import {
  type Component,
  components,
  confidenceOf,
  decisionOf,
  inverse,
  type Knowledge,
  type Measured,
  readiness,
} from "./readiness.ts";

const exact = (value: number): Measured => ({ value, low: value, high: value });
const known = (values: Partial<Record<Component, number>>) =>
  Object.fromEntries(Object.entries(values).map(([component, value]) => [component, exact(value)]));
const scored = (knowledge: Knowledge) =>
  new Map(readiness(knowledge, seededRandom("test")).map((row) => [row.market, row]));

const observed: Component[] = ["demand", "growth", "sentiment", "competition", "creator_supply"];
const all = (value: number, competition = -value) =>
  known({ demand: value, growth: value, sentiment: value, competition, creator_supply: value });

test("four markets that agree in every component stand at 12.5, 37.5, 62.5 and 87.5", () => {
  const rows = scored(
    new Map([
      ["de", all(2)],
      ["fr", all(4)],
      ["jp", all(1)],
      ["us", all(3)],
    ]),
  );
  expect([...rows.values()].map(({ score, rank }) => [score, rank])).toEqual([
    [37.5, 3],
    [87.5, 1],
    [12.5, 4],
    [62.5, 2],
  ]);
});

test("the score is the weighted mean of percentiles: worked by hand", () => {
  // de leads demand (25) and sentiment (15); fr leads growth, supply and has less competition (45 of 85).
  const rows = scored(
    new Map([
      ["de", known({ demand: 9, growth: 0, sentiment: 0.4, competition: 1.2, creator_supply: 5 })],
      ["fr", known({ demand: 4, growth: 1, sentiment: 0.2, competition: 0.7, creator_supply: 8 })],
    ]),
  );
  // Two markets stand at 25 and 75: de = (40·75 + 45·25)/85, fr = (45·75 + 40·25)/85.
  expect(rows.get("de")?.score).toBeCloseTo(48.529412, 6);
  expect(rows.get("fr")?.score).toBeCloseTo(51.470588, 6);
  expect(rows.get("fr")?.parts.competition).toMatchObject({ percentile: 75, rank: 1 });
  expect(rows.get("de")?.parts.demand.weightUsed).toBeCloseTo((100 * 25) / 85, 9);
  // Without demand, 60 of weight are left: de = (15·75 + 45·25)/60.
  expect(rows.get("de")?.parts.demand.withoutScore).toBeCloseTo(37.5, 9);
  expect(rows.get("de")?.parts.demand.withoutRank).toBe(2);
});

test("what nobody measured takes its weight along, and the coverage says so", () => {
  const row = scored(
    new Map([
      ["de", all(2)],
      ["fr", all(4)],
    ]),
  ).get("fr");
  expect(row?.weightAvailable).toBeCloseTo(0.85, 12);
  expect(row?.parts.claims_readiness).toMatchObject({
    percentile: null,
    weightUsed: null,
    withoutScore: null,
  });
});

test("under 60 % of weight there is no score, and no rank without somebody to compare with", () => {
  const thin = scored(
    new Map([
      ["de", known({ demand: 1, growth: 1 })],
      ["fr", known({ demand: 2, growth: 2 })],
    ]),
  );
  expect(thin.get("fr")).toMatchObject({ score: null, rank: null, decision: null, weightAvailable: 0.4 });
  const alone = scored(new Map([["de", all(1)]]));
  expect(alone.get("de")).toMatchObject({ score: null, rankShare: null, confidence: null, compared: 0 });
});

test("clear measurements give a stable rank; measurements that overlap do not", () => {
  const clear = scored(
    new Map([
      ["de", all(2)],
      ["fr", all(4)],
    ]),
  ).get("fr");
  expect(clear).toMatchObject({ rankShare: 1, firstShare: 1, low: 75, high: 75 });
  const vague = (value: number) =>
    Object.fromEntries(observed.map((component) => [component, { value, low: value - 9, high: value + 9 }]));
  const blurred = scored(
    new Map([
      ["de", vague(2)],
      ["fr", vague(2.1)],
    ]),
  ).get("fr");
  expect(blurred?.rankShare).toBeGreaterThan(0.35);
  expect(blurred?.rankShare).toBeLessThan(0.65);
  expect((blurred?.high ?? 0) - (blurred?.low ?? 0)).toBeGreaterThan(30);
});

test("decision and confidence follow the published thresholds", () => {
  expect([decisionOf(62.5, 50), decisionOf(80, 49.9), decisionOf(37.5, 0), decisionOf(37.4, 30)]).toEqual([
    "enter",
    "prepare",
    "prepare",
    "watch",
  ]);
  expect([confidenceOf(0.8, 0.9), confidenceOf(0.95, 0.85), confidenceOf(0.49, 0.9)]).toEqual([
    "high",
    "medium",
    "low",
  ]);
});

const level = fc.integer({ min: 0, max: 4 });
const market = fc.record(
  Object.fromEntries(observed.map((component) => [component, level])) as Record<Component, typeof level>,
);
const world = fc.array(market, { minLength: 2, maxLength: 6 });
const knowledgeOf = (levels: readonly Partial<Record<Component, number>>[]): Knowledge =>
  new Map(levels.map((values, index) => [`m${index}`, known(values)]));
const goodness = (values: Partial<Record<Component, number>>, component: Component) =>
  (inverse.has(component) ? -1 : 1) * (values[component] ?? 0);

test("a dominated market never ranks above the one that dominates it", () => {
  fc.assert(
    fc.property(world, (levels) => {
      const rows = readiness(knowledgeOf(levels), seededRandom("dominance"), 20);
      for (const [a, better] of levels.entries())
        for (const [b, worse] of levels.entries())
          if (observed.every((component) => goodness(better, component) >= goodness(worse, component)))
            expect(rows[a]?.rank).toBeLessThanOrEqual(rows[b]?.rank ?? 0);
    }),
    { numRuns: 200, seed: 47 },
  );
});

test("a market that improves in one component does not lose score or rank", () => {
  fc.assert(
    fc.property(world, fc.constantFrom(...observed), (levels, component) => {
      const before = readiness(knowledgeOf(levels), seededRandom("monotone"), 20)[0];
      const improved = levels.map((values, index) =>
        index === 0
          ? { ...values, [component]: (values[component] ?? 0) + (inverse.has(component) ? -1 : 1) }
          : values,
      );
      const after = readiness(knowledgeOf(improved), seededRandom("monotone"), 20)[0];
      expect(after?.score).toBeGreaterThanOrEqual((before?.score ?? 0) - 1e-9);
      expect(after?.rank).toBeLessThanOrEqual(before?.rank ?? 0);
    }),
    { numRuns: 200, seed: 47 },
  );
});

test("the weights in use sum to 100, whatever is missing", () => {
  const fr = scored(
    new Map([
      ["de", all(1)],
      ["fr", all(2)],
    ]),
  ).get("fr");
  const used = components.reduce((sum, component) => sum + (fr?.parts[component].weightUsed ?? 0), 0);
  expect(used).toBeCloseTo(100, 9);
});
