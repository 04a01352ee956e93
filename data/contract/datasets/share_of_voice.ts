// Who is talked about: share of voice over 13 weeks.
import { z } from "zod";
import * as c from "../columns.ts";
import { defineDataset } from "../dataset.ts";

export const shareOfVoice = defineDataset("share_of_voice", {
  title: "Share of voice",
  description:
    "Each brand's share of all brand mentions over 13 weeks, with interval and change against the 13 weeks before.",
  grain: "One row per edition, market and brand.",
  key: ["edition", "market", "brand"],
  version: "1.0.0",
  limits: ["Shares of the competitor set, not of the market."],
  columns: {
    edition: c.edition,
    market: c.market,
    brand: c.id("Brand, as in the publication."),
    title: c.text("Name of the brand."),
    period_start: c.day("First day of the 13 weeks."),
    period_end: c.day("Last day of the 13 weeks."),
    mentions_full: c.count("Posts that name the brand."),
    mentions_fractional: c.measure("The same, each post counted 1 / brands named.", "posts"),
    n: c.count("Posts that name any brand of the set."),
    share: c.ratio("Fractional share of voice.", "share_of_voice").nullable(),
    share_low: c.low("share"),
    share_high: c.high("share"),
    share_full: c.ratio("Full share of voice: mentions over the sum of all brands' mentions.").nullable(),
    previous_share: c.ratio("Fractional share in the 13 weeks before.").nullable(),
    change: c.measure("share − previous_share.", "ratio", "share_of_voice_change").nullable(),
    change_low: c.low("change"),
    change_high: c.high("change"),
    paid_share: c.ratio("Paid posts over posts that name the brand.").nullable(),
    net_sentiment: c.measure("Net sentiment of posts that name the brand.", "ratio −1 to 1").nullable(),
    net_sentiment_low: c.low("net_sentiment"),
    net_sentiment_high: c.high("net_sentiment"),
    rank: z.int().min(1).nullable().meta({ description: "Rank by share in the market.", unit: "rank" }),
    reason: c.reason,
    provenance: c.provenance,
  },
});
