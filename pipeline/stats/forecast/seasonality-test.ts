// Whether a series repeats itself every `period` values: the test by which the M4 competition decided (M4-methods, "Benchmarks and Evaluation.R").

/** The quantile of the normal law for 90 %, two-sided. */
const z90 = 1.645;

/**
 * The autocorrelation at the period exceeds what its neighbours explain, at 90 % (Bartlett's formula). False below three whole periods, where
 * the autocorrelation at the period rests on too few pairs.
 */
export function isSeasonal(values: ArrayLike<number>, period: number): boolean {
  if (period <= 1 || values.length < 3 * period) return false;
  const r = autocorrelations(values, period);
  let squares = 0;
  for (let lag = 0; lag < period - 1; lag++) squares += (r[lag] as number) ** 2;
  const limit = z90 * Math.sqrt((1 + 2 * squares) / values.length);
  return Math.abs(r[period - 1] as number) > limit;
}

/**
 * Whether the steps of a series repeat: the same limit, held against the first differences and against positive correlations alone. A trend
 * correlates with itself at every lag, which lifts the limit over the season; in the steps it is gone.
 * Two whole periods suffice here, because what follows is judged by a back-test anyway.
 */
export function repeatsEvery(values: ArrayLike<number>, period: number): boolean {
  const n = values.length - 1;
  if (period <= 1 || n + 1 < 2 * period) return false;
  const steps = Float64Array.from({ length: n }, (_, i) => (values[i + 1] as number) - (values[i] as number));
  const r = autocorrelations(steps, period);
  let squares = 0;
  for (let lag = 0; lag < period - 1; lag++) squares += (r[lag] as number) ** 2;
  return (r[period - 1] as number) > z90 * Math.sqrt((1 + 2 * squares) / n);
}

/**
 * Whether the period itself is the season, and not a part of a longer one: a smooth course over 52 weeks repeats a little every four weeks too.
 * The correlation of the steps at the period exceeds that at half of it, and that of the lags around it.
 */
export function isOwnPeriod(values: ArrayLike<number>, period: number): boolean {
  const n = values.length - 1;
  if (!repeatsEvery(values, period) || n < period + 3) return false;
  const steps = Float64Array.from({ length: n }, (_, i) => (values[i + 1] as number) - (values[i] as number));
  const r = autocorrelations(steps, period + 2);
  const at = (lag: number): number => r[lag - 1] as number;
  const around = [period - 2, period - 1, period + 1, period + 2].filter((lag) => lag > 0);
  const beside = around.reduce((sum, lag) => sum + at(lag), 0) / around.length;
  return at(period) > at(Math.round(period / 2)) && at(period) > beside;
}

/** Autocorrelations at the lags 1 to `most`; all zero for a constant series. */
export function autocorrelations(values: ArrayLike<number>, most: number): Float64Array {
  const n = values.length;
  let mean = 0;
  for (let i = 0; i < n; i++) mean += (values[i] as number) / n;
  let variance = 0;
  for (let i = 0; i < n; i++) variance += ((values[i] as number) - mean) ** 2;
  return Float64Array.from({ length: most }, (_, k) => {
    if (!(variance > 0)) return 0;
    let sum = 0;
    for (let i = k + 1; i < n; i++)
      sum += ((values[i] as number) - mean) * ((values[i - k - 1] as number) - mean);
    return sum / variance;
  });
}
