// Accepted rows of the file source: what stands in bronze, one JSON object a line. An absent field is unknown.
import { z } from "zod";

const count = z.int().min(0).optional();
const word = z.string().optional();

export const PostRow = z.object({
  platform: z.string().min(1),
  post_id: z.string().min(1),
  market: z.string().length(2),
  posted_at: z.iso.datetime(),
  collected_at: z.iso.datetime().optional(),
  author_id: word,
  author_handle: word,
  text: word,
  tags: z.array(z.string()).optional(),
  language_hint: word,
  media_type: z.enum(["image", "video", "carousel", "text", "review", "other"]),
  likes: count,
  comments: count,
  views: count,
  shares: count,
  likes_hidden: z.boolean().optional(),
  rating: z.number().optional(),
  paid_partnership: z.boolean().optional(),
  url: word,
  followers: count,
});
export type PostRow = z.output<typeof PostRow>;

export const AccountRow = z.object({
  platform: z.string().min(1),
  account_id: z.string().min(1),
  account_handle: word,
  collected_at: z.iso.datetime(),
  followers: z.int().min(0),
  following: count,
  posts_total: count,
});
export type AccountRow = z.output<typeof AccountRow>;

/** Files know nothing of collector runs; the empty table keeps its shape for the models. */
export const RunRow = z.object({
  platform: z.string(),
  market: z.string(),
  scheduled_at: z.iso.datetime(),
  succeeded: z.boolean(),
});
