// What the views of posts about a brand would have cost as advertising: a yardstick of attention, never a return.
import { z } from "zod";
import * as c from "../columns.ts";
import { defineDataset } from "../dataset.ts";

export const emv = defineDataset("emv", {
  title: "Earned media value",
  description:
    "Views of posts that name a brand, priced like advertising in the same country and on the same platform, with the low and high end of the price.",
  grain: "One row per edition, market, platform and brand, over 13 weeks; “all” adds up the brands.",
  key: ["edition", "market", "platform", "brand"],
  version: "1.0.0",
  limits: [
    "Not revenue and not a return: a price of attention by analogy.",
    "Posts without views are counted and not valued; nothing is imputed.",
    "Where no dated price of advertising was found for the country and platform, the value is null.",
    "Posts by the brands’ own accounts are not told apart: no source of ours names them.",
  ],
  columns: {
    edition: c.edition,
    market: c.market,
    platform: c.text("Platform."),
    brand: c.id("Brand of the competitor set; “all” adds them up."),
    title: c.text("Name of the brand."),
    period_start: c.day("First day."),
    period_end: c.day("Last day."),
    posts: c.count("Posts naming the brand, each in full."),
    viewed_posts: c.count("Of them, posts with known views."),
    views: c.measure("Views of unpaid posts; a post naming k brands gives 1/k to each.", "views"),
    paid_views: c.measure("Views of posts disclosed as paid, shared the same way.", "views"),
    cpm_low: c.measure("Low end of the price of 1,000 views.", "USD").nullable(),
    cpm_mid: c.measure("Middle of the price.", "USD").nullable(),
    cpm_high: c.measure("High end of the price.", "USD").nullable(),
    emv: c.measure("views · cpm_mid / 1,000: unpaid posts.", "USD", "emv").nullable(),
    emv_low: z.number().nullable().meta({ description: "At the low end of the price.", unit: "USD" }),
    emv_high: z.number().nullable().meta({ description: "At the high end of the price.", unit: "USD" }),
    paid_emv: c.measure("paid_views · cpm_mid / 1,000: posts disclosed as paid, apart.", "USD").nullable(),
    price_source: c.text("Where the price was published.").nullable(),
    price_until: c.day("Last day of the period the price speaks of.").nullable(),
    reason: c.reason,
    provenance: c.provenance,
  },
});
