// Net sentiment of each market over 7, 30, 90 and 365 days and the whole period.
import { z } from "zod";
import * as c from "../columns.ts";
import { defineDataset } from "../dataset.ts";

export const sentiment = defineDataset("sentiment", {
  title: "Sentiment",
  description:
    "Positive, neutral and negative posts, net sentiment and score per market over 7, 30, 90 and 365 days and the whole period.",
  grain: "One row per edition, market and window.",
  key: ["edition", "market", "window"],
  version: "1.0.0",
  limits: [
    "Classified by a lexicon in this version: irony is not understood; accuracy per language is on the method page.",
  ],
  columns: {
    edition: c.edition,
    market: c.market,
    window: z
      .enum(["7d", "30d", "90d", "365d", "all"])
      .meta({ description: "Days up to the last complete week; all reaches back to the first post." }),
    positive: c.count("Posts classified positive."),
    neutral: c.count("Posts classified neutral."),
    negative: c.count("Posts classified negative."),
    n: c.count("Posts classified."),
    authors: c.count("Distinct authors, where named.", "authors").nullable(),
    net_sentiment: c.measure("(positive − negative) / n.", "ratio −1 to 1", "net_sentiment").nullable(),
    net_sentiment_low: c.low("net_sentiment"),
    net_sentiment_high: c.high("net_sentiment"),
    score: c.score("50 · (1 + net sentiment).", "sentiment_score").nullable(),
    score_low: c.low("score"),
    score_high: c.high("score"),
    brand_health_index: c.ratio("positive / (positive + negative).", "brand_health_index").nullable(),
    band: z
      .enum(["very negative", "negative", "mixed", "positive", "very positive"])
      .nullable()
      .meta({ description: "Band of the score: 0-20, 20-40, 40-60, 60-80, 80-100." }),
    reason: c.reason,
    provenance: c.provenance,
  },
});
