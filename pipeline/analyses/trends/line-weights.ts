// The lines as weights of the weeks. Without robust loops STL and loess are linear, so the lines of the unit weeks, worked out once per length,
// give every line of every term and every resample by multiplication: thousands of decompositions in the time of a hundred.
import { loess } from "../../stats/loess.ts";
import { stl } from "../../stats/stl.ts";
import { at } from "./series.ts";
import { seasonWeeks, slopeWeeks, windows, yearWeeks } from "./thresholds.ts";

/** Each row holds the weights of all weeks in one point of a line. */
export interface LineWeights {
  /** Trend of STL at every week; below two years a stiff loess. */
  readonly trend: readonly Float64Array[];
  /** Season of STL at every week; null below two years, where nothing can tell it from the trend. */
  readonly season: readonly Float64Array[] | null;
  /** Loess of half a year over the last two years, every second week, the last row being the last week. */
  readonly line: readonly Float64Array[];
  /** The same after taking the season out. */
  readonly calmLine: readonly Float64Array[] | null;
  /** Least-squares slope of the trend over the last 26 weeks, a week. */
  readonly slope: Float64Array;
}

// The line bends over half a year; between two weeks there is nothing to miss.
export const everyWeeks = 2;

const kept = new Map<number, LineWeights>();

/** Weights for a series of `length` weeks. */
export function lineWeights(length: number): LineWeights {
  const known = kept.get(length);
  if (known) return known;
  const seasonKnown = length >= seasonWeeks;
  const rows = () => Array.from({ length }, () => new Float64Array(length));
  const [trend, season, smooth, calm] = [rows(), rows(), rows(), rows()];
  for (let week = 0; week < length; week++) {
    const unit = new Float64Array(length);
    unit[week] = 1;
    setColumn(smooth, week, loess(unit, { window: windows.peak }));
    if (!seasonKnown) {
      setColumn(trend, week, loess(unit, { window: windows.shortTrend }));
      continue;
    }
    const parts = stl(unit, { period: yearWeeks, smoothing: windows.season });
    setColumn(trend, week, parts.trend);
    setColumn(season, week, parts.seasonal);
    const without = unit.map((value, i) => value - at(parts.seasonal, i));
    setColumn(calm, week, loess(without, { window: windows.peak }));
  }
  const weights: LineWeights = {
    trend,
    season: seasonKnown ? season : null,
    line: everySecond(smooth),
    calmLine: seasonKnown ? everySecond(calm) : null,
    slope: slopeOf(trend.slice(-slopeWeeks)),
  };
  kept.set(length, weights);
  return weights;
}

function setColumn(rows: readonly Float64Array[], week: number, values: Float64Array): void {
  rows.forEach((row, i) => {
    row[week] = at(values, i);
  });
}

const everySecond = (rows: readonly Float64Array[]): Float64Array[] =>
  rows.slice(-2 * yearWeeks).filter((_, i, last) => (last.length - 1 - i) % everyWeeks === 0);

function slopeOf(last: readonly Float64Array[]): Float64Array {
  const middle = (last.length - 1) / 2;
  const spread = last.reduce((sum, _, i) => sum + (i - middle) ** 2, 0);
  return Float64Array.from({ length: (last[0] as Float64Array).length }, (_, week) =>
    last.reduce((sum, row, i) => sum + ((i - middle) / spread) * at(row, week), 0),
  );
}
