// The grid a planner asks: each creator's formats by weekday and block of four hours, in the week after the edition's last.
import { median } from "../../stats/median.ts";
import type { Predictor } from "./model.ts";
import type { Cost, Creator, CreatorPost } from "./read.ts";

export const blockHours = 4;
/** Posts in the window below which a creator gets no prediction, as for the engagement rate. */
export const minimumPosts = 10;
/** Posts in a format before it counts as one the creator uses. */
export const minimumFormatPosts = 2;
/** Share of posts inside the band. */
export const bandShare = 0.8;

export interface Cell {
  readonly creator: string;
  readonly market: string;
  readonly platform: string;
  readonly format: string;
  readonly weekday: number;
  readonly hour_from: number;
  readonly p10: number;
  readonly p50: number;
  readonly p90: number;
  readonly predicted_likes: number | null;
  readonly predicted_comments: number | null;
  readonly predicted_engagement_rate: number | null;
  readonly predicted_reach: null;
  readonly median_views: number | null;
  readonly cost_low: number | null;
  readonly cost_high: number | null;
  readonly posts: number;
}

/** `from` is the first instant after the edition's last week, a Monday 00:00 UTC. */
export function cellsOf(
  creator: Creator,
  posts: readonly CreatorPost[],
  { predict }: Predictor,
  from: number,
  costs: readonly Cost[] = [],
): Cell[] {
  if (posts.length < minimumPosts) return [];
  const shares = posts.flatMap(({ likesShare }) => likesShare ?? []);
  const likes = shares.length >= minimumPosts ? median(shares) : null;
  return [...Map.groupBy(posts, ({ format }) => format)]
    .filter(([, own]) => own.length >= minimumFormatPosts)
    .flatMap(([format, own]) => {
      const cost = costs.find(
        (one) => one.creator === creator.creator && one.format === format && one.viewed >= minimumPosts,
      );
      return grid.map(({ weekday, hour_from }): Cell => {
        const hour = hour_from + blockHours / 2;
        const at = from + ((weekday - 1) * 24 + hour) * 3_600_000;
        const { low, middle, high } = predict(
          {
            account: creator.creator,
            at,
            hour,
            weekday,
            format,
            followers: creator.followers,
            numbers: {},
            categories: { platform: creator.platform, market: creator.market, paid: "unpaid" },
          },
          bandShare,
        );
        const predicted_likes = likes === null ? null : middle * likes;
        return {
          creator: creator.creator,
          market: creator.market,
          platform: creator.platform,
          format,
          weekday,
          hour_from,
          p10: low,
          p50: middle,
          p90: high,
          predicted_likes,
          predicted_comments: predicted_likes === null ? null : middle - predicted_likes,
          predicted_engagement_rate: creator.followers === null ? null : middle / creator.followers,
          predicted_reach: null,
          median_views: cost?.medianViews ?? null,
          cost_low: cost?.low ?? null,
          cost_high: cost?.high ?? null,
          posts: own.length,
        };
      });
    });
}

const grid = Array.from({ length: 7 * (24 / blockHours) }, (_, i) => ({
  weekday: 1 + Math.floor(i / (24 / blockHours)),
  hour_from: (i % (24 / blockHours)) * blockHours,
}));
