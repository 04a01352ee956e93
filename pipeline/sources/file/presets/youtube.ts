// YouTube: answers of videos.list as they were saved, and the trending tables that many scrapers write from them.
import type { Preset } from "./preset.ts";

const trending = (published: string, id: string, channel: string): Preset["mapping"] => ({
  post_id: { column: id },
  posted_at: { column: published, date: "iso" },
  // Trending scrapers write the day of the list as YY.DD.MM.
  collected_at: { column: "trending_date", date: ["YY.DD.MM", "YYYY-MM-DD"] },
  platform: { constant: "youtube" },
  author_id: { column: "channelId" },
  author_handle: { column: channel },
  text: { columns: ["title", "description"] },
  tags: { column: "tags", separator: "|" },
  media_type: { constant: "video" },
  likes: { column: "likes" },
  comments: { column: "comment_count" },
  views: { column: published === "publishedAt" ? "view_count" : "views" },
  likes_hidden: { column: "ratings_disabled" },
  comments_hidden: { column: "comments_disabled" },
});

export const presets: readonly Preset[] = [
  {
    id: "youtube-videos-list",
    title: "YouTube Data API videos.list",
    columns: ["id", "snippet.publishedAt", "snippet.title"],
    mapping: {
      post_id: { column: "id" },
      posted_at: { column: "snippet.publishedAt", date: "iso" },
      platform: { constant: "youtube" },
      author_id: { column: "snippet.channelId" },
      author_handle: { column: "snippet.channelTitle" },
      text: { columns: ["snippet.title", "snippet.description"] },
      tags: { column: "snippet.tags" },
      language_hint: { column: "snippet.defaultAudioLanguage" },
      media_type: { constant: "video" },
      likes: { column: "statistics.likeCount" },
      comments: { column: "statistics.commentCount" },
      views: { column: "statistics.viewCount" },
      paid_partnership: { column: "paidProductPlacementDetails.hasPaidProductPlacement" },
    },
  },
  {
    id: "youtube-trending",
    title: "YouTube trending CSV",
    columns: ["video_id", "title", "publishedAt", "channelTitle", "view_count"],
    mapping: trending("publishedAt", "video_id", "channelTitle"),
  },
  {
    id: "youtube-trending-kaggle",
    title: "YouTube trending CSV",
    columns: ["video_id", "title", "publish_time", "channel_title", "views"],
    mapping: trending("publish_time", "video_id", "channel_title"),
  },
];
