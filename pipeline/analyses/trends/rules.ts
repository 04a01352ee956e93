// From signs to class and score: the published rules, nothing else.
import {
  classRules,
  confidenceWeights,
  postsOfFullConfidence,
  scoreScales,
  scoreWeights,
  type TrendClass,
} from "./thresholds.ts";

/** What a class is decided on. A null sign decides nothing: its rule does not match. */
export interface Signs {
  readonly z: number | null;
  readonly momentum: number | null;
  readonly weeksUp: number;
  /** Last year over the year before; null when there is no year before. */
  readonly yearRatio: number | null;
  /** 0-100 among the market's terms. */
  readonly volumePercentile: number;
  readonly heading: 1 | 0 | -1;
  readonly peaked: boolean;
}

/** First rule that matches, in the order Exploding, Emerging, Peaked, Declining, Sustained, Volatile. */
export function classOf(signs: Signs): TrendClass {
  const { exploding, emerging } = classRules;
  const above = (value: number | null, threshold: number) => value !== null && value > threshold;
  if (above(signs.z, exploding.z) && above(signs.yearRatio, 1 + exploding.yearPct / 100)) return "Exploding";
  if (
    signs.volumePercentile < emerging.volumePercentile &&
    above(signs.momentum, emerging.momentum) &&
    signs.weeksUp >= emerging.weeksUp
  )
    return "Emerging";
  if (signs.peaked) return "Peaked";
  if (signs.heading === -1) return "Declining";
  return signs.heading === 1 ? "Sustained" : "Volatile";
}

export interface TrendScore {
  readonly score: number;
  readonly level: number;
  readonly momentum: number;
  readonly volume: number;
}

/** 100 · (0.5 · σ(z / 2) + 0.3 · σ(g / 0.25) + 0.2 · volume percentile / 100). No movement at zero volume scores 40. */
export function trendScore(z: number, momentum: number, volumePercentile: number): TrendScore {
  const level = scoreWeights.level * logistic(z / scoreScales.z);
  const speed = scoreWeights.momentum * logistic(momentum / scoreScales.momentum);
  const volume = (scoreWeights.volume * volumePercentile) / 100;
  return { score: level + speed + volume, level, momentum: speed, volume };
}

/** 100 · (0.4 · coverage + 0.3 · min(1, n / 500) + 0.3 · stability). */
export function confidenceScore(coverage: number, posts: number, stability: number): number {
  return (
    confidenceWeights.coverage * coverage +
    confidenceWeights.posts * Math.min(1, posts / postsOfFullConfidence) +
    confidenceWeights.stability * stability
  );
}

/** Share of the other terms of the market with fewer posts, 0-100. Strictly fewer, so that a term without posts stands at 0. */
export function volumePercentiles(posts: readonly number[]): number[] {
  if (posts.length < 2) return posts.map(() => 0);
  const sorted = Float64Array.from(posts).sort();
  return posts.map((count) => (100 * firstAtLeast(sorted, count)) / (posts.length - 1));
}

const logistic = (x: number): number => 1 / (1 + Math.exp(-x));

function firstAtLeast(sorted: Float64Array, value: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] as number) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
