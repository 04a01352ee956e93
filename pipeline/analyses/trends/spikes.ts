// Weeks in which a term stood far above its own past: the weeks that its bursts, found day by day, lie in.
import { dailyBursts } from "../../stats/bursts.ts";
import { robustScale, robustZ } from "../../stats/robust-z.ts";
import { burstsAmong, type SureBurst } from "./bursts.ts";
import { type DailySeries, dayAt } from "./days.ts";
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
  /** First and last day of the burst. */
  readonly from: string;
  readonly to: string;
  /** Voices over the burst, as a multiple of the usual. */
  readonly multiple: number;
  readonly state: "open" | "resolved";
}

/**
 * Spikes of all series, tested together: bursts with q below 0.05 that reach into the last 26 weeks, of series with at least 13 measured weeks
 * before. A count that stays up for more than four weeks is a level, which class and score tell.
 */
export function spikesOf(all: readonly DailySeries[]): Spike[] {
  const tested = all.filter(({ voices }) => knownDays(voices) >= 7 * spikeRules.fewestBaseline);
  const bursts = burstsAmong(
    tested.map(({ voices, exposure }) => ({
      counts: voices,
      exposure,
      from: voices.length - 7 * spikeRules.testedWeeks,
    })),
    dailyBursts,
  );
  return tested.flatMap((daily, i) => spikesOfTerm(daily, bursts[i] as SureBurst[]));
}

function knownDays(voices: Float64Array): number {
  return voices.reduce((total, count) => total + (Number.isNaN(count) ? 0 : 1), 0);
}

/** Where two bursts lie in one week, the week tells of the surer one. */
function spikesOfTerm(daily: DailySeries, bursts: readonly SureBurst[]): Spike[] {
  const byWeek = new Map<number, Spike>();
  for (const burst of bursts.toSorted((a, b) => b.q - a.q))
    for (const week of weeksOf(daily, burst)) {
      const spike = spikeOf(daily, burst, week);
      if (spike) byWeek.set(week, spike);
    }
  return [...byWeek.values()].sort((a, b) => a.week - b.week);
}

/** Positions of the weeks that hold at least two days of the burst; of a shorter one the week of its loudest day. */
function weeksOf({ series, voices }: DailySeries, { from, to }: SureBurst): number[] {
  const skipped = series.market.weeks.length - voices.length / 7;
  const days = Array.from({ length: to - from + 1 }, (_, i) => from + i);
  const loudest = days.reduce((best, day) => (at(voices, day) > at(voices, best) ? day : best), from);
  const weeks = Map.groupBy(days, (day) => Math.floor(day / 7));
  const full = [...weeks].filter(([, held]) => held.length >= spikeRules.daysOfWeek).map(([week]) => week);
  return (full.length > 0 ? full : [Math.floor(loudest / 7)]).map((week) => skipped + week);
}

function spikeOf(daily: DailySeries, burst: SureBurst, week: number): Spike | null {
  const { series } = daily;
  const past = pastPosts(series, week);
  if (past.length < spikeRules.fewestBaseline || !isMeasured(series.market, week)) return null;
  const usual = robustScale(past);
  const posts = at(series.posts, week);
  return {
    series,
    week,
    posts,
    baseline: usual.median,
    // Even a term that is never named may be named once by chance.
    z: robustZ(posts, usual, Math.sqrt(Math.max(1, usual.median))),
    q: burst.q,
    from: dayAt(daily, burst.from),
    to: dayAt(daily, burst.to),
    multiple: burst.count / burst.usual,
    state: daily.voices.length - burst.to <= 7 * spikeRules.openWeeks ? "open" : "resolved",
  };
}

/** Posts of the measured weeks before, each read at the volume of this week: more posts collected are no spike of a term. */
function pastPosts(series: TermSeries, week: number): number[] {
  const past: number[] = [];
  for (let i = week - 1; i >= 0 && past.length < spikeRules.baselineWeeks; i--)
    if (isMeasured(series.market, i))
      past.push((at(series.posts, i) / at(series.market.posts, i)) * at(series.market.posts, week));
  return past;
}
