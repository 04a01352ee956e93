// The forecast of a term as its pages tell it: weeks ahead, verdict, window, and the words for them.
import { type DatasetRow, rowsOf } from "./data.ts";
import { dayMonth } from "./format.ts";

export type ForecastWeek = DatasetRow<"forecasts">;
export type Backtest = DatasetRow<"forecast_backtests">;

/** Weeks ahead that this edition forecast, nearest first. */
export const weeksAhead = (term: string, market: string, edition: string): ForecastWeek[] =>
  rowsOf("forecasts", "term", term, edition)
    .filter((row) => row.market === market && row.made_in === edition)
    .toSorted((a, b) => a.step - b.step);

/** Earlier forecasts of weeks that have come since. */
export const cameTrue = (term: string, market: string, edition: string): ForecastWeek[] =>
  rowsOf("forecasts", "term", term, edition)
    .filter((row) => row.market === market && row.actual !== null)
    .toSorted((a, b) => b.week.localeCompare(a.week) || a.step - b.step);

/** The row with the verdict, then the methods, the heaviest first. */
export function backtestsOf(
  term: string,
  market: string,
  edition: string,
): readonly [Backtest | undefined, Backtest[]] {
  const rows = rowsOf("forecast_backtests", "term", term, edition).filter((row) => row.market === market);
  return [
    rows.find((row) => row.method === "combination"),
    rows.filter((row) => row.method !== "combination").toSorted((a, b) => (b.weight ?? 0) - (a.weight ?? 0)),
  ];
}

export const methodNames: Readonly<Record<Backtest["method"], string>> = {
  combination: "Combination",
  naive: "Naive: the last value",
  damped_trend: "Damped trend",
  ets: "Exponential smoothing",
  theta: "Theta",
  last_cycle: "Last year’s course",
  mstl_ets: "Season by MSTL, then smoothing",
  mstl_ets_log: "The same on logarithms",
};

/** `14 Dec to 8 Feb`; a window that reaches the last week we forecast may go on. */
export function windowWords(
  { peak_start: start, peak_end: end }: Backtest,
  lastWeek: string | undefined,
): string | null {
  if (start === null || end === null) return null;
  const span =
    start === end ? `week of ${dayMonth(start)}` : `weeks of ${dayMonth(start)} to ${dayMonth(end)}`;
  return end === lastWeek ? `${span}, still high where the forecast ends` : span;
}
