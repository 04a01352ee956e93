// The measured quantity behind each component of entry readiness, with its 95 % interval. Pure functions of counts.
import { bootstrap } from "../../stats/bootstrap.ts";
import { median } from "../../stats/median.ts";
import type { Measured } from "./readiness.ts";

const draws = 1000;

/** One week of a market: posts that name a term, and hashtags asked to find them, weighted by the share of pages read. */
export interface Effort {
  readonly week: string;
  readonly posts: number;
  readonly effort: number;
}

/** Posts per 100 hashtags asked, as a ratio of sums over weeks; weeks are resampled, because posts come in waves. Null without effort. */
export function demandRate(weeks: readonly Effort[], random: () => number): Measured | null {
  if (weeks.length === 0) return null;
  const interval = bootstrap(weeks, rate, random, { draws });
  return { value: 100 * rate(weeks), low: 100 * interval.low, high: 100 * interval.high };
}

/** Year over year needs this share of the 52 weeks collected in both years; else 13 weeks are held against the 13 before. */
export const fullYearWeeks = 52;
export const quarterWeeks = 13;
export const minimumPairs = 0.75;

/**
 * Weeks between what is compared: 52 when every market has enough pairs a year apart, else 13 when every one has those, else null.
 * One window for all markets: a year's growth and a quarter's momentum do not rank against each other.
 */
export function growthWindow(markets: readonly (readonly Effort[])[]): number | null {
  const collected = markets.filter((weeks) => weeks.some(({ effort }) => effort > 0));
  if (collected.length === 0) return null;
  const enough = (window: number) =>
    collected.every((weeks) => pairsOf(weeks, window).length >= minimumPairs * window);
  return [fullYearWeeks, quarterWeeks].find(enough) ?? null;
}

export interface Growth {
  readonly measured: Measured;
  readonly posts: number;
  /** Posts in the earlier weeks. */
  readonly basePosts: number;
}

/**
 * ln(demand now / demand then) over pairs of weeks `window` apart. A year apart the pairing takes the season out; a quarter apart it
 * does not. Pairs are resampled together, so that the season does not widen the interval either.
 */
export function growthOfDemand(
  weeks: readonly Effort[],
  window: number,
  random: () => number,
): Growth | null {
  const pairs = pairsOf(weeks, window);
  const posts = pairs.reduce((sum, { now }) => sum + now.posts, 0);
  const basePosts = pairs.reduce((sum, { then }) => sum + then.posts, 0);
  if (posts === 0 || basePosts === 0) return null;
  const interval = bootstrap(pairs, logRatio, random, { draws });
  return { measured: { value: logRatio(pairs), ...interval }, posts, basePosts };
}

/**
 * How hard it is to be heard: effective brands (1/Σ share²) over brands of the set, plus the paid share of posts. Both lie in 0-1, so the sum
 * lies in 0-2. `n` posts name a brand; the error of Σ share² is that of a multinomial by the delta method, and the two errors
 * square and add.
 */
export function brandIntensity(shares: readonly number[], n: number, paid: Measured): Measured {
  const concentration = shares.reduce((sum, share) => sum + share ** 2, 0);
  const effective = 1 / concentration / shares.length;
  const cubes = shares.reduce((sum, share) => sum + share ** 3, 0);
  const error = (2 * Math.sqrt(Math.max(0, cubes - concentration ** 2) / n) * effective) / concentration;
  const value = effective + paid.value;
  return {
    value,
    low: value - Math.hypot(1.959963984540054 * error, paid.value - paid.low),
    high: value + Math.hypot(1.959963984540054 * error, paid.high - paid.value),
  };
}

/**
 * Active registry creators at par: their number, times the median of their size-peer percentiles over 50. Ten creators who engage as their
 * peers do count ten; ten in the lower quarter count five. Percentiles, because rates by followers and by views do not compare.
 */
export function creatorSupply(percentiles: readonly number[], random: () => number): Measured {
  const supply = (sample: readonly number[]) => (percentiles.length * median(sample)) / 50;
  return { value: supply(percentiles), ...bootstrap(percentiles, supply, random, { draws }) };
}

interface Pair {
  readonly now: Effort;
  readonly then: Effort;
}

/** The last `window` weeks, each with the week `window` before it; both collected. */
function pairsOf(weeks: readonly Effort[], window: number): Pair[] {
  const byWeek = new Map(weeks.map((week) => [week.week, week]));
  const last = weeks.at(-1)?.week;
  if (last === undefined) return [];
  return Array.from({ length: window }, (_, index) => weeksBefore(last, index)).flatMap((week) => {
    const now = byWeek.get(week);
    const then = byWeek.get(weeksBefore(week, window));
    return now && then && now.effort > 0 && then.effort > 0 ? [{ now, then }] : [];
  });
}

const weeksBefore = (week: string, count: number): string =>
  new Date(Date.parse(week) - count * 7 * 86_400_000).toISOString().slice(0, 10);

function rate(weeks: readonly Effort[]): number {
  const effort = weeks.reduce((sum, week) => sum + week.effort, 0);
  return weeks.reduce((sum, week) => sum + week.posts, 0) / effort;
}

/** Half a post keeps a resample without posts finite. */
function logRatio(pairs: readonly Pair[]): number {
  const now = pairs.map((pair) => pair.now);
  const then = pairs.map((pair) => pair.then);
  const halfPost = (weeks: readonly Effort[]) => 0.5 / weeks.reduce((sum, week) => sum + week.effort, 0);
  return Math.log((rate(now) + halfPost(now)) / (rate(then) + halfPost(then)));
}
