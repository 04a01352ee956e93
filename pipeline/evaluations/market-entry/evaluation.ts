// `leap eval market-entry`: the ranking held against invented worlds whose truth is known, because no list of right market entries exists.

import { alternatives } from "../../analyses/market-entry/alternatives.ts";
import { analysis } from "../../analyses/market-entry/analysis.ts";
import { type Component, components } from "../../analyses/market-entry/readiness.ts";
import { LeapError } from "../../core/errors.ts";
import type { Evaluation, Given } from "../../core/evaluation.ts";
import { seededRandom } from "../../stats/seeded-random.ts";
import { improved, inventedWorld, marketNames, measured, ranksOf } from "./worlds.ts";

const usualWorlds = 400;
const draws = 300;
const stableFrom = 0.8;

export const evaluation: Evaluation = {
  id: "market-entry",
  says: "Entry readiness in invented worlds: is a stable first place the true one, does the interval hold, is the order monotone.",
  options: [
    { flags: "--simulate <worlds>", says: `worlds to invent, ${usualWorlds} when not given` },
    { flags: "--seed <word>", says: "seed of the worlds" },
  ],
  examples: ["--simulate 400 --seed 1"],
  engine: () => `market-entry ${analysis.version}`,
  async evaluate(given: Given) {
    const worlds = worldsGiven(given["simulate"]);
    const random = seededRandom(`market-entry:${given["seed"] ?? "1"}`);
    const stable = { worlds: 0, right: 0 };
    const unstable = { worlds: 0, right: 0 };
    let covered = 0;
    let scores = 0;
    let monotoneBreaks = 0;
    let dominanceBreaks = 0;
    const agreements: number[] = [];
    for (let world = 0; world < worlds; world++) {
      const { truth, seen } = inventedWorld(random);
      const judged = ranksOf(seen, random, draws);
      const real = ranksOf(truth, random, 1);
      const first = [...judged.values()].find(({ rank }) => rank === 1);
      if (!first) continue;
      const place = (first.rankShare ?? 0) >= stableFrom ? stable : unstable;
      place.worlds++;
      if (real.get(first.market)?.rank === 1) place.right++;
      for (const row of judged.values()) {
        const score = real.get(row.market)?.score ?? null;
        if (score === null || row.low === null || row.high === null) continue;
        scores++;
        if (score >= row.low - 1e-9 && score <= row.high + 1e-9) covered++;
      }
      const market = marketNames[Math.floor(random() * marketNames.length)] as string;
      const component = measured[Math.floor(random() * measured.length)] as Component;
      const better = ranksOf(improved(seen, market, component, 2 * random()), random, 1);
      if ((better.get(market)?.score ?? 0) < (judged.get(market)?.score ?? 0) - 1e-9) monotoneBreaks++;
      dominanceBreaks += dominated(judged);
      const { agreement } = alternatives(
        new Map(
          [...judged.values()].map((row) => [
            row.market,
            Object.fromEntries(components.map((one) => [one, row.parts[one].percentile])) as Record<
              Component,
              number | null
            >,
          ]),
        ),
        new Map([...judged.values()].map((row) => [row.market, row.score as number])),
        random,
        1,
      );
      if (agreement !== null) agreements.push(agreement);
    }
    const share = ({ worlds: of, right }: typeof stable) => (of === 0 ? null : right / of);
    return {
      n: worlds,
      figures: {
        stableShare: stable.worlds / worlds,
        stableFirstRight: share(stable),
        unstableFirstRight: share(unstable),
        coverage90: scores === 0 ? null : covered / scores,
        methodAgreement:
          agreements.length === 0 ? null : agreements.reduce((sum, one) => sum + one, 0) / agreements.length,
        monotoneBreaks,
        dominanceBreaks,
      },
      notes: [
        "Four markets, five components; true values standard normal, measurement errors between 0.05 and 0.6 of that.",
        `A first place is stable when ${100 * stableFrom} % of ${draws} draws of weights and inputs confirm it; right when the true values put the same market first.`,
        "coverage90: true scores inside the 5th to 95th percentile of the draws.",
      ],
    };
  },
  cases() {
    return [
      {
        id: "invented-worlds",
        dataset: "400 invented worlds of four markets whose true values are known",
        licence: "our own",
        role: "simulation",
        of: null,
        given: { simulate: String(usualWorlds), seed: "1" },
        targets: [
          { measure: "stableFirstRight", atLeast: 0.9 },
          { measure: "monotoneBreaks", atMost: 0 },
          { measure: "dominanceBreaks", atMost: 0 },
        ],
        beside: [],
        means:
          "Where a rank is called stable, the market that is first is truly first nearly always; where it is called unstable, it often is not, and the page says so. It says nothing about whether the components are the right ones.",
      },
    ];
  },
};

/** Pairs in which a market at least as good in every component stands behind. */
function dominated(judged: ReturnType<typeof ranksOf>): number {
  const rows = [...judged.values()];
  return rows.flatMap((one) =>
    rows.filter(
      (other) =>
        one !== other &&
        measured.every((part) => (one.parts[part].percentile ?? 0) >= (other.parts[part].percentile ?? 0)) &&
        (one.rank as number) > (other.rank as number),
    ),
  ).length;
}

function worldsGiven(word: string | undefined): number {
  if (word === undefined) return usualWorlds;
  const worlds = Number(word);
  if (!Number.isInteger(worlds) || worlds < 1)
    throw new LeapError(`invalid number: ${word} worlds. Give a whole number of at least 1.`);
  return worlds;
}
