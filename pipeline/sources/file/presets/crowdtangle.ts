// CrowdTangle's historical CSV (closed in August 2024). Times are US Eastern and carry EST or EDT behind them.
import type { Preset } from "./preset.ts";

const posted = { column: "Post Created", date: ["YYYY-MM-DD HH:mm:ss"], zone: "America/New_York" };

export const presets: readonly Preset[] = [
  {
    id: "crowdtangle-facebook",
    title: "CrowdTangle Facebook CSV",
    columns: ["Facebook Id", "Post Created", "Total Interactions"],
    mapping: {
      post_id: { column: "URL" },
      posted_at: posted,
      platform: { constant: "facebook" },
      market: { column: "Page Admin Top Country" },
      author_id: { column: "Facebook Id" },
      author_handle: { column: "User Name" },
      text: { columns: ["Message", "Link Text", "Description"] },
      media_type: { column: "Type" },
      likes: { column: "Likes" },
      comments: { column: "Comments" },
      views: { column: "Post Views" },
      shares: { column: "Shares" },
      url: { column: "URL" },
      followers: { column: "Followers at Posting" },
    },
  },
  {
    id: "crowdtangle-instagram",
    title: "CrowdTangle Instagram CSV",
    columns: ["Account", "User Name", "Post Created", "Followers at Posting"],
    mapping: {
      post_id: { column: "URL" },
      posted_at: posted,
      platform: { constant: "instagram" },
      author_handle: { column: "User Name" },
      text: { columns: ["Title", "Description"] },
      media_type: { column: "Type" },
      likes: { column: "Likes" },
      comments: { column: "Comments" },
      views: { column: "Views" },
      url: { column: "URL" },
      followers: { column: "Followers at Posting" },
    },
  },
];
