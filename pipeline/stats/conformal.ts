// Intervals that cover what they promise without assuming a shape: ranks of errors made on rows that the model had not seen.

/**
 * The value that a new error stays under with probability `share`, from past errors in ascending order: the ⌈share·(n + 1)⌉-th smallest
 * for an upper end (Vovk, Gammerman and Shafer 2005; Lei et al. 2018). With too few errors to promise the share, the largest.
 * Throws on no errors or a share outside (0, 1).
 */
export function conformalUpper(sorted: ArrayLike<number>, share: number): number {
  const rank = Math.ceil(checked(sorted, share) * (sorted.length + 1) - 1e-9);
  return sorted[Math.min(sorted.length, Math.max(1, rank)) - 1] as number;
}

/** Its mirror image: a new error stays above it with probability 1 - `share`. */
export function conformalLower(sorted: ArrayLike<number>, share: number): number {
  const rank = Math.floor(checked(sorted, share) * (sorted.length + 1) + 1e-9);
  return sorted[Math.min(sorted.length, Math.max(1, rank)) - 1] as number;
}

function checked(sorted: ArrayLike<number>, share: number): number {
  if (sorted.length === 0) throw new Error("missing errors: an interval needs errors made before.");
  if (!(share > 0 && share < 1)) throw new Error(`invalid share: ${share}. Give a number between 0 and 1.`);
  return share;
}
