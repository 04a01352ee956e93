// The authenticity signals in words: name, what is measured, and how the raw number reads.
import type { DatasetRow } from "./data.ts";
import { amount, count, share } from "./format.ts";

type Signal = DatasetRow<"creator_signals">;

export const signalWords: Readonly<
  Record<Signal["signal"], { name: string; asks: string; reads: (raw: number, n: number) => string }>
> = {
  er_plausibility: {
    name: "Engagement plausibility",
    asks: "Is engagement usual for accounts of this size? Too high loses as many points as too low.",
    reads: (raw) => `percentile ${amount(raw)} of size peers`,
  },
  growth_integrity: {
    name: "Growth integrity",
    asks: "Did followers jump in weeks without a viral post or a known event?",
    reads: (raw, n) => `${count(raw)} unexplained in ${count(n)} weeks`,
  },
  comment_like_ratio: {
    name: "Comments per like",
    asks: "Do comments and likes stand in the usual proportion?",
    reads: (raw) => `${amount(raw * 100)} per 100 likes`,
  },
  consistency: {
    name: "Consistency",
    asks: "Does engagement vary from post to post as it usually does?",
    reads: (raw) => `spread ${share(raw)} of the median`,
  },
  posting_regularity: {
    name: "Posting regularity",
    asks: "In how many weeks was there a post?",
    reads: (raw, n) => `${count(raw)} of ${count(n)} weeks`,
  },
  disclosure_hygiene: {
    name: "Disclosure hygiene",
    asks: "Are paid posts disclosed the way the market’s law asks?",
    reads: (raw) => `${share(raw)} disclosed`,
  },
};

export const tierWords: Readonly<Record<NonNullable<DatasetRow<"creators">["tier"]>, string>> = {
  nano: "nano, under 10,000",
  micro: "micro, 10,000 to 50,000",
  mid: "mid, 50,000 to 250,000",
  macro: "macro, 250,000 to 1 million",
  mega: "mega, above 1 million",
};

/** What a verdict rests on, in one sentence. */
export const verdictRules: Readonly<Record<DatasetRow<"creators">["verdict"], string>> = {
  fits: "Signals of 60 or more, and no unexplained follower jump.",
  unclear: "Signals between 40 and 60, or one unexplained follower jump.",
  "does not fit": "Signals under 40, or two or more unexplained follower jumps.",
  "not scored": "Under 60% of the signals’ weight could be measured.",
};

/** Engagement rate by followers or by views, whichever the platform allows; the two never compare. */
export function engagementOf(creator: DatasetRow<"creators">) {
  const byViews = creator.er_followers === null && creator.er_views !== null;
  return byViews
    ? {
        metric: "er_views",
        by: "views",
        value: creator.er_views,
        low: creator.er_views_low,
        high: creator.er_views_high,
      }
    : {
        metric: "er_followers",
        by: "followers",
        value: creator.er_followers,
        low: creator.er_followers_low,
        high: creator.er_followers_high,
      };
}
