// Followers, posts and engagement of each creator, week by week.
import { z } from "zod";
import * as c from "../columns.ts";
import { defineDataset } from "../dataset.ts";

export const creatorWeeks = defineDataset("creator_weeks", {
  title: "Creators by week",
  description: "Followers, follower jumps, posts and median engagement rate of each registry creator.",
  grain: "One row per edition, creator and ISO week.",
  key: ["edition", "creator", "week"],
  version: "1.0.0",
  limits: ["Metrics only; no text of posts."],
  columns: {
    edition: c.edition,
    creator: c.id("Creator."),
    week: c.week,
    followers: c.count("Followers at the count nearest to the end of the week.", "followers").nullable(),
    followers_change: z
      .int()
      .nullable()
      .meta({ description: "Change against the week before.", unit: "followers" }),
    posts: c.count("Posts in the week."),
    er_median: c.measure("Median engagement rate of the week's posts.", "ratio").nullable(),
    jump: c.flag("Robust z of Δ log followers above 5."),
    explained: z
      .boolean()
      .nullable()
      .meta({ description: "A viral post or known event fell in the week; null when there was no jump." }),
    provenance: c.provenance,
  },
});
