// The lines of bronze: what the Graph API answers per item, only the fields that are kept. No names under hashtags, no addresses of pictures.
import { z } from "zod";

const count = z.int().min(0);
/** Text, because a key stands in its place where somebody's texts have expired. */
const account_id = z.string().min(1).nullable();
const id = z.string().regex(/^\d+$/);
const market = z.string().regex(/^[a-z]{2}$/);
/** The Graph API writes `2026-11-20T08:15:32+0000`, which is no ISO 8601 with a colon. */
const graphTime = z
  .string()
  .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+0000$/)
  .refine((time) => Number.isFinite(Date.parse(time)), "no such moment");
const line = { collected_at: z.iso.datetime(), provenance: z.enum(["observed", "synthetic"]) };

const media = {
  id,
  /** Absent where a post has none. */
  caption: z.string().optional(),
  media_type: z.enum(["IMAGE", "VIDEO", "CAROUSEL_ALBUM"]),
  /** Absent when the owner hides likes: not a zero. */
  like_count: count.optional(),
  comments_count: count.optional(),
  /** Absent where the text has expired. */
  permalink: z.url({ protocol: /^https?$/ }).optional(),
  timestamp: graphTime,
};
const product = { media_product_type: z.string().optional() };

export const things = {
  /** Posts under a hashtag; the platform does not say whose. */
  hashtag_media: z.strictObject({
    request: z.strictObject({
      edge: z.enum(["recent_media", "top_media"]),
      market: market.nullable(),
      hashtag: z.string(),
    }),
    ...line,
    item: z.strictObject(media),
  }),
  /** Posts of a creator on the registry. */
  discovery_media: z.strictObject({
    request: z.strictObject({
      edge: z.literal("discovery"),
      market,
      creator: z.string(),
      account_id,
      username: z.string().nullable(),
    }),
    ...line,
    item: z.strictObject({ ...media, ...product, view_count: count.optional() }),
  }),
  /** Posts of the account that asks. */
  own_media: z.strictObject({
    request: z.strictObject({ edge: z.literal("own"), market: market.nullable(), account_id }),
    ...line,
    item: z.strictObject({ ...media, ...product }),
  }),
  /** Profiles of creators on the registry. */
  accounts: z.strictObject({
    request: z.strictObject({ edge: z.literal("discovery"), market, creator: z.string() }),
    ...line,
    item: z.strictObject({
      id: z.string().min(1),
      username: z.string().optional(),
      followers_count: count.optional(),
      follows_count: count.optional(),
      media_count: count.optional(),
    }),
  }),
  /** What only the owner sees of a post; a figure that is absent is unknown. */
  insights: z.strictObject({
    request: z.strictObject({ account_id }),
    ...line,
    item: z.strictObject({
      id,
      views: count.optional(),
      reach: count.optional(),
      likes: count.optional(),
      comments: count.optional(),
      saved: count.optional(),
      shares: count.optional(),
      total_interactions: count.optional(),
    }),
  }),
} as const;

export type Thing = keyof typeof things;
export type Line<T extends Thing> = z.output<(typeof things)[T]>;
