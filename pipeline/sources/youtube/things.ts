// The lines of bronze from the YouTube Data API (v3): of each answer the fields that are kept. Titles of channels, thumbnails and the names of
// people who comment are not among them.
import { z } from "zod";

/** The API writes counts as strings. */
const digits = z.string().regex(/^\d+$/);
const common = { collected_at: z.iso.datetime(), provenance: z.enum(["observed", "synthetic"]) };
const market = z
  .string()
  .regex(/^[a-z]{2}$/)
  .nullable();
const videoId = z.string().min(1).max(64);

export const things = {
  /** A sighting of a video; again each day for four weeks, because its counts grow. */
  videos: z.strictObject({
    request: z.strictObject({
      edge: z.enum(["search", "channel", "refresh"]),
      market,
      query: z.string().nullable(),
    }),
    ...common,
    item: z.strictObject({
      id: videoId,
      snippet: z.strictObject({
        publishedAt: z.iso.datetime(),
        channelId: z.string().nullable(),
        /** Null once the text has expired. */
        title: z.string().nullable(),
        description: z.string().nullable(),
        tags: z.array(z.string()).nullable(),
        categoryId: z.string().nullable(),
        defaultLanguage: z.string().nullable(),
        defaultAudioLanguage: z.string().nullable(),
      }),
      contentDetails: z.strictObject({ duration: z.string().nullable() }),
      statistics: z.strictObject({
        viewCount: digits.nullable(),
        /** Null where the owner hides likes: not a zero. */
        likeCount: digits.nullable(),
        /** Null where comments are off. */
        commentCount: digits.nullable(),
      }),
    }),
  }),
  /** A registry creator's channel, or one whose comments the publication reads. */
  channels: z.strictObject({
    request: z.strictObject({ edge: z.literal("channel"), market }),
    ...common,
    item: z.strictObject({
      id: z.string().min(1),
      snippet: z.strictObject({ customUrl: z.string().nullable() }),
      statistics: z.strictObject({
        viewCount: digits.nullable(),
        /** Rounded to three digits by YouTube; null where hidden. */
        subscriberCount: digits.nullable(),
        hiddenSubscriberCount: z.boolean(),
        videoCount: digits.nullable(),
      }),
    }),
  }),
  /** First comments under a video, without the replies to them. */
  comments: z.strictObject({
    request: z.strictObject({ edge: z.literal("comments"), market, video_id: videoId }),
    ...common,
    item: z.strictObject({
      id: z.string().min(1),
      text: z.string().nullable(),
      likeCount: z.int().min(0).nullable(),
      totalReplyCount: z.int().min(0).nullable(),
      publishedAt: z.iso.datetime(),
      updatedAt: z.iso.datetime().nullable(),
      authorChannelId: z.string().nullable(),
    }),
  }),
} as const;

export type Videos = z.output<typeof things.videos>;
export type Channels = z.output<typeof things.channels>;
export type Comments = z.output<typeof things.comments>;
