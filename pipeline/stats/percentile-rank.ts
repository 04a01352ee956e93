// Where a value stands among others.

/**
 * Mid-rank percentile, 0-100: the share of `among` below the value, plus half of those equal to it.
 * When the value is itself one of n distinct ones, the ranks are 50/n, 150/n, …: 12.5, 37.5, 62.5, 87.5 for four.
 * Throws on nothing to compare with.
 */
export function percentileRank(value: number, among: readonly number[]): number {
  if (among.length === 0) throw new Error("missing values: nothing to compare with.");
  let below = 0;
  let equal = 0;
  for (const other of among) {
    if (other < value) below++;
    else if (other === value) equal++;
  }
  return (100 * (below + equal / 2)) / among.length;
}
