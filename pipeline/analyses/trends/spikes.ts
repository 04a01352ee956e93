// Weeks in which a term stood far above its own past.
import { benjaminiHochberg } from "../../stats/benjamini-hochberg.ts";
import { upperTail } from "../../stats/count-tail.ts";
import { robustScale, robustZ } from "../../stats/robust-z.ts";
import { at, isMeasured, type TermSeries } from "./series.ts";
import { spikeRules } from "./thresholds.ts";

export interface Spike {
  readonly series: TermSeries;
  /** Position in the market's weeks. */
  readonly week: number;
  readonly posts: number;
  /** Median posts of the 26 measured weeks before, at the volume of this one. */
  readonly baseline: number;
  readonly z: number;
  readonly q: number;
  readonly state: "open" | "resolved";
}

interface Tested extends Omit<Spike, "q" | "state"> {
  readonly p: number;
  readonly state: Spike["state"] | "stayed";
}

/**
 * Spikes of all series, tested together: robust z above 4, and q below 0.05 after Benjamini-Hochberg over every term, market and week of
 * the last 26 weeks that has at least 13 measured weeks before it. A count that rose and stayed is a level, which class and score tell;
 * only the last two weeks may still turn out either way.
 */
export function spikesOf(all: readonly TermSeries[]): Spike[] {
  const tested = all.flatMap(testedWeeks);
  const q = benjaminiHochberg(tested.map(({ p }) => p));
  return tested.flatMap(({ p: _, state, ...spike }, i) =>
    spike.z > spikeRules.z && (q[i] as number) < spikeRules.q && state !== "stayed"
      ? [{ ...spike, state, q: q[i] as number }]
      : [],
  );
}

function testedWeeks(series: TermSeries): Tested[] {
  const weeks = series.market.weeks.length;
  const tested: Tested[] = [];
  for (let week = Math.max(0, weeks - spikeRules.testedWeeks); week < weeks; week++) {
    if (!isMeasured(series.market, week)) continue;
    const past = pastPosts(series, week);
    if (past.length < spikeRules.fewestBaseline) continue;
    const usual = robustScale(past);
    const posts = at(series.posts, week);
    // Even a term that is never named may be named once by chance.
    const mean = Math.max(1, usual.median);
    const deviation = Math.max(usual.spread, Math.sqrt(mean));
    tested.push({
      series,
      week,
      posts,
      baseline: usual.median,
      z: robustZ(posts, usual, Math.sqrt(mean)),
      p: upperTail(posts, mean, deviation ** 2),
      state: stateOf(series, week, usual.median + spikeRules.backZ * deviation),
    });
  }
  return tested;
}

/** Posts of the measured weeks before, each read at the volume of this week: more posts collected are no spike of a term. */
function pastPosts(series: TermSeries, week: number): number[] {
  const past: number[] = [];
  for (let i = week - 1; i >= 0 && past.length < spikeRules.baselineWeeks; i--)
    if (isMeasured(series.market, i))
      past.push((at(series.posts, i) / at(series.market.posts, i)) * at(series.market.posts, week));
  return past;
}

/** Open in the last two weeks; then resolved when a later week came back to the baseline, or stayed. */
function stateOf(series: TermSeries, week: number, back: number): Tested["state"] {
  const last = series.market.weeks.length - 1;
  if (last - week < spikeRules.openWeeks) return "open";
  const volume = at(series.market.posts, week);
  for (let i = week + 1; i <= last; i++)
    if (isMeasured(series.market, i) && (at(series.posts, i) / at(series.market.posts, i)) * volume <= back)
      return "resolved";
  return "stayed";
}
