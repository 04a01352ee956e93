// When in the year a term is named more than usual: the mean index of each calendar month over the mean of all months.
import type { DatasetRow } from "./data.ts";

const wholeYears = 104;

/** Twelve values, January first, 1 = an average month; null below 104 weeks, where a season cannot be told from a trend. */
export function monthProfile(weeks: readonly DatasetRow<"term_weeks">[]): number[] | null {
  const known = weeks.filter((week) => week.index !== null).slice(-wholeYears);
  if (weeks.length < wholeYears) return null;
  const months = Array.from({ length: 12 }, (_, month) => {
    const values = known
      .filter((week) => Number(week.week.slice(5, 7)) === month + 1)
      .map((week) => week.index ?? 0);
    return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
  });
  if (months.some((month) => month === null)) return null;
  const mean = (months as number[]).reduce((sum, value) => sum + value, 0) / 12;
  return mean === 0 ? null : (months as number[]).map((value) => value / mean);
}
