// What the posts of a market-week are about: planted terms in their planted numbers, the background around them.
import type { Market } from "./markets.ts";
import { emerging, emergingPosts, plantedShare, plantedTerms, plantedTotal } from "./planted.ts";
import type { Random } from "./random.ts";
import { background } from "./vocabulary.ts";

export interface Mix {
  /** What each of so many posts is about in the first place, in no order. */
  first(posts: number, random: Random): string[];
  /** What else a post names, background only. */
  others(first: string, random: Random): string[];
}

const THIRD_TERM = 0.35;

export function mixOf(market: Market, week: number): Mix {
  const weights = backgroundWeights(market, week);
  // A planted rise takes first places from the background. More second places make up for it, or every other term would decline.
  const second = 0.5 + plantedTotal(market.code, week) / (1 + THIRD_TERM);
  return {
    first(posts, random) {
      const quotas = plantedTerms.flatMap((term) =>
        Array.from({ length: quotaOf(term, market, week, posts, random) }, () => term),
      );
      const rest = Array.from({ length: Math.max(0, posts - quotas.length) }, () => random.weighted(weights));
      return random.shuffled([...quotas, ...rest].slice(0, posts));
    },
    others(first, random) {
      const count = random.next() < second ? (random.next() < THIRD_TERM ? 2 : 1) : 0;
      const terms = Array.from({ length: count }, () => random.weighted(weights));
      return [...new Set(terms)].filter((term) => term !== first);
    },
  };
}

function quotaOf(term: string, market: Market, week: number, posts: number, random: Random): number {
  if (term === emerging.term && market.code === emerging.market) return emergingPosts(week);
  const expected = (plantedShare(term, market.code, week) ?? 0) * posts * Math.exp(0.12 * random.normal());
  return Math.floor(expected + random.next());
}

const backgroundWeights = (market: Market, week: number): [string, number][] =>
  background.map(([term, weight, factors], index) => {
    // Slow swells of no meaning, so that the background is not a flat line.
    const swell =
      1 + 0.12 * Math.sin((2 * Math.PI * week) / (23 + ((index * 7) % 19)) + index + market.utcOffset);
    return [term, weight * (factors[market.code] ?? 1) * swell];
  });
