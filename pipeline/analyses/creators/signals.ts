// Six signs of an authentic account, each with its weight, interval and reason when missing. None of them counts fake followers.
import type { Reason } from "../../../data/contract/columns.ts";
import { bootstrap } from "../../stats/bootstrap.ts";
import { percentileRank } from "../../stats/percentile-rank.ts";
import { wilson } from "../../stats/wilson.ts";
import {
  type Basis,
  bootstrapDraws,
  type CountedPost,
  commentsPerLike,
  dispersion,
  engagementRate,
  minimumRatedPosts,
  type Rated,
} from "./engagement-rate.ts";
import { type GrowthIntegrity, integrityOf } from "./follower-jumps.ts";
import { type Account, type Measure, peerValues, plausibilityAmong } from "./peers.ts";

export const signalWeights = {
  er_plausibility: 25,
  growth_integrity: 25,
  comment_like_ratio: 15,
  consistency: 15,
  posting_regularity: 10,
  disclosure_hygiene: 10,
} as const;
export type SignalName = keyof typeof signalWeights;

/** Share of the weight that must be available before a score is printed. */
export const minimumCoverage = 0.6;
/** Weeks looked at for regularity: half a year, so that a holiday does not cost a tenth. */
export const regularityWeeks = 26;
/** Posts that look paid, below which disclosure is not judged. */
export const minimumPaidLooking = 5;

export interface Signal {
  readonly signal: SignalName;
  readonly weight: number;
  /** 0-100, 100 = plausible. */
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly raw: number | null;
  readonly n: number;
  readonly reason: Reason | null;
}

export interface SignalInput {
  readonly rated: readonly Rated[];
  readonly basis: Basis;
  /** Why there is no engagement rate; null when there is one. */
  readonly rateReason: Reason | null;
  readonly peers: readonly Account[];
  readonly growth: GrowthIntegrity | null;
  /** True when the follower count was collected at least once. */
  readonly followersSeen: boolean;
  /** Mondays of the weeks in which we collected, at most the last `regularityWeeks`, and those of them with a post. */
  readonly weeksCollected: number;
  readonly weeksWithPost: number;
  readonly posts365: readonly CountedPost[];
  readonly random: () => number;
}

export function signalsOf(input: SignalInput): Signal[] {
  return [
    plausible("er_plausibility", "engagement_rate", input, (sample) => engagementRate(sample, input.basis)),
    growthSignal(input),
    plausible("comment_like_ratio", "comments_per_like", input, commentsPerLike),
    plausible("consistency", "dispersion", input, dispersion),
    regularity(input),
    disclosure(input),
  ];
}

export interface SignalScore {
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly coverage: number;
  readonly reason: Reason | null;
}

/**
 * Weighted mean over the available signals. The interval squares and adds their distances to the limits (MOVER, Zou and Donner
 * 2008), as if the signals erred independently.
 */
export function signalScore(signals: readonly Signal[]): SignalScore {
  const available = signals.flatMap(({ weight, value, low, high }) =>
    value === null ? [] : [{ weight, value, low: low ?? value, high: high ?? value }],
  );
  const weight = available.reduce((sum, signal) => sum + signal.weight, 0);
  const coverage = weight / Object.values(signalWeights).reduce((sum, each) => sum + each, 0);
  if (coverage < minimumCoverage) {
    return { value: null, low: null, high: null, coverage, reason: weakestReason(signals) };
  }
  const value = available.reduce((sum, signal) => sum + signal.weight * signal.value, 0) / weight;
  const spread = (distance: (signal: (typeof available)[number]) => number) =>
    Math.hypot(...available.map((signal) => (signal.weight * distance(signal)) / weight));
  return {
    value,
    low: Math.max(0, value - spread((signal) => signal.value - signal.low)),
    high: Math.min(100, value + spread((signal) => signal.high - signal.value)),
    coverage,
    reason: null,
  };
}

/** By rule, in the words of the contract: data/contract/datasets/creators.ts. */
export function verdictOf(
  score: number | null,
  unexplainedJumps: number,
): "fits" | "unclear" | "does not fit" | "not scored" {
  if (score === null) return "not scored";
  if (score < 40 || unexplainedJumps >= 2) return "does not fit";
  return score >= 60 && unexplainedJumps === 0 ? "fits" : "unclear";
}

/** The reason that most of the missing weight shares. */
function weakestReason(signals: readonly Signal[]): Reason {
  const weights = new Map<Reason, number>();
  for (const { reason, weight } of signals)
    if (reason) weights.set(reason, (weights.get(reason) ?? 0) + weight);
  const [first] = [...weights].sort((a, b) => b[1] - a[1]);
  return first?.[0] ?? "too_few";
}

function missing(signal: SignalName, reason: Reason, n: number, raw: number | null = null): Signal {
  return { signal, weight: signalWeights[signal], value: null, low: null, high: null, raw, n, reason };
}

/** Two-sided plausibility among the size peers, with the interval that resampled posts give. */
function plausible(
  signal: SignalName,
  measure: Measure,
  { rated, rateReason, peers, random }: SignalInput,
  measureOf: (rated: readonly Rated[]) => number | null,
): Signal {
  const n = rated.length;
  if (n < minimumRatedPosts) return missing(signal, rateReason ?? "too_few", n);
  const own = measureOf(rated);
  if (own === null) return missing(signal, "not_collected", n);
  const among = peerValues(peers, measure);
  // The contract shows a percentile behind the plausibility of the engagement rate, and the measure itself behind the others.
  const rawOf = (value: number) => (measure === "engagement_rate" ? percentileRank(value, among) : value);
  if (among.length === 0) return missing(signal, "too_few", n, measure === "engagement_rate" ? null : own);
  const interval = bootstrap(rated, (sample) => plausibilityAmong(measureOf(sample) ?? own, among), random, {
    draws: bootstrapDraws,
  });
  const value = plausibilityAmong(own, among);
  // A plausibility near its peak can only fall, so the draws may lie wholly below the value itself.
  return {
    signal,
    weight: signalWeights[signal],
    value,
    low: Math.min(value, interval.low),
    high: Math.max(value, interval.high),
    raw: rawOf(own),
    n,
    reason: null,
  };
}

function growthSignal({ growth, followersSeen, random }: SignalInput): Signal {
  if (!growth) return missing("growth_integrity", followersSeen ? "too_few" : "not_collected", 0);
  const weeks = Array.from({ length: growth.weeks }, (_, index) => (index < growth.unexplained ? 1 : 0));
  const share = (sample: readonly number[]) => sample.reduce((sum, jump) => sum + jump, 0) / sample.length;
  const interval = bootstrap<number>(weeks, (sample) => integrityOf(share(sample)), random, {
    draws: bootstrapDraws,
  });
  return {
    signal: "growth_integrity",
    weight: signalWeights.growth_integrity,
    value: growth.value,
    ...interval,
    raw: growth.unexplained,
    n: growth.weeks,
    reason: null,
  };
}

function regularity({ weeksCollected, weeksWithPost }: SignalInput): Signal {
  if (weeksCollected < regularityWeeks / 2) return missing("posting_regularity", "too_few", weeksCollected);
  return shareSignal("posting_regularity", weeksWithPost, weeksCollected, weeksWithPost);
}

function disclosure({ posts365 }: SignalInput): Signal {
  const looking = posts365.filter((post) => post.is_paid || post.looks_paid);
  if (looking.length < minimumPaidLooking) return missing("disclosure_hygiene", "too_few", looking.length);
  const disclosed = looking.filter((post) => post.is_paid).length;
  return shareSignal("disclosure_hygiene", disclosed, looking.length, disclosed / looking.length);
}

function shareSignal(signal: SignalName, successes: number, n: number, raw: number): Signal {
  const { low, high } = wilson(successes, n);
  return {
    signal,
    weight: signalWeights[signal],
    value: (100 * successes) / n,
    low: 100 * low,
    high: 100 * high,
    raw,
    n,
    reason: null,
  };
}
