// The lines of bronze from Bluesky: of each post and profile the fields that are kept. Display names, avatars and what is embedded are not among them.
import { z } from "zod";

const count = z.int().min(0).nullable();
const common = { collected_at: z.iso.datetime(), provenance: z.enum(["observed", "synthetic"]) };
const market = z
  .string()
  .regex(/^[a-z]{2}$/)
  .nullable();
const did = z.string().min(1);

export const things = {
  /** A sighting of a post: found by a tag, by its author, in the stream, or looked at again. */
  posts: z.strictObject({
    request: z.strictObject({
      edge: z.enum(["search", "author", "refresh", "stream"]),
      market,
      tag: z.string().nullable(),
    }),
    ...common,
    item: z.strictObject({
      /** `at://<did>/app.bsky.feed.post/<key>`; a hash of it once the text has expired, since it names the author. */
      uri: z.string().min(1),
      author: z.strictObject({ did: did.nullable(), handle: z.string().nullable() }),
      record: z.strictObject({
        text: z.string().nullable(),
        /** As the author's client says: any time at all. */
        createdAt: z.string().nullable(),
        langs: z.array(z.string()).nullable(),
        tags: z.array(z.string()).nullable(),
        media: z.enum(["text", "image", "carousel", "video", "other"]),
      }),
      /** Absent in the stream, which counts nothing. */
      replyCount: count,
      repostCount: count,
      likeCount: count,
      quoteCount: count,
      /** When the network saw it. */
      indexedAt: z.iso.datetime(),
    }),
  }),
  profiles: z.strictObject({
    request: z.strictObject({ edge: z.literal("profile"), market }),
    ...common,
    item: z.strictObject({
      did,
      handle: z.string().nullable(),
      followersCount: count,
      followsCount: count,
      postsCount: count,
    }),
  }),
} as const;

export type Posts = z.output<typeof things.posts>;
export type Profiles = z.output<typeof things.profiles>;
