// Stretches in which a count stands far above what is usual for it, with the chance that a quiet series shows one as strong.
import { median } from "./median.ts";
import { logRaised } from "./negative-binomial.ts";
import { raisedPosterior } from "./raised-states.ts";
import { type UsualCounts, usualCounts } from "./usual-counts.ts";

export interface BurstSettings {
  /** Steps after which the usual rhythm repeats: 7 for days, 1 for none. */
  readonly period: number;
  /** Steps on either side that say what is usual. */
  readonly around: number;
  /** How many times the usual each raised state stands. */
  readonly multiples: readonly number[];
  readonly begins: number;
  readonly ends: number;
  /** Posterior from which a step belongs to a burst. */
  readonly belief: number;
  /** A count that stays raised for more steps has a new level. */
  readonly longest: number;
}

/** For days. Chosen on simulated series with other seeds than those whose figures are reported (see the method of the trends analysis). */
export const dailyBursts: BurstSettings = {
  period: 7,
  around: 35,
  multiples: [1.5, 2, 2.8, 4, 6, 12],
  begins: 0.02,
  ends: 1 / 7,
  belief: 0.5,
  longest: 28,
};

export interface Burst {
  /** First and last position. */
  readonly from: number;
  readonly to: number;
  /** Sum over the burst, and what would have been usual. */
  readonly count: number;
  readonly usual: number;
  /** Bound on the chance that a quiet series of this length holds a burst as strong. */
  readonly p: number;
}

export interface BurstReading extends UsualCounts {
  /** Posterior chance that a step is raised. */
  readonly raised: Float64Array;
  readonly bursts: readonly Burst[];
}

/** Rounds in which the usual and the posterior correct each other, unless they agree before. */
const rounds = 5;
const agreed = 0.01;

/**
 * Kleinberg 2002 ("Bursty and hierarchical structure in streams", KDD) with negative binomial in place of Poisson emissions, a raised state for
 * each of several heights, and the posterior of every step in place of the one best path. What is usual is estimated on the quiet steps.
 * NaN is a missing count. `exposure` is what the counts are out of (such as the posts of the market), above zero; without it time alone counts.
 */
export function findBursts(
  counts: Float64Array,
  settings: BurstSettings,
  exposure: Float64Array = new Float64Array(counts.length).fill(1),
): BurstReading {
  const edges = new Set<number>();
  for (let again = 0; ; again++) {
    const reading = fit(counts, exposure, settings, [...edges]);
    const levels = reading.bursts.map((burst) => levelEdges(counts, reading, burst, settings));
    if (levels.every(({ length }) => length === 0)) return reading;
    if (again === mostLevels)
      return { ...reading, bursts: reading.bursts.filter((_, i) => levels[i]?.length === 0) };
    // A level that came to stay is what is usual between its edges; the series is read again with it.
    for (const edge of levels.flat()) edges.add(edge);
  }
}

/** Readings after which a series that keeps changing its level is left as it is. */
const mostLevels = 4;
/** Steps on either side of a burst that tell whether the count came back; fewer than the second number tell nothing. */
const sides = { most: 21, fewest: 7 };

/**
 * Where a new level begins, if the burst is one: it lasts too long, or the count stays nearer to the burst's height than to where it came from
 * (or came from nearer to that height than to where it went).
 */
function levelEdges(
  counts: Float64Array,
  reading: UsualCounts,
  { from, to }: Burst,
  settings: BurstSettings,
): number[] {
  if (to - from >= settings.longest) return [from, to + 1];
  const rates = (first: number, last: number) => {
    const known: number[] = [];
    for (let i = Math.max(0, first); i <= Math.min(counts.length - 1, last); i++)
      if (!Number.isNaN(at(counts, i))) known.push(at(counts, i) / at(reading.shape, i));
    return known;
  };
  const [before, after] = [rates(from - sides.most, from - 1), rates(to + 1, to + sides.most)];
  if (before.length < sides.fewest || after.length < sides.fewest) return [];
  const height = median(rates(from, to));
  if (median(after) > Math.sqrt(median(before) * height)) return [from];
  return median(before) > Math.sqrt(median(after) * height) ? [to + 1] : [];
}

function fit(
  counts: Float64Array,
  exposure: Float64Array,
  settings: BurstSettings,
  edges: readonly number[],
): BurstReading {
  const quiet = firstGuess(counts, exposure);
  let usual = usualCounts(counts, exposure, quiet, edges, settings);
  let raised = quiet;
  for (let round = 0; round < rounds; round++) {
    if (round > 0) usual = usualCounts(counts, exposure, quiet, edges, settings);
    raised = posteriorOf(counts, usual, settings);
    let moved = 0;
    for (let i = 0; i < quiet.length; i++) {
      const before = at(quiet, i);
      quiet[i] = Number.isNaN(at(counts, i)) ? 0 : 1 - at(raised, i);
      moved = Math.max(moved, Math.abs(at(quiet, i) - before));
    }
    if (moved < agreed) break;
  }
  return { ...usual, raised, bursts: burstsOf(counts, usual, raised, settings.belief) };
}

/** Steps among the highest seventh of their series are half believed to be quiet. */
function firstGuess(counts: Float64Array, exposure: Float64Array): Float64Array {
  const rates = counts.map((count, i) => count / at(exposure, i));
  const known = rates.filter((rate) => !Number.isNaN(rate)).sort();
  const high = known[Math.floor((known.length * 6) / 7)] ?? Number.POSITIVE_INFINITY;
  return rates.map((rate) => (Number.isNaN(rate) ? 0 : rate > high ? 0.3 : 1));
}

function posteriorOf(counts: Float64Array, { usual, dispersion }: UsualCounts, settings: BurstSettings) {
  const { multiples } = settings;
  const favour = new Float64Array(counts.length * multiples.length);
  counts.forEach((count, i) => {
    if (Number.isNaN(count)) return;
    for (let s = 0; s < multiples.length; s++)
      favour[i * multiples.length + s] = logRaised(count, at(usual, i), multiples[s] as number, dispersion);
  });
  return raisedPosterior(favour, multiples.length, settings);
}

function burstsOf(counts: Float64Array, usual: UsualCounts, raised: Float64Array, belief: number): Burst[] {
  const found: Burst[] = [];
  let from = -1;
  for (let i = 0; i <= counts.length; i++) {
    const isIn = i < counts.length && at(raised, i) >= belief;
    if (isIn && from < 0) from = i;
    if (isIn || from < 0) continue;
    found.push(burstOf(counts, usual, from, i - 1));
    from = -1;
  }
  return found;
}

function burstOf(counts: Float64Array, reading: UsualCounts, from: number, to: number): Burst {
  let [count, usual] = [0, 0];
  for (let i = from; i <= to; i++) {
    if (Number.isNaN(at(counts, i))) continue;
    count += at(counts, i);
    usual += at(reading.usual, i);
  }
  const factor = Math.max(1, count / usual);
  let evidence = 0;
  for (let i = from; i <= to; i++)
    if (!Number.isNaN(at(counts, i)))
      evidence += logRaised(at(counts, i), at(reading.usual, i), factor, reading.dispersion);
  return { from, to, count, usual, p: chanceOf(evidence, to - from + 1, reading) };
}

/**
 * Bound on the chance that the strongest stretch of a quiet series of `days` has that log likelihood ratio: min(1, days / 50 · e^(−s / 2)), with
 * s = ν / 2 · ln(1 + 2 · evidence / ν) because the usual and the dispersion were estimated on ν free days, divided by how much more a sum of
 * that many steps varies where neighbouring quiet steps are alike. An envelope of simulated quiet series (0.1 to 100 a day, 56 to 273 days,
 * from Poisson's law to a size of 3), which a test repeats in small; at size 3 and 56 days it leaks, by up to 2.7 times at p = .001.
 */
function chanceOf(evidence: number, steps: number, { freedom, alike, days }: UsualCounts): number {
  const heard = ((freedom / 2) * Math.log1p((2 * evidence) / freedom)) / sumInflation(steps, alike);
  return Math.min(1, (days / 50) * Math.exp(-heard / 2));
}

/** Variance of a sum of `steps` neighbours with correlation ρ^distance, over that of as many strangers. */
function sumInflation(steps: number, alike: number): number {
  let inflation = 1;
  for (let apart = 1; apart < steps; apart++) inflation += 2 * (1 - apart / steps) * alike ** apart;
  return inflation;
}

const at = (values: ArrayLike<number>, i: number): number => values[i] as number;
