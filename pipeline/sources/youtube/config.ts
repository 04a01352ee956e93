// What the source takes in publication.yaml.
import { z } from "zod";
import { daily } from "../../collecting/live-config.ts";

const market = z.string().regex(/^[a-z]{2}$/);

export const Config = z.strictObject({
  ...daily,
  /** Words searched for, per market; where a market has none, its first five hashtags. */
  queries: z.record(market, z.array(z.string().trim().min(1)).min(1)).default({}),
  /** Search has a bucket of its own, counted from midnight in California; every page is a call. */
  search_calls_per_day: z.int().positive().default(100),
  /** Everything else, one unit a call. */
  units_per_day: z.int().positive().default(10_000),
  /** How far back a search goes at most: after a missed week, or at the first run. */
  look_back_days: z.int().min(1).max(28).default(7),
  /** Days after its publication on which a video is looked at again, for its counts and for whether it is still there. */
  refresh_days: z.int().min(0).max(30).default(28),
  /** Channels besides the registry's, one's own and competitors', whose videos and comments are read: `@handle` or `UC…`. */
  comment_channels: z
    .array(z.strictObject({ channel: z.string().regex(/^(@\S+|UC\S+)$/), market }))
    .default([]),
  /** Of each channel the newest videos whose comments are read in a run; 0 reads none. */
  comment_videos: z.int().min(0).default(10),
  /** Pages of a hundred comments a video and run. */
  comment_pages: z.int().positive().default(2),
});
export type Config = z.output<typeof Config>;
