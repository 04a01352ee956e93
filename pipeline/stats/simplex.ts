// Estimates of shares may leave the range of shares; this brings them back by the shortest way.

/**
 * The shares (none negative, sum 1) nearest to `estimate`, which sums to 1, in the metric of its covariance: the distance is
 * (x − e)ᵀ V⁻¹ (x − e), so what was measured well moves least. On a face where share j is 0 the nearest point is e − V_j e_j / V_jj;
 * of three shares there are three faces, and where none holds, the largest share takes all.
 * Exact for three shares, which is what it is used for.
 */
export function nearestShares(
  estimate: readonly number[],
  covariance: readonly (readonly number[])[],
): readonly number[] {
  if (Math.min(...estimate) >= 0) return estimate;
  let nearest: number[] | null = null;
  let distance = Number.POSITIVE_INFINITY;
  estimate.forEach((share, face) => {
    const variance = covariance[face]?.[face] as number;
    if (share >= 0 || variance <= 0 || share ** 2 / variance >= distance) return;
    const moved = estimate.map((other, index) =>
      index === face ? 0 : other - ((covariance[index]?.[face] as number) * share) / variance,
    );
    if (Math.min(...moved) < 0) return;
    nearest = moved;
    distance = share ** 2 / variance;
  });
  const largest = estimate.indexOf(Math.max(...estimate));
  return nearest ?? estimate.map((_, index) => (index === largest ? 1 : 0));
}
