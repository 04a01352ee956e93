// The two forecasts that cost nothing: the last value, and the value one season ago. Whatever is worse than these has no skill.

/** The last value, `horizon` times. Throws on an empty series. */
export function naive(values: ArrayLike<number>, horizon: number): Float64Array {
  if (values.length === 0) throw new Error("missing values: there is no last value to repeat.");
  return new Float64Array(horizon).fill(values[values.length - 1] as number);
}

/** The last season repeated; below one whole season the last value. */
export function seasonalNaive(values: ArrayLike<number>, horizon: number, period: number): Float64Array {
  const n = values.length;
  if (period <= 1 || n < period) return naive(values, horizon);
  return Float64Array.from({ length: horizon }, (_, h) => values[n - period + (h % period)] as number);
}
