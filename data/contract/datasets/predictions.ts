// What a creator's next post may be expected to get, by format and time of the week.
import { z } from "zod";
import * as c from "../columns.ts";
import { defineDataset } from "../dataset.ts";

export const predictions = defineDataset("predictions", {
  title: "Predicted performance",
  description:
    "Quantiles of likes + comments of a creator's next post, by format, weekday and hour, with the band that eight in ten posts should fall into.",
  grain: "One row per edition, creator, format, weekday and block of four hours.",
  key: ["edition", "creator", "format", "weekday", "hour_from"],
  version: "1.0.0",
  limits: [
    "Unpaid posts in the seven days after the edition's last week; hours are UTC.",
    "The picture, the topic and the words of the post are not known to it.",
    "What goes with an hour need not come from the hour.",
  ],
  columns: {
    edition: c.edition,
    creator: c.id("Creator who would publish it."),
    market: c.market,
    platform: c.text("Platform of the account."),
    format: c.text("image, carousel or video: formats the creator used in the last 180 days."),
    weekday: z.int().min(1).max(7).meta({ description: "ISO weekday, 1 = Monday, in UTC." }),
    hour_from: z
      .int()
      .min(0)
      .max(20)
      .meta({ description: "First hour of the block of four, in UTC.", unit: "hour" }),
    p10: c.measure("One post in ten gets less.", "likes + comments"),
    p50: c.measure("Half of all posts get less.", "likes + comments", "predicted_engagement"),
    p90: c.measure("One post in ten gets more.", "likes + comments"),
    predicted_likes: c.measure("p50 times the creator's median share of likes.", "likes").nullable(),
    predicted_comments: c.measure("p50 less predicted_likes.", "comments").nullable(),
    predicted_engagement_rate: c
      .measure("p50 over followers; null without a follower count.", "ratio")
      .nullable(),
    predicted_reach: c.measure("Null: reach is shown to the account owner only.", "accounts").nullable(),
    median_views: c
      .measure(
        "Median views of the creator's posts in this format; null under ten posts with known views.",
        "views",
      )
      .nullable(),
    cost_low: c
      .measure(
        "median_views at the low end of the dated price of creators' posts; null without either.",
        "USD",
      )
      .nullable(),
    cost_high: c.measure("The same at the high end.", "USD").nullable(),
    posts: c.count("Posts of the creator in this format in 180 days."),
    provenance: c.provenance,
  },
});
