// Everything the method says about one term in one market.
import { minimumAuthors, minimumPosts, type Reason } from "../../../data/contract/columns.ts";
import { seasonalStrength } from "../../stats/stl.ts";
import { fourWeekMean, type IndexBase, indexBase, type RecentShare, recentShare } from "./base-index.ts";
import { classOf, confidenceScore, type TrendScore, trendScore } from "./rules.ts";
import { at, measuredWeeks, observedShare, sumOfLast, type TermSeries } from "./series.ts";
import { levelZ, type Momentum, momentumOf, weeksUp, type YearOnYear, yearOnYear } from "./signals.ts";
import { intervalOf, localLevel, redraws, stabilityOf } from "./stability.ts";
import {
  fewestMeasured,
  fewestWeeks,
  seasonWeeks,
  shortWeeks,
  type TrendClass,
  yearWeeks,
} from "./thresholds.ts";
import { cleanSeries, decompose, directionOf, isSeasonal, noiseOf } from "./trend-line.ts";

/** Authors of the posts that name the term in the last 52 weeks. */
export interface Authors {
  /** Distinct authors; null where no source names any. */
  readonly named: number | null;
  readonly postsWithoutAuthor: number;
}

export interface Reading {
  /** Why class and score are missing; null when they are there. */
  readonly reason: Reason | null;
  readonly class: TrendClass | null;
  readonly score: (TrendScore & { low: number; high: number }) | null;
  readonly confidence: number | null;
  readonly coverage: number;
  readonly stability: number | null;
  readonly z: number | null;
  readonly momentum: Momentum | null;
  readonly year: YearOnYear | null;
  readonly seasonality: number | null;
  readonly seasonal: boolean | null;
  readonly peakMonth: number | null;
  readonly base: IndexBase;
  readonly recent: RecentShare | null;
  readonly share: Float64Array;
  readonly index: Float64Array;
  readonly indexMean: Float64Array;
  readonly weeks: number;
  readonly posts4w: number;
  readonly posts52w: number;
  /** Variance of the weeks over Poisson's; 1 when they vary no more than chance. */
  readonly dispersion: number;
}

export function measureTerm(
  series: TermSeries,
  percentile: number,
  authors: Authors,
  random: () => number,
): Reading {
  const share = observedShare(series);
  const base = indexBase(series, share);
  const index = share.map((value) => (base.share === null ? Number.NaN : (100 * value) / base.share));
  const posts52w = sumOfLast(series, yearWeeks);
  const weeks = measuredWeeks(series.market);
  const counts = {
    share,
    base,
    index,
    indexMean: fourWeekMean(index),
    weeks,
    posts4w: sumOfLast(series, shortWeeks),
    posts52w,
    coverage: coverageOf(series),
  };
  const reason = reasonOf(share, series, posts52w, authors);
  // A month of posts, or a handful, has no trend, but it has a share of all the market's posts.
  if (reason)
    return {
      ...nothing,
      ...counts,
      reason,
      recent: isFewVoices(authors) ? null : recentShare(series, share, 1),
    };

  const { posts: marketPosts, collected } = series.market;
  const clean = cleanSeries(share, marketPosts);
  const parts = decompose(clean.values);
  const noise = noiseOf(clean, parts);
  const strength = parts.seasonKnown ? seasonalStrength(parts) : null;
  const seasonal = strength === null ? null : isSeasonal(clean.values, strength);
  const local = localLevel(clean);
  const { dispersion } = local;
  const signsOf = (drawn: Float64Array, values: Float64Array, postsOf: Float64Array) => ({
    z: levelZ(drawn, marketPosts),
    momentum: momentumOf(drawn, marketPosts)?.value ?? null,
    weeksUp: weeksUp(drawn),
    yearRatio: yearOnYear(postsOf, marketPosts, collected)?.ratio ?? null,
    volumePercentile: percentile,
    ...directionOf(values, noise, seasonal === true),
  });
  const signs = signsOf(share, clean.values, series.posts);
  const trendClass = classOf(signs);
  const drawnClasses: TrendClass[] = [];
  const drawnScores: number[] = [];
  const offset = share.length - clean.values.length;
  for (const draw of redraws(clean, local, random)) {
    const whole = Float64Array.from(share);
    whole.set(draw.share, offset);
    const drawn = signsOf(whole, draw.values, postsAt(whole, series));
    drawnClasses.push(classOf(drawn));
    if (drawn.z !== null && drawn.momentum !== null)
      drawnScores.push(trendScore(drawn.z, drawn.momentum, percentile).score);
  }
  const score =
    signs.z !== null && signs.momentum !== null ? trendScore(signs.z, signs.momentum, percentile) : null;
  const stability = stabilityOf(drawnClasses, trendClass);
  return {
    ...counts,
    reason: null,
    class: trendClass,
    score: score && { ...score, ...intervalOf(drawnScores, score.score) },
    confidence: confidenceScore(counts.coverage, posts52w, stability),
    stability,
    z: signs.z,
    momentum: momentumOf(share, marketPosts, dispersion),
    year: yearOnYear(series.posts, marketPosts, collected),
    seasonality: strength,
    seasonal,
    peakMonth: seasonal ? peakMonth(parts.seasonal, series.market.weeks.slice(offset)) : null,
    recent: recentShare(series, share, dispersion),
    dispersion,
  };
}

const nothing = {
  class: null,
  score: null,
  confidence: null,
  stability: null,
  z: null,
  momentum: null,
  year: null,
  seasonality: null,
  seasonal: null,
  peakMonth: null,
  recent: null,
  dispersion: 1,
} as const;

/**
 * Too short comes first: no amount of posts would mend it. Weeks that were collected but held under 30 posts of the market are too few, not
 * uncollected.
 */
function reasonOf(
  share: Float64Array,
  { market }: TermSeries,
  posts52w: number,
  authors: Authors,
): Reason | null {
  if (!sufficeForTrend(market.collected)) return "not_collected";
  if (!sufficeForTrend([...share].map((value) => !Number.isNaN(value))) || posts52w < minimumPosts)
    return "too_few";
  return isFewVoices(authors) ? "withheld_privacy" : null;
}

/** 26 weeks in all, two on either side of the momentum, and no more than a third of the last year missing. */
function sufficeForTrend(known: readonly boolean[]): boolean {
  const count = (weeks: readonly boolean[]) => weeks.filter(Boolean).length;
  const year = known.slice(Math.max(known.indexOf(true), known.length - yearWeeks));
  return (
    count(known) >= fewestWeeks &&
    count(known.slice(-shortWeeks)) >= 2 &&
    count(known.slice(-2 * shortWeeks, -shortWeeks)) >= 2 &&
    count(year) >= Math.max(fewestWeeks, fewestMeasured * year.length)
  );
}

/** Where a source names no authors, only the floor of posts applies; posts of few named authors do not hide behind it. */
const isFewVoices = ({ named, postsWithoutAuthor }: Authors): boolean =>
  named !== null && named < minimumAuthors && postsWithoutAuthor < minimumPosts;

/** Collected weeks over the last 104, or over the weeks since the first. */
function coverageOf({ market }: TermSeries): number {
  const first = market.collected.indexOf(true);
  if (first < 0) return 0;
  const window = market.collected.slice(Math.max(first, market.collected.length - seasonWeeks));
  return window.filter(Boolean).length / window.length;
}

const postsAt = (share: Float64Array, series: TermSeries): Float64Array =>
  series.posts.map((posts, i) => {
    const value = at(share, i);
    return Number.isNaN(value) ? posts : (value / 10_000) * at(series.market.posts, i);
  });

/** The month (of the week's Thursday, as ISO weeks count) in which the season of the last year stands highest. */
function peakMonth(seasonal: Float64Array, weeks: readonly string[]): number {
  const from = seasonal.length - yearWeeks;
  let top = from;
  for (let i = from; i < seasonal.length; i++) if (at(seasonal, i) > at(seasonal, top)) top = i;
  const thursday = Date.parse(`${weeks[top]}T00:00:00Z`) + 3 * 86_400_000;
  return new Date(thursday).getUTCMonth() + 1;
}
