// The forecast that costs nothing: the last value. Whatever is worse has no skill.

/** The last value, `horizon` times. Throws on an empty series. */
export function naive(values: ArrayLike<number>, horizon: number): Float64Array {
  if (values.length === 0) throw new Error("missing values: there is no last value to repeat.");
  return new Float64Array(horizon).fill(values[values.length - 1] as number);
}
