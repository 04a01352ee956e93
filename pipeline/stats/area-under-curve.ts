// How well a score ranks: the chance that a positive case scores higher than a negative one.

/**
 * Area under the ROC curve as the Mann-Whitney statistic (Hanley and McNeil 1982); ties count one half.
 * Null when one of the two kinds is missing.
 */
export function areaUnderCurve(scores: readonly number[], positive: readonly boolean[]): number | null {
  const order = scores.map((_, index) => index).sort((a, b) => (scores[a] as number) - (scores[b] as number));
  let positives = 0;
  let rankSum = 0;
  for (let from = 0; from < order.length; ) {
    let to = from;
    while (to < order.length && scores[order[to] as number] === scores[order[from] as number]) to++;
    for (let at = from; at < to; at++)
      if (positive[order[at] as number]) {
        positives++;
        rankSum += (from + 1 + to) / 2;
      }
    from = to;
  }
  const negatives = order.length - positives;
  if (positives === 0 || negatives === 0) return null;
  return (rankSum - (positives * (positives + 1)) / 2) / (positives * negatives);
}
