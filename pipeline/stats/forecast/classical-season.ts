// Takes a season out of a series the classical way, by centred moving averages, and puts it back into a forecast: R's decompose(), which the
// benchmarks of the M4 competition use.

export interface Season {
  readonly adjusted: Float64Array;
  /** Puts the season back: the forecast of step h is multiplied by (or added to) the season of its place. */
  restore(forecast: Float64Array): Float64Array;
}

/** One factor for each place of the period, the same in all cycles. Throws below two whole periods. */
export function classicalSeason(
  values: ArrayLike<number>,
  period: number,
  kind: "multiplicative" | "additive",
): Season {
  const n = values.length;
  if (n < 2 * period)
    throw new Error(
      `invalid series length: ${n}. A season of ${period} needs at least ${2 * period} values.`,
    );
  const isRatio = kind === "multiplicative";
  const sums = new Float64Array(period);
  const counts = new Float64Array(period);
  const half = period >> 1;
  for (let t = half; t < n - half; t++) {
    const level = centredMean(values, t, period);
    const against = isRatio ? (values[t] as number) / level : (values[t] as number) - level;
    if (!Number.isFinite(against)) continue;
    sums[t % period] = (sums[t % period] as number) + against;
    counts[t % period] = (counts[t % period] as number) + 1;
  }
  const neutral = isRatio ? 1 : 0;
  const means = sums.map((sum, i) => ((counts[i] as number) > 0 ? sum / (counts[i] as number) : neutral));
  const centre = means.reduce((a, b) => a + b, 0) / period;
  const factors = means.map((mean) => (isRatio ? mean / centre : mean - centre));
  const factor = (t: number): number => factors[t % period] as number;
  return {
    adjusted: Float64Array.from({ length: n }, (_, t) =>
      isRatio ? (values[t] as number) / factor(t) : (values[t] as number) - factor(t),
    ),
    restore: (forecast) =>
      forecast.map((value, h) => (isRatio ? value * factor(n + h) : value + factor(n + h))),
  };
}

/** Mean of one period around a value; the two ends of an even period count half. */
function centredMean(values: ArrayLike<number>, t: number, period: number): number {
  const half = period >> 1;
  let sum = 0;
  for (let i = t - half; i <= t + half; i++) sum += values[i] as number;
  if (period % 2 === 0) sum -= ((values[t - half] as number) + (values[t + half] as number)) / 2;
  return sum / period;
}
