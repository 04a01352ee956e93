// Invented worlds whose truth is known: markets with true values, and measurements of them that are off by as much as their intervals say.
import {
  type Component,
  type Knowledge,
  type Measured,
  readiness,
} from "../../analyses/market-entry/readiness.ts";
import { normalDraw } from "../../stats/dirichlet-draw.ts";

/** Components that sources of ours observe in every market. */
export const measured: readonly Component[] = [
  "demand",
  "growth",
  "sentiment",
  "competition",
  "creator_supply",
];
export const marketNames = ["a", "b", "c", "d"] as const;

export interface World {
  readonly truth: Knowledge;
  readonly seen: Knowledge;
}

/** True values are standard normal; a measurement is off by a standard error between 0.05 and 0.6, and knows it. */
export function inventedWorld(random: () => number): World {
  const truth = new Map<string, Partial<Record<Component, Measured>>>();
  const seen = new Map<string, Partial<Record<Component, Measured>>>();
  for (const market of marketNames) {
    const own: Partial<Record<Component, Measured>> = {};
    const noisy: Partial<Record<Component, Measured>> = {};
    for (const component of measured) {
      const value = normalDraw(random);
      const error = 0.05 + 0.55 * random();
      const estimate = value + error * normalDraw(random);
      own[component] = { value, low: value, high: value };
      noisy[component] = { value: estimate, low: estimate - 1.96 * error, high: estimate + 1.96 * error };
    }
    truth.set(market, own);
    seen.set(market, noisy);
  }
  return { truth, seen };
}

/** The same world with one market better in one component by this many spreads of the markets. */
export function improved(knowledge: Knowledge, market: string, component: Component, by: number): Knowledge {
  const better = new Map(knowledge);
  const own = knowledge.get(market) ?? {};
  const old = own[component];
  const lift = component === "competition" ? -by : by;
  if (old)
    better.set(market, {
      ...own,
      [component]: { value: old.value + lift, low: old.low + lift, high: old.high + lift },
    });
  return better;
}

export const ranksOf = (knowledge: Knowledge, random: () => number, draws: number) =>
  new Map(readiness(knowledge, random, draws).map((row) => [row.market, row]));
