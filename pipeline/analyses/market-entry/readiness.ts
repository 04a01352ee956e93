// Weighs what we know of each market into one score, and asks how far the ranking depends on the weights and on the measurements.
import { percentileRank } from "../../stats/percentile-rank.ts";
import { quantileSorted } from "../../stats/quantile.ts";

/** Default weights, of 100 (SPEC c.1). */
export const weights = {
  demand: 25,
  growth: 15,
  sentiment: 15,
  competition: 15,
  creator_supply: 15,
  claims_readiness: 10,
  cultural_risk: 5,
} as const;
export type Component = keyof typeof weights;
export const components = Object.keys(weights) as Component[];

/** Components in which a low raw value is good. */
export const inverse: ReadonlySet<Component> = new Set(["competition", "cultural_risk"]);

export const defaultDraws = 5000;
/** Each weight is drawn within ± this share of its default. */
export const weightSpread = 0.25;
/** Share of all weight that must be available before a market gets a score. */
export const minimumWeight = 0.6;
export const minimumMarkets = 2;

export const enterFrom = { score: 62.5, low: 50 };
export const watchBelow = 37.5;
export const highConfidence = { rankShare: 0.8, weight: 0.9 };
export const lowConfidence = { rankShare: 0.5, weight: 0.6 };

/** A measured value with its 95 % interval; `low` and `high` are `value` itself where no interval is known. */
export interface Measured {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** What is known of each market; a missing component is absent or null. */
export type Knowledge = ReadonlyMap<string, Readonly<Partial<Record<Component, Measured | null>>>>;

export interface Readiness {
  readonly market: string;
  readonly score: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly rank: number | null;
  /** Markets that have a score. */
  readonly compared: number;
  readonly rankShare: number | null;
  readonly firstShare: number | null;
  readonly weightAvailable: number;
  readonly decision: "enter" | "prepare" | "watch" | null;
  readonly confidence: "high" | "medium" | "low" | null;
  readonly parts: Readonly<Record<Component, Part>>;
}

export interface Part {
  readonly percentile: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly rank: number | null;
  /** Of 100, after renormalising over what is available. */
  readonly weightUsed: number | null;
  readonly withoutScore: number | null;
  readonly withoutRank: number | null;
}

/** Scores every market of `knowledge`. `random` is a seeded generator in [0, 1). */
export function readiness(knowledge: Knowledge, random: () => number, draws = defaultDraws): Readiness[] {
  const markets = [...knowledge.keys()];
  const point = standings(knowledge, (measured) => measured.value);
  const available = new Map(markets.map((market) => [market, weightOf(point, market)]));
  const scored = markets.filter(
    (market) => markets.length >= minimumMarkets && (available.get(market) ?? 0) >= minimumWeight,
  );
  // A score that has nobody to stand beside is not a rank among markets.
  const compared = scored.length >= minimumMarkets ? scored : [];
  const scores = scoresOf(point, compared, weights);
  const ranks = ranksOf(scores);
  const simulated = simulate(knowledge, compared, random, draws);
  return markets.map((market) => {
    const score = scores.get(market) ?? null;
    const rank = ranks.get(market) ?? null;
    const drawn = simulated.markets.get(market);
    const weightAvailable = available.get(market) ?? 0;
    const rankShare = drawn && rank !== null ? (drawn.ranks[rank - 1] ?? 0) / draws : null;
    const low = drawn ? quantileSorted(drawn.scores, 0.05) : null;
    return {
      market,
      score,
      low,
      high: drawn ? quantileSorted(drawn.scores, 0.95) : null,
      rank,
      compared: compared.length,
      rankShare,
      firstShare: drawn ? (drawn.ranks[0] ?? 0) / draws : null,
      weightAvailable,
      decision: score === null || low === null ? null : decisionOf(score, low),
      confidence: rankShare === null ? null : confidenceOf(rankShare, weightAvailable),
      parts: partsOf(market, point, compared, simulated.percentiles),
    };
  });
}

export function decisionOf(score: number, low: number): "enter" | "prepare" | "watch" {
  if (score >= enterFrom.score && low >= enterFrom.low) return "enter";
  return score < watchBelow ? "watch" : "prepare";
}

export function confidenceOf(rankShare: number, weight: number): "high" | "medium" | "low" {
  if (rankShare >= highConfidence.rankShare && weight >= highConfidence.weight) return "high";
  return rankShare < lowConfidence.rankShare || weight < lowConfidence.weight ? "low" : "medium";
}

/** Percentile of each market in each component, 100 = best; only where at least two markets can be compared. */
type Standings = ReadonlyMap<Component, ReadonlyMap<string, number>>;

function standings(knowledge: Knowledge, rawOf: (measured: Measured) => number): Standings {
  return new Map(
    components.map((component) => {
      const values = [...knowledge].flatMap(([market, known]) => {
        const measured = known[component];
        return measured ? [{ market, value: (inverse.has(component) ? -1 : 1) * rawOf(measured) }] : [];
      });
      const among = values.map(({ value }) => value);
      const ranked = among.length >= minimumMarkets ? values : [];
      return [component, new Map(ranked.map(({ market, value }) => [market, percentileRank(value, among)]))];
    }),
  );
}

const totalWeight = components.reduce((sum, component) => sum + weights[component], 0);

function weightOf(point: Standings, market: string): number {
  const held = components.filter((component) => point.get(component)?.has(market));
  return held.reduce((sum, component) => sum + weights[component], 0) / totalWeight;
}

function scoresOf(
  point: Standings,
  markets: readonly string[],
  weightOfComponent: Readonly<Record<Component, number>>,
  without?: Component,
): Map<string, number> {
  const scores = new Map<string, number>();
  for (const market of markets) {
    let sum = 0;
    let held = 0;
    for (const component of components) {
      const percentile = component === without ? undefined : point.get(component)?.get(market);
      if (percentile === undefined) continue;
      sum += weightOfComponent[component] * percentile;
      held += weightOfComponent[component];
    }
    if (held > 0) scores.set(market, sum / held);
  }
  return scores;
}

/** 1 = highest; equals share the better rank. Scores are compared at nine decimals, where sums of doubles stop meaning anything. */
export function ranksOf(scores: ReadonlyMap<string, number>): Map<string, number> {
  const rounded = new Map([...scores].map(([market, score]) => [market, Math.round(score * 1e9)]));
  return new Map(
    [...rounded].map(([market, score]) => [
      market,
      1 + [...rounded.values()].filter((other) => other > score).length,
    ]),
  );
}

function simulate(knowledge: Knowledge, compared: readonly string[], random: () => number, draws: number) {
  const outcome = new Map(
    compared.map((market) => [
      market,
      { scores: new Float64Array(draws), ranks: new Array<number>(compared.length).fill(0) },
    ]),
  );
  const percentiles = new Map<string, Float64Array>();
  for (let draw = 0; draw < draws; draw++) {
    const point = standings(knowledge, (measured) => drawWithin(measured, random));
    for (const [component, held] of point)
      for (const [market, percentile] of held) {
        const key = `${component} ${market}`;
        const kept = percentiles.get(key) ?? new Float64Array(draws);
        kept[draw] = percentile;
        percentiles.set(key, kept);
      }
    const drawnWeights = Object.fromEntries(
      components.map((component) => [
        component,
        weights[component] * (1 + weightSpread * (2 * random() - 1)),
      ]),
    ) as Record<Component, number>;
    const scores = scoresOf(point, compared, drawnWeights);
    const ranks = ranksOf(scores);
    for (const market of compared) {
      const kept = outcome.get(market);
      const rank = ranks.get(market);
      if (!kept || rank === undefined) continue;
      kept.scores[draw] = scores.get(market) ?? Number.NaN;
      kept.ranks[rank - 1] = (kept.ranks[rank - 1] ?? 0) + 1;
    }
  }
  for (const { scores } of outcome.values()) scores.sort();
  for (const kept of percentiles.values()) kept.sort();
  return { markets: outcome, percentiles };
}

/** A normal draw whose two halves reach the ends of the 95 % interval, so that a lopsided interval stays lopsided. */
function drawWithin({ value, low, high }: Measured, random: () => number): number {
  const z = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  return value + (z < 0 ? value - low : high - value) * (z / 1.959963984540054);
}

function partsOf(
  market: string,
  point: Standings,
  compared: readonly string[],
  percentiles: ReadonlyMap<string, Float64Array>,
): Record<Component, Part> {
  const used = weightOf(point, market) * totalWeight;
  return Object.fromEntries(
    components.map((component): [Component, Part] => {
      const held = point.get(component);
      const percentile = held?.get(market) ?? null;
      const drawn = percentiles.get(`${component} ${market}`);
      const left = scoresOf(point, compared, weights, component);
      const counts = percentile !== null && left.has(market);
      return [
        component,
        {
          percentile,
          low: drawn ? quantileSorted(drawn, 0.05) : null,
          high: drawn ? quantileSorted(drawn, 0.95) : null,
          rank: percentile === null ? null : (ranksOf(held ?? new Map()).get(market) ?? null),
          weightUsed: percentile === null ? null : (100 * weights[component]) / used,
          withoutScore: counts ? (left.get(market) ?? null) : null,
          withoutRank: counts ? (ranksOf(left).get(market) ?? null) : null,
        },
      ];
    }),
  ) as Record<Component, Part>;
}
