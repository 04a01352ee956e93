// What the source takes in publication.yaml.
import { z } from "zod";
import { liveConfig } from "../../collecting/live-config.ts";

const market = z.string().regex(/^[a-z]{2}$/);

export const Config = z.strictObject({
  ...liveConfig,
  /** Tags per market, without #; where a market has none, its hashtags. */
  tags: z.record(market, z.array(z.string().trim().min(1)).min(1)).default({}),
  /** How far back a search goes at most: after a missed week, or at the first run. */
  look_back_days: z.int().min(1).max(30).default(7),
  /** Days after its publication on which a post is looked at again, for its counts and for whether it is still there. */
  refresh_days: z.int().min(0).max(30).default(28),
  /** Of each tag the youngest posts that are looked at again, once a day. */
  refresh_posts: z.int().min(0).default(500),
  /** The public stream of new and deleted posts; null leaves it alone. */
  jetstream: z
    .strictObject({
      /** v2 has the same events under another path and frame. */
      version: z.enum(["v1", "v2"]).default("v1"),
      /** Where the stream is; its own address otherwise, or beside `base_url`. */
      url: z.url().optional(),
      /** Events that one run reads; the next one goes on from there. */
      most_frames: z.int().positive().default(100_000),
      /** The stream keeps about so many hours. */
      look_back_hours: z.number().positive().max(72).default(24),
      /** Silence after which there is nothing more. */
      idle_ms: z.int().positive().default(2_000),
    })
    .nullable()
    .prefault({}),
});
export type Config = z.output<typeof Config>;
