// Engagement rates by size of account: our own medians, beside what vendors publish.
import { z } from "zod";
import * as c from "../columns.ts";
import { defineDataset } from "../dataset.ts";

export const engagementTiers = defineDataset("engagement_tiers", {
  title: "Engagement by tier",
  description:
    "Median engagement rate of observed accounts by tier of followers, market and platform, beside the newest published benchmark.",
  grain: "One row per edition, platform, market and tier.",
  key: ["edition", "platform", "market", "tier"],
  version: "1.0.0",
  limits: [
    "Accounts with ten posts in 60 days and a known size: those we collect, not all there are.",
    "Benchmarks are vendors’ figures; they differ threefold between years and definitions.",
    "Rates by followers and rates by views do not compare.",
  ],
  columns: {
    edition: c.edition,
    platform: c.text("Platform."),
    market: c.market,
    tier: z.enum(["nano", "micro", "mid", "macro", "mega"]).meta({
      description: "By followers: under 10k, 50k, 250k, 1M, above.",
    }),
    rate_by: z.enum(["followers", "views"]).meta({
      description:
        "followers: median of (likes + comments) / followers; views: Σ(likes + comments) / Σ views.",
    }),
    accounts: c.count("Accounts of the tier.", "accounts"),
    posts: c.count("Their posts in 60 days."),
    rate: c.measure("Median over accounts.", "ratio", "engagement_tier").nullable(),
    rate_low: c.low("rate"),
    rate_high: c.high("rate"),
    benchmark: c.measure("The newest published figure for the tier.", "ratio").nullable(),
    benchmark_source: c.text("Who published it.").nullable(),
    benchmark_date: c.day("The date it speaks of.").nullable(),
    reason: c.reason,
    provenance: c.provenance,
  },
});
