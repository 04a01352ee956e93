// A running level that forgets: each new value takes part, older ones fade.

/** Weight of the newest value for a span in observations, so that an EWMA and a plain mean of `span` values are equally old. */
export const weightOfSpan = (span: number): number => 2 / (span + 1);

/** Variance of the EWMA of independent values, in units of theirs: weight / (2 − weight). */
export const ewmaVariance = (span: number): number => weightOfSpan(span) / (2 - weightOfSpan(span));

/**
 * Exponentially weighted moving average. NaN marks a week without a value: the level stands still there, because a gap is no news.
 * Starts at the mean of the first `span` values, so that one odd first week does not set the tone. NaN before the first value.
 */
export function ewma(values: ArrayLike<number>, span: number): Float64Array {
  const weight = weightOfSpan(span);
  const levels = new Float64Array(values.length).fill(Number.NaN);
  let level = startOf(values, span);
  let started = false;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    if (!Number.isNaN(value)) {
      level += weight * (value - level);
      started = true;
    }
    if (started) levels[i] = level;
  }
  return levels;
}

function startOf(values: ArrayLike<number>, span: number): number {
  let sum = 0;
  let seen = 0;
  for (let i = 0; i < values.length && seen < span; i++) {
    const value = values[i] as number;
    if (Number.isNaN(value)) continue;
    sum += value;
    seen++;
  }
  return seen > 0 ? sum / seen : 0;
}
