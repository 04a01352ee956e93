// Forecasts of many series of one kind at once: each is back-tested alone, then they lend each other weights and intervals.
import {
  combine,
  meanAbsoluteError,
  naiveAlone,
  poolErrors,
  relativeErrors,
  type Weights,
  weightsAlong,
} from "./combination.ts";
import { type ConformalSeries, conformal } from "./conformal.ts";
import type { Contest } from "./contest.ts";
import { type Contestant, contestants } from "./contestants.ts";

export interface Band {
  readonly low: Float64Array;
  readonly high: Float64Array;
}

/** A forecast with its intervals and what the same way of forecasting would have given before. In the series' own unit. */
export interface Told {
  readonly point: Float64Array;
  /** Null where nothing is there to measure an interval by: a single value. */
  readonly band80: Band | null;
  readonly band95: Band | null;
  /** Null where the series is too short for any origin. */
  readonly backTest: BackTest | null;
}

export interface BackTest {
  readonly origins: number;
  /** Known values that were forecast. */
  readonly n: number;
  readonly mae: number;
  /** MAE over the mean absolute step within the series; null for a series that never moved. */
  readonly mase: number | null;
  /** MAE over that of the naive forecast of the same values; null where the naive forecast made no error. */
  readonly relativeMae: number | null;
  /** Share of the values inside the interval that would have been given, from the other origins. */
  readonly coverage80: number | null;
  readonly coverage95: number | null;
}

export interface SeriesForecast {
  readonly combination: Told;
  readonly naive: Told;
  /** Whether the combination made smaller errors than the naive forecast; null where no back-test could tell. */
  readonly skilled: boolean | null;
  readonly methods: readonly MethodResult[];
}

export interface MethodResult {
  readonly method: Contestant;
  /** Its share of the combination. */
  readonly weight: number;
  readonly mae: number | null;
  readonly mase: number | null;
  readonly relativeMae: number | null;
}

/** One answer a contest, in order; null where the contest was. `horizon` is that of the contests. */
export function forecastPool(
  contests: readonly (Contest | null)[],
  horizon: number,
): (SeriesForecast | null)[] {
  const present = contests.flatMap((one) => one ?? []);
  const errors = present.map(({ origins }) => origins.map(relativeErrors));
  const pool = poolErrors(errors);
  const weights = present.map((series, i) => weightsAlong(series, errors[i] ?? [], pool));
  const combined = tell(
    present,
    horizon,
    (i, o) => (o === null ? weights[i]?.final : weights[i]?.origins[o]) as Weights,
  );
  const naive = tell(present, horizon, () => naiveAlone);
  const answers = present.map((series, i): SeriesForecast => {
    const [combination, guard] = [combined[i] as Told, naive[i] as Told];
    const { backTest } = combination;
    return {
      combination,
      naive: guard,
      skilled: backTest === null ? null : backTest.mae < (guard.backTest as BackTest).mae,
      methods: contestants.flatMap((method) => methodResult(series, method, weights[i]?.final as Weights)),
    };
  });
  let next = 0;
  return contests.map((one) => one && (answers[next++] as SeriesForecast));
}

/** Forecasts of all series by given weights, with intervals from the errors that those weights would have made. */
function tell(
  all: readonly Contest[],
  horizon: number,
  weightsAt: (series: number, origin: number | null) => Weights,
): Told[] {
  const before = all.map(({ origins }, i) =>
    origins.map(({ forecasts }, o) => combine(forecasts, weightsAt(i, o))),
  );
  const missed = all.map(
    ({ origins, final }, i): ConformalSeries => ({
      spread: final.spread,
      origins: origins.map(({ actual, spread }, o) => ({
        spread,
        errors: actual.map((value, h) => value - (before[i]?.[o]?.[h] as number)),
      })),
    }),
  );
  const widths = conformal(missed, horizon);
  return all.map((series, i) => {
    const { final, unit } = series;
    const point = combine(final.forecasts, weightsAt(i, null));
    const band = (level: number) =>
      bandOf(series, point, widths.halfWidth(i, level) ?? walkWidth(final.spread, horizon, level));
    return {
      point: point.map((value) => inUnit(value, unit)),
      band80: band(0.8),
      band95: band(0.95),
      backTest: backTestOf(series, before[i] ?? [], (o, level) => widths.halfWidthAt(i, o, level)),
    };
  });
}

function bandOf(
  { unit, nonNegative }: Contest,
  point: Float64Array,
  width: Float64Array | null,
): Band | null {
  if (width === null) return null;
  return {
    low: point.map((value, h) => {
      const low = value - (width[h] as number);
      return inUnit(nonNegative ? Math.max(0, low) : low, unit);
    }),
    high: point.map((value, h) => inUnit(value + (width[h] as number), unit)),
  };
}

// Doubles end at 1.8e308; a forecast of numbers near it may not become infinite.
const inUnit = (value: number, unit: number): number =>
  Math.max(-Number.MAX_VALUE, Math.min(Number.MAX_VALUE, value * unit));

const zOf = (level: number): number => (level === 0.8 ? 1.2815515655446004 : 1.959963984540054);

/** Where no back-test exists, the interval of a random walk with the series' own steps; null when it has none. */
function walkWidth(spread: number, horizon: number, level: number): Float64Array | null {
  if (!(spread > 0)) return null;
  // The mean absolute step of a normal law is √(2 / π) of its standard deviation.
  const deviation = spread * Math.sqrt(Math.PI / 2);
  return Float64Array.from({ length: horizon }, (_, h) => zOf(level) * deviation * Math.sqrt(h + 1));
}

function backTestOf(
  series: Contest,
  before: readonly Float64Array[],
  widthAt: (origin: number, level: number) => Float64Array | null,
): BackTest | null {
  const { origins, unit, scale } = series;
  const mae = overOrigins(origins.map(({ actual }, o) => [actual, before[o] as Float64Array]));
  const guard = overOrigins(
    origins.map(({ actual, forecasts }) => [actual, forecasts.naive as Float64Array]),
  );
  if (mae === null || guard === null) return null;
  const coverage = (level: number): number | null => {
    let [inside, n] = [0, 0];
    origins.forEach(({ actual }, o) => {
      const width = widthAt(o, level);
      if (width === null) return;
      actual.forEach((value, h) => {
        if (Number.isNaN(value)) return;
        n++;
        if (Math.abs(value - (before[o]?.[h] as number)) <= (width[h] as number)) inside++;
      });
    });
    return n > 0 ? inside / n : null;
  };
  return {
    origins: origins.length,
    n: mae.n,
    mae: inUnit(mae.mae, unit),
    mase: scale === null ? null : mae.mae / scale,
    relativeMae: guard.mae > 0 ? mae.mae / guard.mae : null,
    coverage80: coverage(0.8),
    coverage95: coverage(0.95),
  };
}

function methodResult(
  { origins, scale, unit, final }: Contest,
  method: Contestant,
  weights: Weights,
): MethodResult[] {
  const judged = origins.filter(({ forecasts }) => forecasts[method]);
  if (judged.length === 0 && !final.forecasts[method]) return [];
  const own = overOrigins(judged.map(({ actual, forecasts }) => [actual, forecasts[method] as Float64Array]));
  // Held against the naive forecast of the origins it took part in, so that an absent origin neither helps nor hurts.
  const guard = overOrigins(judged.map(({ actual, forecasts }) => [actual, forecasts.naive as Float64Array]));
  return [
    {
      method,
      weight: weights[method],
      mae: own && inUnit(own.mae, unit),
      mase: own && scale !== null ? own.mae / scale : null,
      relativeMae: own && guard && guard.mae > 0 ? own.mae / guard.mae : null,
    },
  ];
}

/** Mean absolute error over all known values of the origins. */
function overOrigins(
  pairs: readonly (readonly [Float64Array, Float64Array])[],
): { mae: number; n: number } | null {
  let [sum, n] = [0, 0];
  for (const [actual, forecast] of pairs) {
    const known = actual.reduce((count, value) => (Number.isNaN(value) ? count : count + 1), 0);
    sum += (meanAbsoluteError(actual, forecast) ?? 0) * known;
    n += known;
  }
  return n > 0 ? { mae: sum / n, n } : null;
}
