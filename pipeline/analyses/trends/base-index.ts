// The fixed-base index: 100 is the term's own mean share over the first 52 collected weeks of its market.
import { minimumPosts, type Reason } from "../../../data/contract/columns.ts";
import { wilson } from "../../stats/wilson.ts";
import { at, isMeasured, type TermSeries } from "./series.ts";
import { shortWeeks, yearWeeks } from "./thresholds.ts";

/** The mean share that counts as 100, or why there is none. */
export type IndexBase =
  | { readonly share: number; readonly reason: null }
  | { readonly share: null; readonly reason: Reason };

/**
 * Mean observed share over the first 52 measured weeks of the market's series, weeks without the term included: the weeks are the market's, so
 * the base never moves, whenever the term begins. Until 52 weeks are there the base would still move, and under 30 posts it is no base.
 */
export function indexBase(series: TermSeries, share: Float64Array): IndexBase {
  let [weeks, posts, sum] = [0, 0, 0];
  for (let i = 0; i < share.length && weeks < yearWeeks; i++) {
    if (!isMeasured(series.market, i)) continue;
    weeks++;
    posts += at(series.posts, i);
    sum += at(share, i);
  }
  if (weeks < yearWeeks) return { share: null, reason: "not_collected" };
  if (posts < minimumPosts) return { share: null, reason: "too_few" };
  return { share: sum / weeks, reason: null };
}

/** Mean over a week and the three before it, gaps left out; NaN when fewer than two of the four were measured. */
export function fourWeekMean(values: Float64Array): Float64Array {
  return values.map((_, i) => {
    const known = values
      .subarray(Math.max(0, i - shortWeeks + 1), i + 1)
      .filter((value) => !Number.isNaN(value));
    return known.length < 2 ? Number.NaN : known.reduce((sum, value) => sum + value, 0) / known.length;
  });
}

export interface RecentShare {
  /** Mean observed share of the last four weeks, per 10,000. */
  readonly share: number;
  readonly low: number;
  readonly high: number;
  readonly posts: number;
  readonly marketPosts: number;
}

/**
 * Share of the last four weeks with a 95 % interval from the counts: Wilson's, on the market's posts divided by `dispersion`, since weeks
 * vary more than independent posts would. Weeks that were not measured are left out; null when none was.
 */
export function recentShare(series: TermSeries, share: Float64Array, dispersion: number): RecentShare | null {
  let [weeks, sum, posts, marketPosts] = [0, 0, 0, 0];
  for (let i = Math.max(0, share.length - shortWeeks); i < share.length; i++) {
    if (Number.isNaN(at(share, i))) continue;
    weeks++;
    sum += at(share, i);
    posts += at(series.posts, i);
    marketPosts += at(series.market.posts, i);
  }
  if (weeks === 0) return null;
  const mean = sum / weeks;
  const limits = wilson(posts / dispersion, marketPosts / dispersion);
  // The pooled share of the counts and the mean of the weeks differ a little when volumes do; the width moves over to the mean.
  const pooled = (10_000 * posts) / marketPosts;
  return {
    share: mean,
    low: Math.max(0, mean + 10_000 * limits.low - pooled),
    high: mean + 10_000 * limits.high - pooled,
    posts,
    marketPosts,
  };
}
