// What the last weeks say beside the line: level against the year, momentum, weeks up, year on year. Gaps take no part.
import { ewma, ewmaVariance } from "../../stats/ewma.ts";
import { robustScale, robustZ } from "../../stats/robust-z.ts";
import { at } from "./series.ts";
import {
  fewestPairs,
  fewestWeeks,
  momentumPrior,
  shortWeeks,
  yearBasePosts,
  yearWeeks,
} from "./thresholds.ts";

/**
 * Robust z of the newest 4-week EWMA of the share against median and MAD of that EWMA over 52 weeks, gaps left out. The spread is at
 * least what Poisson's law gives the EWMA of a term of one post a week. Null below 26 measured weeks or without one in the last four.
 */
export function levelZ(share: Float64Array, marketPosts: Float64Array): number | null {
  const measured = positions(share).slice(-yearWeeks);
  if (measured.length < fewestWeeks || (measured.at(-1) as number) < share.length - shortWeeks) return null;
  const levels = ewma(share, shortWeeks);
  const year = robustScale(measured.map((i) => at(levels, i)));
  const volume = measured.reduce((sum, i) => sum + at(marketPosts, i), 0) / measured.length;
  const usualPosts = (year.median * volume) / 10_000;
  const floor = (Math.sqrt(Math.max(1, usualPosts) * ewmaVariance(shortWeeks)) * 10_000) / volume;
  return robustZ(at(levels, levels.length - 1), year, floor);
}

export interface Momentum {
  /** ln((mean of 4 weeks + 5) / (mean of the 4 weeks before + 5)), in posts a week at equal collection. */
  readonly value: number;
  readonly standardError: number;
}

/**
 * Posts are read at the mean volume of the eight weeks (share · volume), so that collecting more, or losing half a week, is no momentum.
 * Null when either side has fewer than two measured weeks. `dispersion` says how much more the weeks vary than Poisson.
 */
export function momentumOf(share: Float64Array, marketPosts: Float64Array, dispersion = 1): Momentum | null {
  const n = share.length;
  const recent = known(n - shortWeeks, n, share);
  const before = known(n - 2 * shortWeeks, n - shortWeeks, share);
  if (recent.length < 2 || before.length < 2) return null;
  const both = [...recent, ...before];
  const volume = both.reduce((sum, i) => sum + at(marketPosts, i), 0) / both.length;
  const postsOf = (weeks: readonly number[]) =>
    (weeks.reduce((sum, i) => sum + at(share, i), 0) / weeks.length / 10_000) * volume;
  const [now, then] = [postsOf(recent), postsOf(before)];
  const variance = (mean: number, weeks: number) => (dispersion * mean) / weeks / (mean + momentumPrior) ** 2;
  return {
    value: Math.log((now + momentumPrior) / (then + momentumPrior)),
    standardError: Math.sqrt(variance(now, recent.length) + variance(then, before.length)),
  };
}

/** How many of the last four weeks lay above the EWMA of the weeks before them; a missing week is neither up nor down. */
export function weeksUp(share: Float64Array): number {
  const levels = ewma(share, shortWeeks);
  let up = 0;
  for (let i = Math.max(1, share.length - shortWeeks); i < share.length; i++)
    if (at(share, i) > at(levels, i - 1)) up++;
  return up;
}

export interface YearOnYear {
  readonly posts: number;
  readonly basePosts: number;
  /** Share of the last 52 weeks over the share of the 52 before. The base counts as 50 posts when it has fewer: for rules, not for print. */
  readonly ratio: number;
  /** The same on the true base; null when that has under 50 posts. */
  readonly printable: number | null;
}

/**
 * Weeks missing in one year are left out of the other too: a lost Christmas must not look like a fall.
 * Null when fewer than 48 pairs of weeks were collected.
 */
export function yearOnYear(
  posts: Float64Array,
  marketPosts: Float64Array,
  collected: readonly boolean[],
): YearOnYear | null {
  const n = posts.length;
  let [now, nowMarket, then, thenMarket, pairs] = [0, 0, 0, 0, 0];
  for (let i = Math.max(yearWeeks, n - yearWeeks); i < n; i++) {
    if (!collected[i] || !collected[i - yearWeeks]) continue;
    now += at(posts, i);
    nowMarket += at(marketPosts, i);
    then += at(posts, i - yearWeeks);
    thenMarket += at(marketPosts, i - yearWeeks);
    pairs++;
  }
  if (pairs < fewestPairs || nowMarket === 0 || thenMarket === 0) return null;
  const share = now / nowMarket;
  return {
    posts: now,
    basePosts: then,
    ratio: share / (Math.max(then, yearBasePosts) / thenMarket),
    printable: then >= yearBasePosts ? share / (then / thenMarket) : null,
  };
}

function positions(share: Float64Array): number[] {
  return known(0, share.length, share);
}

function known(from: number, to: number, share: Float64Array): number[] {
  const weeks: number[] = [];
  for (let i = Math.max(0, from); i < to; i++) if (!Number.isNaN(at(share, i))) weeks.push(i);
  return weeks;
}
