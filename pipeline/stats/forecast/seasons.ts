// Which seasons to try: the one the caller names, the longer one that comes with it, or, where nobody knows, the one that most series repeat.
import { isOwnPeriod } from "./seasonality-test.ts";

/** Hours of a day have a week above them, days of a week a year. */
const longer: Readonly<Record<number, number>> = { 7: 365, 24: 168, 48: 336, 96: 672 };

/** What a year, a week or a day can hold: quarters, working days, days, months, hours, weeks. */
export const calendarPeriods = [4, 5, 7, 12, 24, 52] as const;

/** By chance alone one series in twenty repeats; a fifth of them is no chance. */
const fewestRepeating = 0.2;

/**
 * Seasons worth trying for series of one kind. `period` 1 means that nobody named one: then the calendar period that the largest share of the
 * series repeats is taken, if that is a fifth of them.
 */
export function seasonsOf(all: readonly ArrayLike<number>[], period: number): number[] {
  if (period > 1) return longer[period] ? [period, longer[period] as number] : [period];
  const shares = calendarPeriods.map((candidate) => {
    const long = all.filter((values) => values.length >= 3 * candidate);
    // A candidate that only a handful can be asked about is no finding about all.
    if (long.length < Math.max(1, all.length / 10)) return { candidate, share: 0 };
    return {
      candidate,
      share: long.filter((values) => isOwnPeriod(recent(values), candidate)).length / long.length,
    };
  });
  const best = shares.reduce((most, one) => (one.share > most.share ? one : most));
  return best.share >= fewestRepeating ? [best.candidate] : [];
}

/** Ten years of weeks: an older past says little about the next season, and costs most of the time. */
export const recent = (values: ArrayLike<number>): Float64Array => Float64Array.from(values).slice(-520);
