// How posts of each format do.
import * as c from "../columns.ts";
import { defineDataset } from "../dataset.ts";

export const engagement = defineDataset("engagement", {
  title: "Engagement by format",
  description: "Median engagement of posts by market, platform and format over 60 days.",
  grain: "One row per edition, market, platform and format.",
  key: ["edition", "market", "platform", "format"],
  version: "1.0.0",
  limits: ["Posts with hidden likes are left out, and their share is shown."],
  columns: {
    edition: c.edition,
    market: c.market,
    platform: c.id("Platform; “all” pools them."),
    format: c.id("image, video, carousel, text, review, other; “all” pools them."),
    posts: c.count("Posts of the last 60 days."),
    posts_used: c.count("Posts with visible likes."),
    engagement_median: c
      .measure("Median of likes + comments.", "likes + comments", "engagement_median")
      .nullable(),
    engagement_low: c.low("engagement_median"),
    engagement_high: c.high("engagement_median"),
    er_views: c
      .measure("Σ(likes + comments) / Σ views, where views are given.", "ratio", "er_views")
      .nullable(),
    likes_hidden_share: c.ratio("Posts with hidden likes over posts.", "likes_hidden_share").nullable(),
    reason: c.reason,
    provenance: c.provenance,
  },
});
