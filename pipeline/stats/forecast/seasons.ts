// Which seasons to try: the one the caller names, the longer one that comes with it, or, where nobody knows, the one that the series repeat most.
import { prepare } from "./prepare.ts";
import { repetition } from "./seasonality-test.ts";

/** Hours of a day have a week above them, days of a week a year. */
const longer: Readonly<Record<number, number>> = { 7: 365, 24: 168, 48: 336, 96: 672 };

/** What a year, a week or a day can hold: quarters, working days, days, months, hours, weeks. */
export const calendarPeriods = [4, 5, 7, 12, 24, 52] as const;

/** By chance alone one series in twenty repeats; a fifth of them is no chance. */
const fewestRepeating = 0.2;

/**
 * Seasons worth trying for series of one kind. `period` 1 means that nobody named one: then, of the calendar periods that a fifth of the series
 * repeat, the one that they repeat most strongly.
 */
export function seasonsOf(all: readonly ArrayLike<number>[], period: number): number[] {
  if (period > 1) return longer[period] ? [period, longer[period] as number] : [period];
  const strengths = calendarPeriods.map((candidate) => {
    const long = all.filter((values) => values.length >= 3 * candidate);
    // A candidate that only a handful can be asked about is no finding about all.
    if (long.length === 0 || long.length < all.length / 10) return { candidate, strength: 0 };
    const found = long.map((values) => repetition(recent(values), candidate));
    const share = found.filter((one) => one > 0).length / long.length;
    return {
      candidate,
      strength: share < fewestRepeating ? 0 : found.reduce((sum, one) => sum + one, 0) / long.length,
    };
  });
  const best = strengths.reduce((most, one) => (one.strength > most.strength ? one : most));
  return best.strength > 0 ? [best.candidate] : [];
}

/** Ten years of weeks: an older past says little about the next season, and costs most of the time. */
const recent = (values: ArrayLike<number>): Float64Array =>
  prepare(values)?.values.slice(-520) ?? new Float64Array();
