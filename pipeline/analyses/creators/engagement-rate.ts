// How much of an audience reacts: by followers where those are what we see, by views where views are.
import { bootstrap, type Interval } from "../../stats/bootstrap.ts";
import { median } from "../../stats/median.ts";
import { quantileSorted } from "../../stats/quantile.ts";

/** Days before the end of the last complete week. */
export const windowDays = 60;
/** Posts with visible counts in the window, below which no rate is printed; also posts in 365 days (Traackr's rule). */
export const minimumRatedPosts = 10;
export const minimumFollowers = 2000;
export const bootstrapDraws = 1000;

/** `views`: a ratio of sums, for platforms that show views. The two bases never compare. */
export type Basis = "followers" | "views";

/** Instagram shows no views of pictures; YouTube and TikTok show views of everything. */
export const basisOf = (platform: string): Basis =>
  platform === "youtube" || platform === "tiktok" ? "views" : "followers";

/** One post as the rates need it. */
export interface CountedPost {
  readonly posted_at: string;
  readonly format: string;
  readonly likes: number | null;
  readonly comments: number | null;
  readonly views: number | null;
  /** Likes + comments; null when likes are hidden or missing. */
  readonly engagement: number | null;
  readonly likes_hidden: boolean;
  /** Followers of the account when the post was last collected, or the nearest count we have. */
  readonly followers: number | null;
  readonly is_paid: boolean;
  readonly brands: number;
  readonly looks_paid: boolean;
}

/** Reactions over the audience they came from. */
export interface Rated {
  readonly engagement: number;
  readonly audience: number;
  readonly post: CountedPost;
}

/** Posts whose reactions and audience are both known. A hidden count is not a zero, so it is dropped. */
export function ratedPosts(posts: readonly CountedPost[], basis: Basis): Rated[] {
  return posts.flatMap((post) => {
    const audience = basis === "views" ? post.views : post.followers;
    return post.engagement === null || audience === null || audience <= 0
      ? []
      : [{ engagement: post.engagement, audience, post }];
  });
}

export const rateOfPost = ({ engagement, audience }: Rated): number => engagement / audience;

/** Median over posts by followers (a viral post must not carry it); Σ/Σ by views (a post nobody saw must not). Throws on no posts. */
export function engagementRate(rated: readonly Rated[], basis: Basis): number {
  if (basis === "followers") return median(rated.map(rateOfPost));
  const engagement = rated.reduce((sum, post) => sum + post.engagement, 0);
  return engagement / rated.reduce((sum, post) => sum + post.audience, 0);
}

export interface Estimate extends Interval {
  readonly value: number;
}

export function engagementEstimate(
  rated: readonly Rated[],
  basis: Basis,
  random: () => number,
): Estimate | null {
  if (rated.length < minimumRatedPosts) return null;
  const interval = bootstrap(rated, (sample) => engagementRate(sample, basis), random, {
    draws: bootstrapDraws,
  });
  return { value: engagementRate(rated, basis), ...interval };
}

/** Comments per like; null when nobody liked anything. */
export function commentsPerLike(rated: readonly Rated[]): number | null {
  const likes = rated.reduce((sum, { post }) => sum + (post.likes ?? 0), 0);
  return likes > 0 ? rated.reduce((sum, { post }) => sum + (post.comments ?? 0), 0) / likes : null;
}

/** 1.4826 · MAD / median of the posts' rates: how unlike each other an account's posts do. Null when the median is zero. */
export function dispersion(rated: readonly Rated[]): number | null {
  const rates = rated.map(rateOfPost);
  const centre = median(rates);
  return centre > 0 ? (1.4826 * median(rates.map((rate) => Math.abs(rate - centre)))) / centre : null;
}

/** Median rate of paid posts over that of organic ones, in %, after Modash; needs `minimumEach` of both. */
export const minimumEach = 5;
export function paidPerformance(rated: readonly Rated[], random: () => number): Estimate | null {
  const paid = rated.filter(({ post }) => post.is_paid).map(rateOfPost);
  const organic = rated.filter(({ post }) => !post.is_paid).map(rateOfPost);
  if (paid.length < minimumEach || organic.length < minimumEach || median(organic) === 0) return null;
  // The two groups are resampled apart, so that each keeps its size.
  const redraw = (values: readonly number[]) =>
    median(values.map(() => values[Math.floor(random() * values.length)] as number));
  const draws = Float64Array.from(
    { length: bootstrapDraws },
    () => (100 * redraw(paid)) / (redraw(organic) || median(organic)),
  ).sort();
  return {
    value: (100 * median(paid)) / median(organic),
    low: quantileSorted(draws, 0.025),
    high: quantileSorted(draws, 0.975),
  };
}
