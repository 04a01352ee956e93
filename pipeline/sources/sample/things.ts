// The lines of bronze: what the Graph API (v26) and the YouTube Data API (v3) answer per item, each with the request that asked for it.
import { z } from "zod";
import { Account } from "../../accounts/account.ts";

const count = z.int().min(0);
const digits = z.string().regex(/^\d+$/);
/** The Graph API writes `2026-11-20T08:15:32+0000`, which is no ISO 8601 with a colon. */
const graphTime = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+0000$/);
const youtubeTime = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
const collected_at = z.iso.datetime();
const market = z.string().regex(/^[a-z]{2}$/);

export const things = {
  /** Hashtag search shows no author; business discovery lists the media of a known account. */
  instagram_media: z.strictObject({
    request: z.strictObject({
      edge: z.enum(["hashtag", "discovery"]),
      market,
      hashtag: z.string().nullable(),
      account_id: digits.nullable(),
      username: z.string().nullable(),
    }),
    collected_at,
    item: z.strictObject({
      id: digits,
      caption: z.string().optional(),
      media_type: z.enum(["IMAGE", "VIDEO", "CAROUSEL_ALBUM"]),
      media_product_type: z.enum(["FEED", "REELS"]).optional(),
      /** Absent when the owner hides likes: not a zero. */
      like_count: count.optional(),
      comments_count: count,
      view_count: count.optional(),
      permalink: z.url(),
      timestamp: graphTime,
    }),
  }),
  instagram_accounts: z.strictObject({
    request: z.strictObject({ edge: z.literal("discovery"), market, username: z.string() }),
    collected_at,
    item: z.strictObject({
      id: digits,
      username: z.string(),
      name: z.string().optional(),
      followers_count: count,
      follows_count: count,
      media_count: count,
    }),
  }),
  youtube_videos: z.strictObject({
    request: z.strictObject({ edge: z.enum(["channel", "search"]), market, channel_id: z.string() }),
    collected_at,
    item: z.strictObject({
      kind: z.literal("youtube#video"),
      id: z.string().length(11),
      snippet: z.strictObject({
        publishedAt: youtubeTime,
        channelId: z.string(),
        channelTitle: z.string(),
        title: z.string(),
        description: z.string(),
        tags: z.array(z.string()).optional(),
        categoryId: z.string(),
        liveBroadcastContent: z.enum(["none", "live", "upcoming"]),
        defaultAudioLanguage: z.string().optional(),
      }),
      contentDetails: z.strictObject({ duration: z.string().regex(/^PT/) }),
      /** Counts are strings; likes are absent when hidden. */
      statistics: z.strictObject({
        viewCount: digits,
        likeCount: digits.optional(),
        favoriteCount: digits,
        commentCount: digits.optional(),
      }),
    }),
  }),
  youtube_channels: z.strictObject({
    request: z.strictObject({ edge: z.literal("channel"), market, channel_id: z.string() }),
    collected_at,
    item: z.strictObject({
      kind: z.literal("youtube#channel"),
      id: z.string(),
      snippet: z.strictObject({ title: z.string(), customUrl: z.string(), publishedAt: youtubeTime }),
      /** subscriberCount is rounded to three digits, as YouTube shows it. */
      statistics: z.strictObject({
        viewCount: digits,
        subscriberCount: digits,
        hiddenSubscriberCount: z.boolean(),
        videoCount: digits,
      }),
    }),
  }),
  runs: z.strictObject({
    request: z.strictObject({ market, platform: z.enum(["instagram", "youtube"]) }),
    collected_at,
    item: z.strictObject({
      scheduled_at: youtubeTime,
      succeeded: z.boolean(),
      /** Null when the run failed before it could know. */
      pages_available: count.nullable(),
      pages_fetched: count.nullable(),
      hashtags_used: count.nullable(),
      posts_fetched: count.nullable(),
    }),
  }),
  /** No API answers this: it is what an auditor hands over, already without names. */
  followers: z.strictObject({
    request: z.strictObject({
      creator: z.string(),
      auditor: z.string(),
      audited_on: z.iso.date(),
      consent: z.string(),
    }),
    collected_at,
    item: z.strictObject({ follower_key: z.string(), ...Account.shape }),
  }),
} as const;

export type Thing = keyof typeof things;
export type Line<T extends Thing> = z.output<(typeof things)[T]>;
