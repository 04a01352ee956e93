// Do two lists put things in the same order?

/**
 * Spearman's ρ: Pearson's correlation of mid-ranks, so that ties count half (Kendall 1948). Null for fewer than three pairs or a constant list.
 * Throws on lists of unequal length.
 */
export function rankCorrelation(left: readonly number[], right: readonly number[]): number | null {
  if (left.length !== right.length)
    throw new Error(`invalid lists: ${left.length} and ${right.length} values. Give as many of each.`);
  return left.length < 3 ? null : correlation(midRanks(left), midRanks(right));
}

/** Rank of each value, 1 = smallest; equals share the mean of their ranks. */
export function midRanks(values: readonly number[]): number[] {
  const order = values.map((value, i) => ({ value, i })).sort((a, b) => a.value - b.value);
  const ranks = new Array<number>(values.length);
  for (let start = 0; start < order.length; ) {
    let end = start;
    while (end < order.length && order[end]?.value === order[start]?.value) end++;
    for (let at = start; at < end; at++) ranks[(order[at] as { i: number }).i] = (start + end + 1) / 2;
    start = end;
  }
  return ranks;
}

/** Pearson's correlation of values; of mid-ranks it is Spearman's. Null for a constant list. */
export function correlation(left: readonly number[], right: readonly number[]): number | null {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [a, b] = [mean(left), mean(right)];
  let both = 0;
  let leftSquares = 0;
  let rightSquares = 0;
  left.forEach((value, i) => {
    both += (value - a) * ((right[i] as number) - b);
    leftSquares += (value - a) ** 2;
    rightSquares += ((right[i] as number) - b) ** 2;
  });
  return leftSquares === 0 || rightSquares === 0 ? null : both / Math.sqrt(leftSquares * rightSquares);
}
