// What was as a line, what is expected as a dashed line in two bands: the darker one holds four weeks of five, the lighter one nineteen of twenty.
import { type LineOptions, lineChart, type Point, type Series } from "./line.ts";

export interface ExpectedPoint {
  /** ISO day. */
  readonly day: string;
  readonly value: number;
  readonly low80: number;
  readonly high80: number;
  readonly low95: number;
  readonly high95: number;
}

export interface FanOptions extends LineOptions {
  readonly colour: string;
  /** Words at the end of the dashed line. */
  readonly end: readonly string[];
  /** Single weeks behind a smoothed line, drawn thin. */
  readonly single?: readonly Point[];
}

/** The chart as HTML; the fan opens from the last known value. Throws without a known and an expected value. */
export function fanChart(
  known: readonly Point[],
  expected: readonly ExpectedPoint[],
  { colour, end, single, ...options }: FanOptions,
): string {
  const last = known.findLast((point) => point.value !== null);
  if (!last || expected.length === 0) throw new Error("missing values: a fan needs a past and a future");
  const tip = { day: last.day, value: last.value, low: last.value, high: last.value };
  const band = (level: 80 | 95): Point[] => [
    { ...tip, value: null },
    ...expected.map((point) => ({
      day: point.day,
      value: null,
      low: point[`low${level}`],
      high: point[`high${level}`],
    })),
  ];
  const series: Series[] = [
    { points: band(95), colour, thin: true },
    { points: band(80), colour },
    ...(single ? [{ points: single, colour, thin: true }] : []),
    { points: known.map(({ day, value }) => ({ day, value })), colour },
    {
      points: [{ day: tip.day, value: tip.value }, ...expected.map(({ day, value }) => ({ day, value }))],
      colour,
      dash: true,
      end,
    },
  ];
  return lineChart(series, options);
}
