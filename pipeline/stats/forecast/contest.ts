// One series through its own past: at a few earlier origins every method forecasts what we know by now, then all forecast what we do not.
import { compete, type Forecasts, type Seasons } from "./contestants.ts";
import { prepare } from "./prepare.ts";

export interface ContestOptions extends Seasons {
  readonly horizon: number;
  /** Back-test origins at most. */
  readonly origins?: number;
  /** For shares and rates of counts: how many counted things one of the values stands for, so that an interval never claims to know more than counting can. */
  readonly exposure?: number | null;
}

export interface Origin {
  /** Values known at the origin. */
  readonly end: number;
  /** What came; NaN where nothing is known. As long as the back-test's horizon. */
  readonly actual: Float64Array;
  readonly forecasts: Forecasts;
  /** Typical size of a step up to here: what an error is measured in. */
  readonly spread: number;
}

/** All in the unit of the prepared series, the newest origin first. */
export interface Contest {
  readonly unit: number;
  readonly nonNegative: boolean;
  /** Known values. */
  readonly n: number;
  readonly origins: readonly Origin[];
  readonly final: Omit<Origin, "actual" | "end">;
  /** Mean absolute step of the naive forecast within the series, over one period: the denominator of MASE. Null when it never moved. */
  readonly scale: number | null;
}

/** Four origins a horizon apart show a year of weeks; more would cost more than they tell. */
const originsAtMost = 4;
/** Values before the first origin; below, a method has nothing to learn from. */
const fewestBefore = 6;
/** Values that a method sees: ten years of weeks, ten cycles of the named period, four of the longest. */
const seenAtLeast = 520;

/** Null when no value is known. */
export function contest(raw: ArrayLike<number>, options: ContestOptions): Contest | null {
  const prepared = prepare(raw);
  if (prepared === null) return null;
  const { values, known, unit, behind, nonNegative } = prepared;
  const { horizon, period, tried, origins = originsAtMost } = options;
  // A count stands behind each value; divided by the unit, a value stands for so many more.
  const exposure = options.exposure ? options.exposure * unit : null;
  const seen = Math.max(seenAtLeast, 10 * period, 4 * Math.max(0, ...tried));
  const before = (end: number) => values.subarray(Math.max(0, end - seen), end);
  const clamp = (forecasts: Forecasts): Forecasts =>
    nonNegative
      ? (Object.fromEntries(
          Object.entries(forecasts).map(([name, one]) => [
            name,
            one === null ? null : one.map((value) => Math.max(0, value)),
          ]),
        ) as unknown as Forecasts)
      : forecasts;
  const at = (end: number, steps: number) => ({
    forecasts: clamp(compete(before(end), steps, options)),
    spread: Math.max(
      spreadOf(values.subarray(0, end), period),
      countedSpread(values.subarray(0, end), exposure),
    ),
  });
  const ends = originsOf(values.length, horizon, period, origins);
  const final = at(values.length, horizon + behind);
  const cut = (forecast: Float64Array | null) => (forecast === null ? null : forecast.slice(behind));
  return {
    unit,
    nonNegative,
    n: known.filter(Boolean).length,
    scale: scaleOf(values, period),
    final: {
      spread: final.spread,
      forecasts: Object.fromEntries(
        Object.entries(final.forecasts).map(([name, one]) => [name, cut(one)]),
      ) as unknown as Forecasts,
    },
    origins: ends.ends.map((end) => ({
      end,
      actual: Float64Array.from({ length: ends.steps }, (_, h) =>
        known[end + h] ? (values[end + h] as number) : Number.NaN,
      ),
      ...at(end, ends.steps),
    })),
  };
}

/**
 * Ends of the known part at each origin, newest first, and how many steps each is tested on. Origins lie a horizon apart where the series is
 * long enough, closer where it is not; a series shorter than the horizon asks for is tested on fewer steps.
 */
export function originsOf(
  n: number,
  horizon: number,
  period: number,
  most: number = originsAtMost,
): { readonly ends: number[]; readonly steps: number } {
  const steps = Math.min(horizon, Math.max(1, Math.floor((n - fewestBefore) / 2)));
  const last = n - steps;
  const wished = Math.max(fewestBefore, Math.min(2 * period + 1, last - steps));
  const first = last >= wished ? wished : fewestBefore;
  if (last < first) return { ends: [], steps };
  const apart = Math.max(1, Math.min(steps, Math.floor((last - first) / Math.max(1, most - 1))));
  const ends: number[] = [];
  for (let end = last; end >= first && ends.length < most; end -= apart) ends.push(end);
  return { ends, steps };
}

/** Mean absolute difference over one period; null when the series is too short or never moves. */
export function scaleOf(values: ArrayLike<number>, period: number): number | null {
  const n = values.length;
  let sum = 0;
  for (let i = period; i < n; i++) sum += Math.abs((values[i] as number) - (values[i - period] as number));
  return n > period && sum > 0 ? sum / (n - period) : null;
}

/** Geometric mean of the typical step of all time and of the last sixty values: calm times follow wild ones, and the other way round. */
export function spreadOf(values: Float64Array, period: number): number {
  const lag = values.length > 2 * period ? period : 1;
  const all = scaleOf(values, lag) ?? 0;
  const late = scaleOf(values.subarray(-Math.max(60, 3 * lag)), lag) ?? all;
  return Math.sqrt(all * late);
}

/**
 * Shares of counts vary by √(share / exposure) from week to week even where nothing happens (Poisson), and two weeks differ by 1.13 of that. What
 * was small and has just grown would otherwise keep the narrow interval of its small days.
 */
function countedSpread(values: Float64Array, exposure: number | null): number {
  if (exposure === null || values.length === 0) return 0;
  const late = values.subarray(-4);
  const mean = late.reduce((sum, value) => sum + Math.max(0, value), 0) / late.length;
  const level = Math.max(mean, late.at(-1) as number);
  return (2 / Math.sqrt(Math.PI)) * Math.sqrt(level / exposure);
}
