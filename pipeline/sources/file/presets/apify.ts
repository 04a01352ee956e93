// Apify's Instagram scraper, JSON or CSV (which flattens lists as hashtags/0). Likes of minus one are hidden by the owner.
import type { Preset } from "./preset.ts";

export const presets: readonly Preset[] = [
  {
    id: "apify-instagram",
    title: "Apify Instagram scraper",
    columns: ["shortCode", "ownerUsername", "timestamp", "likesCount"],
    mapping: {
      post_id: { column: "shortCode" },
      posted_at: { column: "timestamp", date: "iso" },
      platform: { constant: "instagram" },
      author_id: { column: "ownerId" },
      author_handle: { column: "ownerUsername" },
      text: { column: "caption" },
      tags: { column: "hashtags" },
      media_type: { column: "type" },
      likes: { column: "likesCount", hidden: -1 },
      comments: { column: "commentsCount", hidden: -1 },
      views: { column: "videoViewCount" },
      paid_partnership: { column: "isSponsored" },
      url: { column: "url" },
    },
  },
];
