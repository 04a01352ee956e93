// Share of voice of a fixed set of brands: counts in, shares with intervals out.
import { minimumAuthors, minimumPosts, type Reason } from "../../../data/contract/columns.ts";
import type { Cluster } from "../../stats/clustered-shares.ts";
import { clusteredNetSentiment } from "../../stats/net-sentiment.ts";
import { newcombe } from "../../stats/newcombe.ts";
import { wilson } from "../../stats/wilson.ts";

/** Weeks of a period; it is compared with the same number of weeks before. */
export const periodWeeks = 13;

/** Posts of a market and period that name a brand. */
export interface BrandCount {
  readonly brand: string;
  readonly title: string;
  /** Posts that name it. */
  readonly full: number;
  /** The same, each post counted 1 / brands of the set it names. */
  readonly fractional: number;
  readonly paid: number;
  /** Positive, neutral and negative posts of each author; a post whose author no source names is an author of its own. */
  readonly voices: readonly Cluster[];
}

export interface Period {
  /** Posts that name any brand of the set. */
  readonly posts: number;
  /** Their distinct authors where named; null where no source names any. */
  readonly authors: number | null;
  readonly postsWithoutAuthor: number;
  readonly brands: readonly BrandCount[];
}

export interface Estimate {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

export interface BrandShare {
  readonly count: BrandCount;
  readonly share: Estimate | null;
  readonly shareFull: number | null;
  readonly previousShare: number | null;
  readonly change: Estimate | null;
  /** Why there is no change, when there is a share. */
  readonly changeReason: Reason | null;
  readonly paid: Estimate | null;
  readonly sentiment: (Estimate & { n: number }) | null;
  /** Why there is no sentiment, when there are shares. */
  readonly sentimentReason: Reason | null;
  readonly rank: number | null;
}

/** Why a period's shares are withheld; null when they may be said. */
export function reasonOf(period: Period | undefined): Reason | null {
  if (!period || period.posts < minimumPosts) return "too_few";
  const { authors, postsWithoutAuthor } = period;
  return authors !== null && authors < minimumAuthors && postsWithoutAuthor < minimumPosts
    ? "withheld_privacy"
    : null;
}

/**
 * Shares of all brands in a market, in the order given; ranks by share, ties by brand.
 * A post that names k brands counts 1/k for each, so the shares sum to one; the full share counts it once for each and divides by all mentions.
 */
export function brandShares(now: Period, before: Period | undefined): BrandShare[] {
  const withheld = reasonOf(now) !== null;
  const withheldBefore = reasonOf(before);
  const allMentions = now.brands.reduce((sum, { full }) => sum + full, 0);
  const ranked = [...now.brands].sort((a, b) => b.fractional - a.fractional || (a.brand < b.brand ? -1 : 1));
  return now.brands.map((count) => {
    if (withheld) return { count, ...nothing };
    const earlier = before?.brands.find(({ brand }) => brand === count.brand)?.fractional ?? 0;
    const comparable = before && withheldBefore === null ? before : null;
    return {
      count,
      share: { value: count.fractional / now.posts, ...wilson(count.fractional, now.posts) },
      shareFull: allMentions === 0 ? null : count.full / allMentions,
      previousShare: comparable && earlier / comparable.posts,
      change: comparable && changeOf(count.fractional, now.posts, earlier, comparable.posts),
      changeReason: withheldBefore,
      paid:
        count.full < minimumPosts
          ? null
          : { value: count.paid / count.full, ...wilson(count.paid, count.full) },
      ...sentimentOf(count),
      rank: ranked.indexOf(count) + 1,
    };
  });
}

const nothing = {
  share: null,
  shareFull: null,
  previousShare: null,
  change: null,
  changeReason: null,
  paid: null,
  sentiment: null,
  sentimentReason: null,
  rank: null,
} as const;

function changeOf(mentions: number, posts: number, mentionsBefore: number, postsBefore: number): Estimate {
  const { difference, low, high } = newcombe(
    { successes: mentions, n: posts },
    { successes: mentionsBefore, n: postsBefore },
  );
  return { value: difference, low, high };
}

/** Over authors, as the sentiment of a market is: one who writes thirty times about a brand is not thirty opinions of it. */
function sentimentOf({ voices }: BrandCount): Pick<BrandShare, "sentiment" | "sentimentReason"> {
  const total = (of: (voice: Cluster) => number) => voices.reduce((sum, voice) => sum + of(voice), 0);
  const posts = total(({ counts, times }) => times * counts.reduce((sum, count) => sum + count, 0));
  if (posts < minimumPosts) return { sentiment: null, sentimentReason: "too_few" };
  if (total(({ times }) => times) < minimumAuthors)
    return { sentiment: null, sentimentReason: "withheld_privacy" };
  return { sentiment: clusteredNetSentiment(voices), sentimentReason: null };
}
