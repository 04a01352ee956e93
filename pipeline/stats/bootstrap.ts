// How far an estimate would move had chance handed us other observations.
import { quantileSorted } from "./quantile.ts";

export interface Interval {
  readonly low: number;
  readonly high: number;
}

export interface BootstrapOptions {
  readonly draws?: number;
  /** Share of the draws inside the interval. */
  readonly level?: number;
}

/**
 * Percentile interval of a statistic over resamples of the observations with replacement (Efron 1979).
 * Observations may be of any kind, so a ratio of sums resamples its pairs. `random` is a generator in [0, 1): the interval repeats
 * when it does. Throws on no observations.
 */
export function bootstrap<T>(
  observations: readonly T[],
  statistic: (sample: readonly T[]) => number,
  random: () => number,
  { draws = 1000, level = 0.95 }: BootstrapOptions = {},
): Interval {
  if (observations.length === 0) throw new Error("missing observations: nothing to resample.");
  const sample = new Array<T>(observations.length);
  const statistics = new Float64Array(draws);
  for (let draw = 0; draw < draws; draw++) {
    for (let i = 0; i < sample.length; i++) {
      sample[i] = observations[Math.floor(random() * observations.length)] as T;
    }
    statistics[draw] = statistic(sample);
  }
  statistics.sort();
  const tail = (1 - level) / 2;
  return { low: quantileSorted(statistics, tail), high: quantileSorted(statistics, 1 - tail) };
}
