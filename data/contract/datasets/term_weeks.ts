// How often each term was named, week by week.
import * as c from "../columns.ts";
import { defineDataset } from "../dataset.ts";

export const termWeeks = defineDataset("term_weeks", {
  title: "Terms by week",
  description:
    "Posts that name a product, ingredient, theme or hashtag, per market and week, with observed share and index.",
  grain: "One row per edition, term, market and ISO week.",
  key: ["edition", "term", "market", "week"],
  version: "1.0.0",
  limits: ["An index shows change, not size: a term with a tiny base moves fast."],
  columns: {
    edition: c.edition,
    term: c.id("Term, as in the dataset trends."),
    market: c.market,
    week: c.week,
    posts: c.count("Posts that name the term."),
    market_posts: c.count("All posts of the market and week."),
    observed_share: c
      .measure("10,000 · posts / market_posts.", "per 10,000 posts", "observed_share")
      .nullable(),
    index: c
      .measure(
        "100 · observed share / its mean over the first 52 collected weeks; the base is fixed, so past values never rescale.",
        "index, base = 100",
        "term_index",
      )
      .nullable(),
    index_mean_4w: c
      .measure("Mean of the index over this week and the three before it.", "index, base = 100")
      .nullable(),
    reason: c.reason,
    provenance: c.provenance,
  },
});
