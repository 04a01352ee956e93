// Net sentiment of a group of posts, and how far it may be from the truth.
import type { Interval } from "./bootstrap.ts";
import { type Cluster, clusteredShares, weighedMean } from "./clustered-shares.ts";
import { studentQuantile } from "./student-quantile.ts";

export interface SentimentCounts {
  readonly positive: number;
  readonly neutral: number;
  readonly negative: number;
}

export interface NetSentiment extends Interval {
  /** Positive minus negative over all classified, −1 to 1. */
  readonly value: number;
  readonly n: number;
}

const z95 = 1.959963984540054;

/**
 * NS = (P − N) / n with n = P + U + N, and its 95 % interval from Var(NS) = ((P + N) / n − NS²) / n: each post is a draw of −1, 0 or 1,
 * whose variance is E[x²] − E[x]². Ends are held within −1 and 1. Throws when nothing was classified.
 */
export function netSentiment({ positive, neutral, negative }: SentimentCounts): NetSentiment {
  const n = positive + neutral + negative;
  if (!(n > 0))
    throw new Error(`invalid group size: ${n}. Net sentiment needs at least one classified post.`);
  const value = (positive - negative) / n;
  const half = z95 * Math.sqrt(Math.max(0, ((positive + negative) / n - value ** 2) / n));
  return { value, n, low: Math.max(-1, value - half), high: Math.min(1, value + half) };
}

/** 0 to 100: 50 · (1 + NS). */
export function sentimentScore(net: number): number {
  return 50 * (1 + net);
}

/**
 * Net sentiment over authors rather than posts: clusters of positive, neutral and negative posts (in this order). The variance is that of clustered
 * shares, at least that of independent posts with half a post added to each class: thirty posts that all praise do not prove that nobody
 * could complain. The interval reaches as far as Student's t for n² / Σ size² − 1 degrees of freedom, held within −1 and 1.
 * Throws when there are no two clusters.
 */
export function clusteredNetSentiment(clusters: readonly Cluster[]): NetSentiment {
  const clustered = clusteredShares(clusters);
  const { value, variance } = weighedMean(clustered, [1, 0, -1]);
  const n = clustered.n;
  const [positive = 0, , negative = 0] = clustered.shares.map((share) => share * n + 0.5);
  const smoothed = n + 1.5;
  const independent = ((positive + negative) / smoothed - ((positive - negative) / smoothed) ** 2) / smoothed;
  const reach = studentQuantile(0.95, clustered.effectiveClusters - 1);
  const half = reach * Math.sqrt(Math.max(variance, independent));
  return { value, n, low: Math.max(-1, value - half), high: Math.min(1, value + half) };
}
