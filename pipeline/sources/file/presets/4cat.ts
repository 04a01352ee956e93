// 4CAT's CSV of Instagram and TikTok. Minus one means that the platform did not show the number.
import type { Preset } from "./preset.ts";

export const presets: readonly Preset[] = [
  {
    id: "4cat-instagram",
    title: "4CAT Instagram CSV",
    columns: ["id", "thread_id", "body", "timestamp", "num_likes", "num_comments"],
    mapping: {
      post_id: { column: "id" },
      posted_at: { column: "timestamp", date: "iso" },
      platform: { constant: "instagram" },
      author_id: { column: "author_id" },
      author_handle: { column: "author" },
      text: { column: "body" },
      tags: { column: "hashtags", separator: "," },
      media_type: { column: "media_type" },
      likes: { column: "num_likes", hidden: -1 },
      comments: { column: "num_comments", hidden: -1 },
      views: { column: "play_count", hidden: -1 },
      likes_hidden: { column: "likes_hidden" },
      url: { column: "url" },
    },
  },
  {
    id: "4cat-tiktok",
    title: "4CAT TikTok CSV",
    columns: ["id", "author", "body", "timestamp", "likes", "plays", ["tiktok_url", "music_name"]],
    mapping: {
      post_id: { column: "id" },
      posted_at: { column: "timestamp", date: "iso" },
      platform: { constant: "tiktok" },
      market: { column: "location_created" },
      author_handle: { column: "author" },
      text: { column: "body" },
      tags: { column: "hashtags", separator: "," },
      media_type: { constant: "video" },
      likes: { column: "likes" },
      comments: { column: "comments" },
      views: { column: "plays" },
      shares: { column: "shares" },
      paid_partnership: { column: "is_paid_partnership" },
      url: { column: "tiktok_url" },
      followers: { column: "author_followers" },
    },
  },
];
