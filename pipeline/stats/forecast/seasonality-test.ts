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
 * How strongly the steps repeat at the period, as a correlation; 0 where they do not. A smooth course over 52 weeks repeats a little every four
 * weeks too, and more every two: a period whose half repeats more is no season of its own.
 */
export function repetition(values: ArrayLike<number>, period: number): number {
  if (!repeatsEvery(values, period)) return 0;
  const n = values.length - 1;
  const steps = Float64Array.from({ length: n }, (_, i) => (values[i + 1] as number) - (values[i] as number));
  const r = autocorrelations(steps, period);
  const [whole, half] = [r[period - 1] as number, r[Math.round(period / 2) - 1] as number];
  return whole > half ? whole : 0;
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
