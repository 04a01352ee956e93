// One creator's published rows, from posts and follower counts. Everything here is a pure function of what was read.
import type { Provenance, Reason } from "../../../data/contract/columns.ts";
import { percentileRank } from "../../stats/percentile-rank.ts";
import {
  type Basis,
  basisOf,
  type CountedPost,
  commentsPerLike,
  dispersion,
  type Estimate,
  engagementEstimate,
  engagementRate,
  minimumFollowers,
  minimumRatedPosts,
  paidPerformance,
  type Rated,
  ratedPosts,
  windowDays,
} from "./engagement-rate.ts";
import {
  countedWeeks,
  type FollowerWeek,
  followerWeeks,
  type GrowthIntegrity,
  growthIntegrity,
  type Snapshot,
} from "./follower-jumps.ts";
import { type Account, peerValues, sizePeers } from "./peers.ts";
import {
  regularityWeeks,
  type Signal,
  type SignalScore,
  signalScore,
  signalsOf,
  verdictOf,
} from "./signals.ts";

export const yearDays = 365;
/** Weeks over which the posting rate is taken. */
export const cadenceWeeks = 12;
export const growthDays = 90;
/** How much older than 90 days the count to compare with may be: a missed week or two. */
export const growthSlackDays = 14;

const dayMs = 86_400_000;

export interface Registered {
  readonly creator: string;
  readonly name: string;
  readonly platform: string;
  readonly handle: string;
  readonly market: string;
  readonly language: string;
  readonly category: string;
  readonly registered_on: string;
  readonly reason: string;
  readonly basis: string;
  readonly basis_note: string;
  readonly basis_on: string;
}

export interface CreatorWeek {
  readonly week: string;
  readonly collected: boolean;
}

/** What was read about one creator, up to the end of the last complete week. */
export interface Observed {
  readonly creator: Registered;
  readonly posts: readonly CountedPost[];
  readonly snapshots: readonly Snapshot[];
  readonly weeks: readonly CreatorWeek[];
  readonly events: readonly string[];
  readonly provenance: Provenance;
}

/** The first part of a scorecard, which needs no other account; the peers are made of these. */
export interface Measured extends Observed {
  readonly basis: Basis;
  readonly posts60: readonly CountedPost[];
  readonly posts365: readonly CountedPost[];
  readonly rated: readonly Rated[];
  readonly rateReason: Reason | null;
  readonly followers: Snapshot | null;
  readonly account: Account | null;
}

export function measure(observed: Observed, until: string): Measured {
  const basis = basisOf(observed.creator.platform);
  const since = (days: number) =>
    observed.posts.filter(
      (post) => Date.parse(post.posted_at) >= Date.parse(until) - days * dayMs && post.posted_at < until,
    );
  const posts60 = since(windowDays);
  const posts365 = since(yearDays);
  const rated = ratedPosts(posts60, basis);
  const followers =
    [...observed.snapshots].sort((a, b) => (a.collected_at < b.collected_at ? -1 : 1)).at(-1) ?? null;
  const rateReason = rateReasonOf({ basis, posts60, posts365, rated, followers });
  const account: Account | null = followers && {
    account: `creator:${observed.creator.creator}`,
    platform: observed.creator.platform,
    followers: followers.followers,
    engagement_rate: rateReason === null ? engagementRate(rated, basis) : null,
    comments_per_like: rateReason === null ? commentsPerLike(rated) : null,
    dispersion: rateReason === null ? dispersion(rated) : null,
  };
  return { ...observed, basis, posts60, posts365, rated, rateReason, followers, account };
}

export interface Scorecard {
  readonly measured: Measured;
  readonly rate: Estimate | null;
  readonly peers: readonly Account[];
  readonly peerRates: readonly number[];
  readonly percentile: Estimate | null;
  readonly weeks: readonly FollowerWeek[];
  readonly growth: GrowthIntegrity | null;
  readonly growthPct: number | null;
  readonly signals: readonly Signal[];
  readonly score: SignalScore;
  readonly verdict: ReturnType<typeof verdictOf>;
  readonly postsPerWeek: number | null;
  readonly paid: Estimate | null;
}

/** `random` hands out a generator per label, so that one creator's interval does not depend on the others. */
export function scorecard(
  measured: Measured,
  accounts: readonly Account[],
  weekStart: string,
  random: (label: string) => () => number,
): Scorecard {
  const { basis, rated, rateReason } = measured;
  const rate = rateReason === null ? engagementEstimate(rated, basis, random("rate")) : null;
  const peers = measured.account ? sizePeers(measured.account, accounts) : [];
  const peerRates = peerValues(peers, "engagement_rate");
  const weeks = followerWeeks(measured.snapshots, { posts: measured.posts, events: measured.events });
  const growth = growthIntegrity(weeks, daysBefore(weekStart, (countedWeeks - 1) * 7));
  const collected = measured.weeks.filter((week) => week.collected && week.week <= weekStart);
  const posting = new Set(measured.posts.map((post) => mondayBefore(post.posted_at)));
  const half = collected.slice(-regularityWeeks);
  const signals = signalsOf({
    rated: rateReason === null ? rated : [],
    basis,
    rateReason,
    peers,
    growth,
    followersSeen: measured.snapshots.length > 0,
    weeksCollected: half.length,
    weeksWithPost: half.filter(({ week }) => posting.has(week)).length,
    posts365: measured.posts365,
    random: random("signals"),
  });
  const score = signalScore(signals);
  return {
    measured,
    rate,
    peers,
    peerRates,
    percentile: rate && peerRates.length > 0 ? percentileOf(rate, peerRates) : null,
    weeks,
    growth,
    growthPct: growthPct(measured.snapshots),
    signals,
    score,
    verdict: verdictOf(score.value, growth?.unexplained ?? 0),
    postsPerWeek: postsPerWeek(measured.posts, collected),
    paid: paidPerformance(ratedPosts(measured.posts365, basis), random("paid")),
  };
}

/** By followers, as the contract names them. */
export function tierOf(followers: number): "nano" | "micro" | "mid" | "macro" | "mega" {
  if (followers < 10_000) return "nano";
  if (followers < 50_000) return "micro";
  if (followers < 250_000) return "mid";
  return followers < 1_000_000 ? "macro" : "mega";
}

/** (F_t − F_{t−90}) / F_{t−90} in %, against the last count at least 90 days older; null when there is none close to that. */
export function growthPct(snapshots: readonly Snapshot[]): number | null {
  const ordered = [...snapshots].sort((a, b) => (a.collected_at < b.collected_at ? -1 : 1));
  const now = ordered.at(-1);
  if (!now) return null;
  const age = (snapshot: Snapshot) =>
    (Date.parse(now.collected_at) - Date.parse(snapshot.collected_at)) / dayMs;
  const then = ordered.findLast((snapshot) => age(snapshot) >= growthDays);
  if (!then || then.followers === 0 || age(then) > growthDays + growthSlackDays) return null;
  return (100 * (now.followers - then.followers)) / then.followers;
}

export function daysBefore(instant: string, days: number): string {
  return new Date(Date.parse(instant) - days * dayMs).toISOString().slice(0, 10);
}

function rateReasonOf({
  basis,
  posts60,
  posts365,
  rated,
  followers,
}: Pick<Measured, "basis" | "posts60" | "posts365" | "rated" | "followers">): Reason | null {
  if (!followers && (basis === "followers" || posts365.length === 0)) return "not_collected";
  if ((followers && followers.followers < minimumFollowers) || posts365.length < minimumRatedPosts)
    return "too_few";
  if (rated.length >= minimumRatedPosts) return null;
  if (posts60.length < minimumRatedPosts) return "too_few";
  const hidden = posts60.filter((post) => post.likes_hidden).length;
  return rated.length + hidden >= minimumRatedPosts ? "hidden_by_owner" : "not_collected";
}

function percentileOf({ value, low, high }: Estimate, among: readonly number[]): Estimate {
  return {
    value: percentileRank(value, among),
    low: percentileRank(low, among),
    high: percentileRank(high, among),
  };
}

/** Over collected weeks alone: a week without a collector run is a gap, not a silence. */
function postsPerWeek(posts: readonly CountedPost[], collected: readonly CreatorWeek[]): number | null {
  const weeks = new Set(collected.slice(-cadenceWeeks).map(({ week }) => week));
  if (weeks.size === 0) return null;
  return posts.filter((post) => weeks.has(mondayBefore(post.posted_at))).length / weeks.size;
}

const mondayBefore = (instant: string): string =>
  daysBefore(instant, (new Date(instant).getUTCDay() + 6) % 7);
