// What other ways of weighing would say: TOPSIS beside the weighted sum, and every weighting at all instead of ours.
import { dirichletDraw } from "../../stats/dirichlet-draw.ts";
import { rankCorrelation } from "../../stats/rank-correlation.ts";
import { closeness } from "../../stats/topsis.ts";
import { type Component, components, defaultDraws, ranksOf, weights } from "./readiness.ts";

/** Percentile per component of each market that is ranked; null where it could not be measured. */
export type Percentiles = ReadonlyMap<string, Readonly<Record<Component, number | null>>>;

export interface Alternative {
  /** TOPSIS closeness, 0-100, with the default weights, and its rank. */
  readonly topsis: number;
  readonly topsisRank: number;
  /** Share of draws in which the market takes rank 1, 2, …: weights drawn evenly from all there are (SMAA). */
  readonly acceptability: readonly number[];
}

/**
 * Per market, and Spearman's ρ between the order of the weighted sum and that of TOPSIS. Weights are those of the components the market has,
 * renormalised, as in the weighted sum. `random` is a seeded generator in [0, 1).
 */
export function alternatives(
  percentiles: Percentiles,
  scores: ReadonlyMap<string, number>,
  random: () => number,
  draws = defaultDraws,
): { readonly markets: ReadonlyMap<string, Alternative>; readonly agreement: number | null } {
  const held = new Map(
    [...percentiles].map(([market, parts]) => [market, components.filter((one) => parts[one] !== null)]),
  );
  const valuesOf = (market: string) =>
    (held.get(market) ?? []).map((one) => percentiles.get(market)?.[one] as number);
  const topsis = new Map(
    [...percentiles.keys()].map((market) => [
      market,
      100 *
        closeness(
          valuesOf(market),
          (held.get(market) ?? []).map((one) => weights[one]),
          0,
          100,
        ),
    ]),
  );
  const used = components.filter((component) => [...held.values()].some((own) => own.includes(component)));
  const taken = new Map(
    [...percentiles.keys()].map((market) => [market, new Array<number>(percentiles.size).fill(0)]),
  );
  for (let draw = 0; draw < draws; draw++) {
    const drawn = dirichletDraw(
      used.map(() => 1),
      random,
    );
    const ranks = ranksOf(
      new Map([...percentiles.keys()].map((market) => [market, weightedMean(market, drawn)])),
    );
    for (const [market, rank] of ranks) {
      const own = taken.get(market) as number[];
      own[rank - 1] = (own[rank - 1] as number) + 1;
    }
  }
  const topsisRanks = ranksOf(topsis);
  const order = [...percentiles.keys()];
  return {
    markets: new Map(
      order.map((market) => [
        market,
        {
          topsis: topsis.get(market) as number,
          topsisRank: topsisRanks.get(market) as number,
          acceptability: (taken.get(market) as number[]).map((count) => count / draws),
        },
      ]),
    ),
    agreement: rankCorrelation(
      order.map((market) => scores.get(market) as number),
      order.map((market) => topsis.get(market) as number),
    ),
  };

  function weightedMean(market: string, drawn: readonly number[]): number {
    let sum = 0;
    let weight = 0;
    used.forEach((component, i) => {
      const percentile = percentiles.get(market)?.[component];
      if (percentile === null || percentile === undefined) return;
      sum += (drawn[i] as number) * percentile;
      weight += drawn[i] as number;
    });
    return weight === 0 ? 0 : sum / weight;
  }
}
