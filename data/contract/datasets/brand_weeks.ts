// How often each brand was named, week by week.
import * as c from "../columns.ts";
import { defineDataset } from "../dataset.ts";

export const brandWeeks = defineDataset("brand_weeks", {
  title: "Brands by week",
  description:
    "Mentions of each brand of the competitor set, per market and week, counted in full and fractionally.",
  grain: "One row per edition, market, brand and ISO week.",
  key: ["edition", "market", "brand", "week"],
  version: "1.0.0",
  limits: ["Only brands of the competitor set, by the spellings the publication lists."],
  columns: {
    edition: c.edition,
    market: c.market,
    brand: c.id("Brand, as in the publication."),
    week: c.week,
    mentions_full: c.count("Posts that name the brand."),
    mentions_fractional: c.measure("Posts that name the brand, each counted 1 / brands named.", "posts"),
    brand_posts: c.count("Posts that name any brand of the set."),
    share: c.ratio("Fractional mentions over posts that name any brand.", "share_of_voice").nullable(),
    provenance: c.provenance,
  },
});
