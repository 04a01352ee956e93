// When a rate over posts may be printed, and what a score is called.
import { minimumAuthors, minimumPosts, type Reason } from "../../../data/contract/columns.ts";

/** Days before the end of the last complete week. `all` reaches back to the first post: old or thin imports have a mood over nothing shorter. */
export const windows = { "7d": 7, "30d": 30, "90d": 90, "365d": 365, all: null } as const;
export type Window = keyof typeof windows;

export interface Base {
  /** Classified posts. */
  readonly n: number;
  /** All posts. */
  readonly posts: number;
  readonly authors: number | null;
  readonly unnamed: number;
}

/** Why a rate over these posts is not printed; null when it is. The author floor binds only where nearly all authors are named. */
export function reasonOf({ n, posts, authors, unnamed }: Base): Reason | null {
  if (posts === 0) return "not_collected";
  if (n < minimumPosts) return "too_few";
  if (authors !== null && authors < minimumAuthors && unnamed < minimumPosts) return "withheld_privacy";
  return null;
}

const bands = ["very negative", "negative", "mixed", "positive", "very positive"] as const;

/** TweetBinder's bands of 20 points; a score on a border belongs to the band above. */
export function bandOf(score: number): (typeof bands)[number] {
  return bands[Math.min(4, Math.floor(score / 20))] as (typeof bands)[number];
}
