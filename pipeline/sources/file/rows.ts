// Accepted rows of the file source: what stands in bronze, one JSON object a line. An absent field is unknown.
import { z } from "zod";

const word = z.string().optional();

const postColumns = <Count extends z.ZodType<number>, Instant extends z.ZodType<string>>(
  count: Count,
  instant: Instant,
) => ({
  platform: z.string().min(1),
  post_id: z.string().min(1),
  market: z.string().length(2),
  posted_at: instant,
  collected_at: instant.optional(),
  author_id: word,
  author_handle: word,
  text: word,
  tags: z.array(z.string()).optional(),
  language_hint: word,
  media_type: z.enum(["image", "video", "carousel", "text", "review", "other"]),
  likes: count.optional(),
  comments: count.optional(),
  views: count.optional(),
  shares: count.optional(),
  likes_hidden: z.boolean().optional(),
  // No scale of ratings reaches a billion; what does is some other number, and would not fit its column.
  rating: z.number().min(-1e9).max(1e9).optional(),
  paid_partnership: z.boolean().optional(),
  url: word,
  followers: count.optional(),
});

const count = z.int().min(0);
const instant = z.iso.datetime();

export const PostRow = z.object(postColumns(count, instant));
export type PostRow = z.output<typeof PostRow>;

/**
 * The check of every line. Counts and instants come out of readers that refuse a bad one by its field's name; checking their
 * ranges again would double the cost of the whole schema.
 */
export const PostLine = z.object(postColumns(z.number(), z.string()));

export const AccountRow = z.object({
  platform: z.string().min(1),
  account_id: z.string().min(1),
  account_handle: word,
  collected_at: instant,
  followers: count,
  following: count.optional(),
  posts_total: count.optional(),
});
export type AccountRow = z.output<typeof AccountRow>;

/** Files know nothing of collector runs; the empty table keeps its shape for the models. */
export const RunRow = z.object({
  platform: z.string(),
  market: z.string(),
  scheduled_at: instant,
  succeeded: z.boolean(),
});
