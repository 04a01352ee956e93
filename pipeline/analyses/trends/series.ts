// Weekly series of a term in a market: posts, the market's posts, and which weeks were measured. A week nobody collected is missing, never zero.
import { minimumPosts, type Provenance } from "../../../data/contract/columns.ts";
import { weakestProvenance } from "../../core/provenance.ts";
import { quarterWeeks } from "./thresholds.ts";

export interface MarketSeries {
  readonly market: string;
  /** Mondays without a hole, oldest first; the last is the last complete week of the edition. */
  readonly weeks: readonly string[];
  /** All posts of the market. */
  readonly posts: Float64Array;
  readonly collected: readonly boolean[];
  readonly provenance: Provenance;
}

export interface TermSeries {
  readonly term: string;
  readonly title: string;
  readonly kind: string;
  readonly market: MarketSeries;
  /** Posts that name the term, along the market's weeks. */
  readonly posts: Float64Array;
}

/** Per 10,000 posts; NaN where the week is missing. A week of under 30 posts says too little about shares to take part. */
export function observedShare(series: TermSeries): Float64Array {
  return series.posts.map((posts, i) =>
    isMeasured(series.market, i) ? (10_000 * posts) / at(series.market.posts, i) : Number.NaN,
  );
}

export const isMeasured = (market: MarketSeries, week: number): boolean =>
  market.collected[week] === true && at(market.posts, week) >= minimumPosts;

export const measuredWeeks = (market: MarketSeries): number =>
  market.weeks.filter((_, week) => isMeasured(market, week)).length;

/**
 * The markets pooled as one. A week counts as collected when every market that takes part was collected: were one left out, terms of that
 * market would seem to fall. A market takes part from its first collected week until a quarter after its last.
 */
export function poolMarkets(markets: readonly MarketSeries[], market = "all"): MarketSeries {
  const weeks = [...new Set(markets.flatMap((one) => one.weeks))].sort();
  const places = markets.map((one) => new Map(one.weeks.map((week, i) => [week, i])));
  const spans = markets.map(({ collected }) => ({
    first: collected.indexOf(true),
    last: collected.lastIndexOf(true) + quarterWeeks,
  }));
  const isCollected = (week: string) => {
    const part = markets.flatMap(({ collected }, m) => {
      const place = places[m]?.get(week) ?? -1;
      const { first, last } = spans[m] as { first: number; last: number };
      return first >= 0 && place >= first && place <= last ? [collected[place] === true] : [];
    });
    return part.length > 0 && part.every(Boolean);
  };
  return {
    market,
    weeks,
    posts: Float64Array.from(weeks, (week) => sumOver(markets, places, week, (one, i) => at(one.posts, i))),
    collected: weeks.map(isCollected),
    provenance: weakestProvenance(markets),
  };
}

/** A term over the pooled markets. */
export function poolTerm(series: readonly TermSeries[], pooled: MarketSeries): TermSeries {
  const first = series[0] as TermSeries;
  const places = series.map(({ market }) => new Map(market.weeks.map((week, i) => [week, i])));
  const posts = Float64Array.from(pooled.weeks, (week) =>
    sumOver(series, places, week, (one, i) => at(one.posts, i)),
  );
  return { ...first, market: pooled, posts };
}

/** Sum over the last `count` weeks that were collected. */
export function sumOfLast(series: TermSeries, count: number): number {
  let sum = 0;
  for (let i = Math.max(0, series.posts.length - count); i < series.posts.length; i++)
    if (series.market.collected[i]) sum += at(series.posts, i);
  return sum;
}

export const at = (values: ArrayLike<number>, i: number): number => values[i] as number;

function sumOver<T>(
  parts: readonly T[],
  places: readonly ReadonlyMap<string, number>[],
  week: string,
  read: (part: T, place: number) => number,
): number {
  let sum = 0;
  parts.forEach((part, p) => {
    const place = places[p]?.get(week);
    if (place !== undefined) sum += read(part, place);
  });
  return sum;
}
