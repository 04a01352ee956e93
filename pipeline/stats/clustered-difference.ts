// Whether a mean over posts moved between two periods in which partly the same authors write.

/** Equal authors: the sum of their posts' values and the number of their posts, now and before. */
export interface TwoPeriods {
  readonly sumNow: number;
  readonly postsNow: number;
  readonly sumBefore: number;
  readonly postsBefore: number;
  readonly times: number;
}

export interface ClusteredDifference {
  /** Mean now minus mean before. */
  readonly value: number;
  readonly variance: number;
  /** Of the period with fewer: n² / Σ size². */
  readonly effectiveClusters: number;
}

/**
 * Difference of two ratios of cluster totals. An author's residual is (s₁ − m₁ n₁) / N₁ − (s₀ − m₀ n₀) / N₀, so that whoever is always cheerful adds no
 * noise to the change; residuals are squared, with the leverage correction of `clusteredShares`, and added.
 * Throws when a period has no posts.
 */
export function clusteredDifference(authors: readonly TwoPeriods[]): ClusteredDifference {
  const total = (of: (author: TwoPeriods) => number): number =>
    authors.reduce((sum, author) => sum + author.times * of(author), 0);
  const [postsNow, postsBefore] = [total((one) => one.postsNow), total((one) => one.postsBefore)];
  if (postsNow === 0 || postsBefore === 0)
    throw new Error("missing posts: a difference needs posts in both periods.");
  const now = total((one) => one.sumNow) / postsNow;
  const before = total((one) => one.sumBefore) / postsBefore;
  const variance = total((one) => {
    const residual =
      (one.sumNow - now * one.postsNow) / postsNow - (one.sumBefore - before * one.postsBefore) / postsBefore;
    const leverage = Math.max(one.postsNow / postsNow, one.postsBefore / postsBefore);
    return residual ** 2 / Math.max(1 - leverage, 1e-9);
  });
  return {
    value: now - before,
    variance,
    effectiveClusters: Math.min(
      postsNow ** 2 / total((one) => one.postsNow ** 2),
      postsBefore ** 2 / total((one) => one.postsBefore ** 2),
    ),
  };
}
