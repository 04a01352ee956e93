// Net sentiment of each market over 7, 30, 90 and 365 days and the whole period.
import { z } from "zod";
import * as c from "../columns.ts";
import { defineDataset } from "../dataset.ts";

/** Why a corrected value is missing: the reasons of every value, and two of its own. */
export const correctedReasons = [...c.reasons, "errors_not_measured", "errors_too_large"] as const;
export type CorrectedReason = (typeof correctedReasons)[number];

export const sentiment = defineDataset("sentiment", {
  title: "Sentiment",
  description:
    "Positive, neutral and negative posts, net sentiment and score per market over 7, 30, 90 and 365 days and the whole period, as classified and corrected for the classifier’s own errors.",
  grain: "One row per edition, market and window.",
  key: ["edition", "market", "window"],
  version: "1.2.0",
  limits: [
    "Irony is not understood; how often the verdicts are right, per language, is in the dataset accuracy.",
    "Intervals treat an author as one voice; a post whose author the source does not name counts as an author of its own.",
    "The corrected value holds where the classifier errs on these posts as it did on the labelled texts its errors were counted on; corrected_by says which those were.",
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
    net_sentiment_corrected: c
      .measure(
        "Net sentiment with the classifier’s known errors taken out: true class shares estimated from the shares of verdicts and the confusion per language.",
        "ratio −1 to 1",
        "net_sentiment_corrected",
      )
      .nullable(),
    net_sentiment_corrected_low: c.low("net_sentiment_corrected"),
    net_sentiment_corrected_high: c.high("net_sentiment_corrected"),
    score_corrected: c.score("50 · (1 + net_sentiment_corrected).", "sentiment_score_corrected").nullable(),
    score_corrected_low: c.low("score_corrected"),
    score_corrected_high: c.high("score_corrected"),
    corrected_n: c.count("Posts the corrected value rests on: those in languages whose errors are counted."),
    corrected_by: z.enum(["own_posts", "public_texts", "both"]).nullable().meta({
      description:
        "On which texts the classifier's errors were counted: posts of this category labelled for this publication, public labelled texts of other kinds, or both (by language).",
    }),
    corrected_reason: z.enum(correctedReasons).nullable().meta({
      description:
        "Why the corrected value is missing; null when it is there. As reason, or errors_not_measured: under 90 % of the posts are in languages whose errors were counted in all three classes. errors_too_large: the labelled texts leave open what the verdicts say about the truth.",
    }),
    reason: c.reason,
    provenance: c.provenance,
  },
});
