// The bursts of many series at once, with a bound on how many of them are chance. Production and `leap eval trends` ask this one function.
import { benjaminiHochberg } from "../../stats/benjamini-hochberg.ts";
import { type Burst, type BurstReading, type BurstSettings, findBursts } from "../../stats/bursts.ts";
import { spikeRules } from "./thresholds.ts";

export interface CountSeries {
  /** NaN where a count is missing. */
  readonly counts: Float64Array;
  /** What the counts are out of; time alone when absent. */
  readonly exposure?: Float64Array;
  /** First position whose bursts are asked for; those before say what was usual. */
  readonly from?: number;
}

export interface SureBurst extends Burst {
  /** False discovery rate at which it would still be called. */
  readonly q: number;
}

/**
 * Bursts of each series whose false discovery rate (Benjamini-Hochberg over every burst of every series; a series without any counts as one
 * that is chance) is below `q`. Bursts that ended before `from` are left out of the count and the answer.
 */
export function burstsAmong(
  all: readonly CountSeries[],
  settings: BurstSettings,
  q: number = spikeRules.q,
): SureBurst[][] {
  return surest(
    all.map(({ counts, exposure, from = 0 }) =>
      burstsInWindows(counts, exposure, settings).filter(({ to }) => to >= from),
    ),
    q,
  );
}

/** Rhythm and dispersion change over the years: a long series is read in windows of twice this many steps, each giving the bursts of its middle. */
const windowSteps = 182;

function burstsInWindows(
  counts: Float64Array,
  exposure: Float64Array | undefined,
  settings: BurstSettings,
): Burst[] {
  if (counts.length <= 2 * windowSteps) return [...findBursts(counts, settings, exposure).bursts];
  // Windows begin on the same phase of the rhythm as the series.
  const stride = windowSteps - (windowSteps % settings.period);
  const bursts: Burst[] = [];
  for (let start = 0; ; start += stride) {
    const end = start + 2 * stride;
    const isLast = end >= counts.length;
    const first = isLast
      ? Math.max(0, Math.ceil((counts.length - 2 * stride) / settings.period) * settings.period)
      : start;
    const [least, most] = [start === 0 ? 0 : start + stride / 2, isLast ? counts.length : end - stride / 2];
    for (const burst of findBursts(counts.slice(first, end), settings, exposure?.slice(first, end)).bursts) {
      const [from, to] = [burst.from + first, burst.to + first];
      const middle = (from + to) / 2;
      if (middle >= least && middle < most) bursts.push({ ...burst, from, to });
    }
    if (isLast) return bursts;
  }
}

/** The same over bursts that were found before. */
export function surest(found: readonly BurstReading["bursts"][], q: number = spikeRules.q): SureBurst[][] {
  const families = found.map((bursts) => (bursts.length > 0 ? bursts.map(({ p }) => p) : [1]));
  const values = benjaminiHochberg(families.flat());
  let place = 0;
  return found.map((bursts, i) => {
    const first = place;
    place += (families[i] as number[]).length;
    return bursts
      .map((burst, b) => ({ ...burst, q: values[first + b] as number }))
      .filter((burst) => burst.q < q);
  });
}

/** False alarms of a series by the bound, one in this many quiet days: two years. */
export const daysBetweenAlarms = 700;

/**
 * The burst that is running at the last position, if it is surer than one false alarm in 700 quiet days of this one series; what somebody who
 * looks every day acts on. A publication, which tells of hundreds of series at once, asks `burstsAmong`.
 */
export function alarm({ counts, exposure }: CountSeries, settings: BurstSettings): Burst | null {
  const { bursts, days } = findBursts(counts, settings, exposure);
  const last = bursts.at(-1);
  return last && last.to === counts.length - 1 && last.p / days <= 1 / daysBetweenAlarms ? last : null;
}
