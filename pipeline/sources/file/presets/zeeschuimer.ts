// Zeeschuimer's NDJSON: what the platform's own page received, wrapped with the time of capture. 4CAT's NDJSON lacks the wrap.
import type { Preset } from "./preset.ts";

const instagram = (at: string): Preset["mapping"] => ({
  post_id: { column: `${at}code` },
  posted_at: { column: `${at}taken_at`, date: "unix_s" },
  platform: { constant: "instagram" },
  author_id: { column: `${at}user.pk` },
  author_handle: { column: `${at}user.username` },
  text: { column: `${at}caption.text` },
  media_type: { column: `${at}media_type` },
  likes: { column: `${at}like_count`, hidden: -1 },
  comments: { column: `${at}comment_count`, hidden: -1 },
  views: { column: `${at}play_count` },
  likes_hidden: { column: `${at}like_and_view_counts_disabled` },
  paid_partnership: { column: `${at}is_paid_partnership` },
});

const tiktok = (at: string): Preset["mapping"] => ({
  post_id: { column: `${at}id` },
  posted_at: { column: `${at}createTime`, date: "unix_s" },
  platform: { constant: "tiktok" },
  market: { column: `${at}locationCreated` },
  author_id: { column: `${at}author.id` },
  author_handle: { column: `${at}author.uniqueId` },
  text: { column: `${at}desc` },
  tags: { column: `${at}challenges.*.title` },
  language_hint: { column: `${at}textLanguage` },
  media_type: { constant: "video" },
  likes: { column: `${at}stats.diggCount` },
  comments: { column: `${at}stats.commentCount` },
  views: { column: `${at}stats.playCount` },
  shares: { column: `${at}stats.shareCount` },
  paid_partnership: { column: `${at}isAd` },
  followers: { column: `${at}authorStats.followerCount` },
});

const captured = { column: "timestamp_collected", date: "unix_ms" } as const;

export const presets: readonly Preset[] = [
  {
    id: "zeeschuimer-instagram",
    title: "Zeeschuimer Instagram NDJSON",
    columns: ["timestamp_collected", "source_platform", "data.code", "data.taken_at"],
    mapping: { ...instagram("data."), collected_at: captured },
  },
  {
    id: "zeeschuimer-tiktok",
    title: "Zeeschuimer TikTok NDJSON",
    columns: ["timestamp_collected", "source_platform", "data.createTime", "data.desc"],
    mapping: { ...tiktok("data."), collected_at: captured },
  },
  {
    id: "instagram-items",
    title: "Instagram items NDJSON",
    columns: ["code", "taken_at", "user.username", "like_count"],
    mapping: instagram(""),
  },
  {
    id: "tiktok-items",
    title: "TikTok items NDJSON",
    columns: ["id", "createTime", "desc", "stats.diggCount"],
    mapping: tiktok(""),
  },
];
