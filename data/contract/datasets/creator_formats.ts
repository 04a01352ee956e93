// Engagement of each creator by format.
import * as c from "../columns.ts";
import { defineDataset } from "../dataset.ts";

export const creatorFormats = defineDataset("creator_formats", {
  title: "Creators by format",
  description: "Median engagement rate of each registry creator by post format over 60 days.",
  grain: "One row per edition, creator and format.",
  key: ["edition", "creator", "format"],
  version: "1.0.0",
  limits: ["By followers on Instagram, by views elsewhere; the two do not compare."],
  columns: {
    edition: c.edition,
    creator: c.id("Creator."),
    format: c.id("image, video, carousel; “all” pools them; “peers” is the median of the size peers."),
    posts: c.count("Posts of 60 days with visible likes."),
    er: c.measure("Engagement rate.", "ratio", "er_followers").nullable(),
    er_low: c.low("er"),
    er_high: c.high("er"),
    reason: c.reason,
    provenance: c.provenance,
  },
});
