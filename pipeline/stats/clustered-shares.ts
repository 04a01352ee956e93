// Shares over posts when posts come in clusters: an author's ten posts are not ten opinions.

/** Equal authors: how many posts of each kind one of them wrote, and how many authors wrote just that. */
export interface Cluster {
  /** Posts of each kind, in an order that all clusters share. */
  readonly counts: readonly number[];
  readonly times: number;
}

export interface ClusteredShares {
  /** Posts. */
  readonly n: number;
  readonly clusters: number;
  /** n² / Σ size²: as many equally large clusters would bear as much chance. */
  readonly effectiveClusters: number;
  /** Of each kind over all posts. */
  readonly shares: readonly number[];
  /** Covariance of the shares, a square as wide as `shares`. */
  readonly covariance: readonly (readonly number[])[];
}

/**
 * Shares of kinds of posts with the covariance of a ratio of cluster totals (linearisation, Cochran 1977, 6.4): with residuals
 * u_c = k_c − p · n_c, Cov(p) = Σ_c u_c u_cᵀ / (1 − n_c / n) / n². The divisor is the leverage correction CR2 of Bell and McCaffrey (2002)
 * for a mean: a cluster that pulls the mean towards itself hides part of its own distance.
 * Throws on no posts, and on a single cluster: it says nothing about how clusters differ.
 */
export function clusteredShares(given: readonly Cluster[]): ClusteredShares {
  const clusters = given.filter(({ counts, times }) => times > 0 && sum(counts) > 0);
  const kinds = clusters[0]?.counts.length ?? 0;
  const number = sum(clusters.map(({ times }) => times));
  if (number < 2)
    throw new Error(`invalid number of clusters: ${number}. How they differ takes two at least.`);
  const totals = Array.from({ length: kinds }, (_, kind) =>
    sum(clusters.map(({ counts, times }) => times * (counts[kind] as number))),
  );
  const n = sum(totals);
  const shares = totals.map((total) => total / n);
  const covariance = shares.map(() => new Array<number>(kinds).fill(0));
  let squares = 0;
  const residual = new Float64Array(kinds);
  for (const { counts, times } of clusters) {
    const size = sum(counts);
    squares += times * size * size;
    for (let a = 0; a < kinds; a++) residual[a] = (counts[a] as number) - (shares[a] as number) * size;
    const weight = times / (1 - size / n) / (n * n);
    for (let a = 0; a < kinds; a++) {
      const row = covariance[a] as number[];
      const scaled = weight * (residual[a] as number);
      for (let b = 0; b < kinds; b++) row[b] = (row[b] as number) + scaled * (residual[b] as number);
    }
  }
  return { n, clusters: number, effectiveClusters: (n * n) / squares, shares, covariance };
}

export interface Weighed {
  readonly value: number;
  readonly variance: number;
}

/** Mean of what each kind is worth, with its variance: Σ p_k v_k and vᵀ Cov v. */
export function weighedMean(
  { shares, covariance }: Pick<ClusteredShares, "shares" | "covariance">,
  worth: readonly number[],
): Weighed {
  let value = 0;
  let variance = 0;
  for (let a = 0; a < shares.length; a++) {
    const one = worth[a] as number;
    value += one * (shares[a] as number);
    const row = covariance[a] as readonly number[];
    for (let b = 0; b < shares.length; b++) variance += one * (worth[b] as number) * (row[b] as number);
  }
  return { value, variance: Math.max(0, variance) };
}

function sum(values: readonly number[]): number {
  let total = 0;
  for (const value of values) total += value;
  return total;
}
