// What the season before did from here on, smoothed, starting from today's level: a season for series too short for a decomposition.

/** Share of a period over which one cycle is smoothed; a single cycle is one noisy witness. */
const smoothedShare = 1 / 6;

/** Null below one whole period and the horizon that must be seen of it. */
export function lastCycle(values: ArrayLike<number>, horizon: number, period: number): Float64Array | null {
  const n = values.length;
  const reach = Math.max(1, Math.round((period * smoothedShare) / 2));
  if (period < 4 || n < period + 2 * reach + 1) return null;
  const around = (i: number): number => {
    let [sum, weight] = [0, 0];
    for (let j = Math.max(0, i - reach); j <= Math.min(n - 1, i + reach); j++) {
      const w = reach + 1 - Math.abs(i - j);
      sum += w * (values[j] as number);
      weight += w;
    }
    return sum / weight;
  };
  const level = around(n - 1);
  const then = around(n - 1 - period);
  return Float64Array.from({ length: horizon }, (_, h) => level + around(n - period + (h % period)) - then);
}
