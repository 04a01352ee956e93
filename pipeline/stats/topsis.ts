// How close an option is to the best there could be, and how far from the worst, over criteria of different weight.

/**
 * Closeness C = d⁻ / (d⁺ + d⁻) of TOPSIS (Hwang and Yoon 1981), 0 at the worst point and 1 at the best, with Euclidean distances of weighted
 * values. The two points are given and not taken from the options at hand, so that an option's closeness depends on no other (no rank
 * reversal), and rises with every value. Throws on lists of unequal length, or when no weight is positive.
 */
export function closeness(
  values: readonly number[],
  weights: readonly number[],
  worst: number,
  best: number,
): number {
  if (values.length !== weights.length)
    throw new Error(`invalid weights: ${weights.length} for ${values.length} values. Give as many of each.`);
  let toBest = 0;
  let toWorst = 0;
  values.forEach((value, i) => {
    const weight = weights[i] as number;
    toBest += (weight * (best - value)) ** 2;
    toWorst += (weight * (value - worst)) ** 2;
  });
  if (toBest + toWorst === 0) throw new Error("missing weight: no criterion has any.");
  return Math.sqrt(toWorst) / (Math.sqrt(toBest) + Math.sqrt(toWorst));
}
