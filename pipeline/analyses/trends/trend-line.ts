// The line behind the weeks: gaps bridged, bursts set aside, season taken out where two years allow it, and how sure its direction is.
import { sampleCorrelation } from "simple-statistics";
import { loess } from "../../stats/loess.ts";
import { median } from "../../stats/median.ts";
import { robustScale } from "../../stats/robust-z.ts";
import type { Decomposition } from "../../stats/stl.ts";
import { everyWeeks, lineWeights } from "./line-weights.ts";
import { at } from "./series.ts";
import { burst, classRules, mostWeeks, windows, yearWeeks } from "./thresholds.ts";

/** A share series that is ready for a line: no gaps, no bursts. */
export interface CleanSeries {
  /** Observed share, per 10,000. */
  readonly values: Float64Array;
  /** What the bursts stood above (or below) the cleaned values; zero elsewhere, NaN in gaps. */
  readonly excess: Float64Array;
  /** Variance that Poisson's law alone gives a share of 1 in each week: 10,000 / posts of the market. */
  readonly unitVariance: Float64Array;
}

/** Where the line goes, and whether that exceeds its noise. */
export interface Direction {
  readonly slope: number;
  /** 1 up, −1 down, 0 when within noise. */
  readonly heading: 1 | 0 | -1;
  readonly peaked: boolean;
}

/** The last weeks of a series that a line may look at, with gaps interpolated between their neighbours and bursts replaced by the median around them. */
export function cleanSeries(share: Float64Array, marketPosts: Float64Array): CleanSeries {
  const from = Math.max(firstKnown(share), share.length - mostWeeks);
  const known = share.slice(from);
  const posts = marketPosts.slice(from);
  const usual = median([...posts].filter((n) => n > 0));
  const unitVariance = posts.map((n) => 10_000 / (n > 0 ? n : usual));
  const calm = known.map((value, i) => (isBurst(known, unitVariance, i) ? around(known, i).median : value));
  return {
    values: interpolated(calm),
    excess: known.map((value, i) => value - at(calm, i)),
    unitVariance,
  };
}

/** Trend, season and remainder of a cleaned series; below two years no season, and the trend is a stiff loess line. */
export function decompose(values: Float64Array): Decomposition & { seasonKnown: boolean } {
  const { trend: trendRows, season: seasonRows } = lineWeights(values.length);
  const trend = Float64Array.from(trendRows, (row) => dot(row, values));
  const seasonal = seasonRows
    ? Float64Array.from(seasonRows, (row) => dot(row, values))
    : new Float64Array(values.length);
  const remainder = values.map((value, i) => value - at(trend, i) - at(seasonal, i));
  return { trend, seasonal, remainder, seasonKnown: seasonRows !== null };
}

/** Variance of each week around the fit: Poisson's, widened by how much more the weeks vary than Poisson and by how long a swing lasts. */
export function noiseOf(clean: CleanSeries, { trend, seasonal }: Decomposition): Float64Array {
  const chance = clean.values.map((_, i) =>
    poissonVariance(at(trend, i) + at(seasonal, i), at(clean.unitVariance, i)),
  );
  const residuals = clean.values.map(
    (value, i) => (value - at(trend, i) - at(seasonal, i)) / Math.sqrt(at(chance, i)),
  );
  const square = residuals.reduce((sum, r) => sum + r * r, 0) / residuals.length;
  const neighbours = residuals.reduce((sum, r, i) => sum + (i > 0 ? r * at(residuals, i - 1) : 0), 0);
  const memory = Math.min(0.8, Math.max(0, neighbours / Math.max(1e-9, square * residuals.length)));
  const widening = Math.max(1, square) * ((1 + memory) / (1 - memory));
  return chance.map((variance) => variance * widening);
}

/**
 * Reads slope and peak off a cleaned series; both count only beyond `noise`, the variance of each week.
 * Slopes are those of STL's trend. Peaks are read off a loess of half a year, after the season where the term is seasonal: STL's trend is too
 * stiff to turn within a year when it has to tell two years' season apart, and a season that is not established must not eat half a peak.
 */
export function directionOf(values: Float64Array, noise: Float64Array, seasonal: boolean): Direction {
  const weights = lineWeights(values.length);
  const line = seasonal && weights.calmLine ? weights.calmLine : weights.line;
  const slope = dot(weights.slope, values);
  const beyond = slope / Math.sqrt(weighted(weights.slope, noise));
  const { slopeBeyond } = classRules;
  const heading = beyond > slopeBeyond ? 1 : beyond < -slopeBeyond ? -1 : 0;
  const last = line.at(-1) as Float64Array;
  const now = dot(last, values);
  let top = 0;
  let highest = Number.NEGATIVE_INFINITY;
  line.forEach((row, r) => {
    const level = dot(row, values);
    if (level > highest) [highest, top] = [level, r];
  });
  const weeksAgo = everyWeeks * (line.length - 1 - top);
  const { belowMaximum, fewestWeeksAgo, mostWeeksAgo, beyond: peakBeyond } = classRules.peaked;
  const fell = highest > 0 && highest - now >= belowMaximum * highest;
  const fall = last.map((weight, i) => at(line[top] as Float64Array, i) - weight);
  const certain = (highest - now) / Math.sqrt(weighted(fall, noise)) > peakBeyond;
  const inside = weeksAgo >= fewestWeeksAgo && weeksAgo <= mostWeeksAgo;
  return { slope, heading, peaked: fell && inside && certain };
}

/**
 * True when a season is established: F_S ≥ 0.64, and the last two years, each smoothed over 9 weeks, run alike. F_S alone takes a single
 * hump for a season when there are but two years, since half of it lies in the season and the trend bends to the rest.
 */
export function isSeasonal(values: Float64Array, strength: number): boolean {
  const smooth = [...loess(values, { window: windows.season })];
  const alike = sampleCorrelation(smooth.slice(-2 * yearWeeks, -yearWeeks), smooth.slice(-yearWeeks));
  return strength >= classRules.seasonal.strength && alike > classRules.seasonal.yearsAlike;
}

/** Poisson variance of a share; at least that of half a post, because a week of zero posts is not certain either. */
export const poissonVariance = (share: number, unitVariance: number): number =>
  Math.max(share, unitVariance / 2) * unitVariance;

function isBurst(share: Float64Array, unitVariance: Float64Array, i: number): boolean {
  const value = at(share, i);
  if (Number.isNaN(value)) return false;
  const scale = around(share, i);
  const chance = Math.sqrt(Math.max(scale.median, at(unitVariance, i)) * at(unitVariance, i));
  return Math.abs(value - scale.median) > burst.z * Math.max(scale.spread, chance);
}

function around(share: Float64Array, i: number) {
  const half = (burst.around - 1) / 2;
  return robustScale([...share.subarray(Math.max(0, i - half), i + half + 1)]);
}

/** A gap lies on the straight line between the weeks beside it; at the ends it repeats the nearest. */
function interpolated(values: Float64Array): Float64Array {
  const filled = Float64Array.from(values);
  let before = -1;
  for (let i = 0; i < filled.length; i++) {
    if (Number.isNaN(at(values, i))) continue;
    for (let gap = before + 1; gap < i; gap++) {
      const share = before < 0 ? 1 : (gap - before) / (i - before);
      filled[gap] = before < 0 ? at(values, i) : at(values, before) * (1 - share) + at(values, i) * share;
    }
    before = i;
  }
  if (before >= 0) filled.fill(at(values, before), before + 1);
  return filled;
}

function firstKnown(share: Float64Array): number {
  const first = share.findIndex((value) => !Number.isNaN(value));
  return first < 0 ? share.length : first;
}

function dot(weights: Float64Array, values: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < weights.length; i++) sum += at(weights, i) * at(values, i);
  return sum;
}

function weighted(weights: Float64Array, variances: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < weights.length; i++) sum += at(weights, i) ** 2 * at(variances, i);
  return sum;
}
