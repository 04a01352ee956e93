// The value below which a share of the values lies.

/**
 * Quantile with linear interpolation between order statistics: type 7 of Hyndman and Fan (1996), the default of R, NumPy and
 * DuckDB's `quantile_cont`. `values` need not be sorted. Throws on no values or a share outside [0, 1].
 */
export function quantile(values: readonly number[], share: number): number {
  return quantileSorted(Float64Array.from(values).sort(), share);
}

/** The same over values in ascending order, for callers who ask more than once. */
export function quantileSorted(sorted: ArrayLike<number>, share: number): number {
  if (!(share >= 0 && share <= 1)) throw new Error(`invalid share: ${share}. Give a number from 0 to 1.`);
  if (sorted.length === 0) throw new Error("missing values: a quantile of nothing does not exist.");
  const position = (sorted.length - 1) * share;
  const below = Math.floor(position);
  const low = sorted[below] as number;
  const high = sorted[Math.min(below + 1, sorted.length - 1)] as number;
  return low + (position - below) * (high - low);
}
