// How much each method counts in the mean of all: the smaller its errors in the back-test, the more. A series has few origins, so each error is
// drawn towards what the method does on series of the same kind.

import type { Contest, Origin } from "./contest.ts";
import { type Contestant, contestants, type Forecasts } from "./contestants.ts";

/** Error of each method at one origin over the mean of all methods there; null where it was absent. */
export type RelativeErrors = Readonly<Record<Contestant, number | null>>;
export type Weights = Readonly<Record<Contestant, number>>;

// Chosen by rolling origin inside the training parts of M4 Weekly (method.md of the analysis forecast has the table), never on a test part.
/** Weight = relative error to the power of minus this: twice the error, a thirty-second of the weight. */
const sharpness = 5;
/** The pool counts as much as this many origins of the series itself. */
const poolOrigins = 1;

export function relativeErrors({ actual, forecasts }: Origin): RelativeErrors {
  const errors = record((name) => {
    const forecast = forecasts[name];
    return forecast && meanAbsoluteError(actual, forecast);
  });
  const there = contestants.flatMap((name) => errors[name] ?? []);
  const mean = there.reduce((sum, error) => sum + error, 0) / there.length;
  return record((name) => (errors[name] === null ? null : mean > 0 ? (errors[name] as number) / mean : 1));
}

/** Mean relative error of each method over all origins of all series; null where it never took part. */
export function poolErrors(all: readonly (readonly RelativeErrors[])[]): RelativeErrors {
  return record((name) => mean(all.flatMap((one) => one.flatMap((errors) => errors[name] ?? []))));
}

/** Weights that sum to one over the methods that have a forecast. A method of which nothing is known takes no part, unless no other does. */
export function weightsOf(
  own: readonly RelativeErrors[],
  pool: RelativeErrors,
  forecasts: Forecasts,
): Weights {
  const raw = record((name) => {
    if (!forecasts[name]) return 0;
    const seen = own.flatMap((errors) => errors[name] ?? []);
    const prior = pool[name];
    if (prior === null) return 0;
    const sum = seen.reduce((a, b) => a + b, 0) + poolOrigins * prior;
    // A method without any error would take all; a hundredth of the usual error is as good as none.
    return Math.max(0.01, sum / (seen.length + poolOrigins)) ** -sharpness;
  });
  const total = contestants.reduce((sum, name) => sum + (raw[name] as number), 0);
  return record((name) => (total > 0 ? (raw[name] as number) / total : name === "naive" ? 1 : 0)) as Weights;
}

export const naiveAlone: Weights = record((name) => (name === "naive" ? 1 : 0)) as Weights;

export function combine(forecasts: Forecasts, weights: Weights): Float64Array {
  const steps = (forecasts.naive as Float64Array).length;
  const sum = new Float64Array(steps);
  for (const name of contestants) {
    const [forecast, weight] = [forecasts[name], weights[name]];
    if (forecast && weight > 0)
      for (let h = 0; h < steps; h++) sum[h] = (sum[h] as number) + weight * (forecast[h] as number);
  }
  return sum;
}

/** Over the steps that are known; null when none is. */
export function meanAbsoluteError(actual: ArrayLike<number>, forecast: ArrayLike<number>): number | null {
  let [sum, n] = [0, 0];
  for (let h = 0; h < actual.length; h++) {
    const error = Math.abs((actual[h] as number) - (forecast[h] as number));
    if (Number.isNaN(error)) continue;
    sum += error;
    n++;
  }
  return n > 0 ? sum / n : null;
}

/** Weights of the series at its end, and at each origin from the other origins alone, so that no error judges itself. */
export function weightsAlong(series: Contest, own: readonly RelativeErrors[], pool: RelativeErrors) {
  return {
    final: weightsOf(own, pool, series.final.forecasts),
    origins: series.origins.map(({ forecasts }, o) =>
      weightsOf(
        own.filter((_, i) => i !== o),
        pool,
        forecasts,
      ),
    ),
  };
}

const mean = (values: readonly number[]): number | null =>
  values.length > 0 ? values.reduce((a, b) => a + b, 0) / values.length : null;

function record<T>(of: (name: Contestant) => T): Record<Contestant, T> {
  return Object.fromEntries(contestants.map((name) => [name, of(name)])) as Record<Contestant, T>;
}
