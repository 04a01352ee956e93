// What drives sentiment: words far more common in praise, in complaints, or in this market.
import { z } from "zod";
import * as c from "../columns.ts";
import { defineDataset } from "../dataset.ts";

export const themes = defineDataset("themes", {
  title: "Themes",
  description:
    "Phrases that mark a market's positive and negative posts, by log-odds with an informative Dirichlet prior.",
  grain:
    "One row per edition, market, polarity and phrase, over 90 days; over a year or the whole period where those hold under 1,000 posts.",
  key: ["edition", "market", "polarity", "phrase"],
  version: "1.2.0",
  limits: [
    "At least 3 authors where authors are named; near-duplicates counted once, authors who copy each other as one.",
    "Names and descriptions are a model's reading of the phrases alone: it saw no post. Null in an edition that asked no model.",
  ],
  columns: {
    edition: c.edition,
    market: c.market,
    polarity: z.enum(["positive", "negative", "distinctive"]).meta({
      description:
        "Against which posts the phrase stands out: the market's other posts, or (distinctive) the other markets.",
    }),
    phrase: c.text("Word or phrase, as written most often."),
    language: c.text("Language of the posts it comes from."),
    rank: z.int().min(1).meta({ description: "Rank by z in its list.", unit: "rank" }),
    posts: c.count("Posts in the group that use it."),
    posts_elsewhere: c.count("Posts outside the group that use it."),
    authors: c
      .count(
        "Distinct authors in the group, where named; people who post the same texts count as one.",
        "authors",
      )
      .nullable(),
    share: c.ratio("Share of the group's posts that use it.", "theme_share"),
    share_low: c.low("share"),
    share_high: c.high("share"),
    z: c.measure(
      "Log-odds ratio over its standard error (Monroe, Colaresi, Quinn 2008).",
      "z",
      "theme_log_odds",
    ),
    theme_group: z.int().min(1).meta({
      description:
        "Number of the group of phrases in the list that stand in the same texts more often than chance; counts by the best rank.",
      unit: "number",
      since: "1.2.0",
    }),
    model_name: c.text("English name that a model gave the group.").nullable().meta({ since: "1.2.0" }),
    model_description: c
      .text("What the phrases of the group have in common, in a model's words.")
      .nullable()
      .meta({ since: "1.2.0" }),
    model: c.text("Model that named it, as provider:model.").nullable().meta({ since: "1.2.0" }),
    prompt_version: c
      .text("Task and version of the prompt, such as themes 1.0.0.")
      .nullable()
      .meta({ since: "1.2.0" }),
    answered_on: c.day("Day on which the model named it.").nullable().meta({ since: "1.2.0" }),
    provenance: c.provenance,
  },
});
