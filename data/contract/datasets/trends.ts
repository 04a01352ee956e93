// Where each term stands: class, score, confidence.
import { z } from "zod";
import * as c from "../columns.ts";
import { defineDataset } from "../dataset.ts";

export const trends = defineDataset("trends", {
  title: "Trends",
  description:
    "Class, trend score with its parts, confidence, year on year, momentum and seasonality of each term in each market.",
  grain: "One row per edition, term and market; market “all” pools them.",
  key: ["edition", "term", "market"],
  version: "1.0.0",
  limits: [
    "A class is a rule with published thresholds, not a judgement.",
    "Seasonality needs 104 weeks; below that it is unknown.",
  ],
  columns: {
    edition: c.edition,
    term: c.id("Term; the last part of its address /trends/<term>/."),
    market: c.market,
    title: c.text("Name of the term for readers."),
    kind: z.enum(["product", "ingredient", "theme", "hashtag"]).meta({ description: "What the term names." }),
    class: z.enum(["Exploding", "Emerging", "Peaked", "Declining", "Sustained", "Volatile"]).nullable().meta({
      description:
        "First rule that matches, in this order: Exploding, Emerging, Peaked, Declining, Sustained, Volatile.",
      metric: "trend_class",
    }),
    previous_class: z
      .enum(["Exploding", "Emerging", "Peaked", "Declining", "Sustained", "Volatile"])
      .nullable()
      .meta({ description: "Class in the edition before; null when it had none." }),
    seasonal: z.boolean().nullable().meta({
      description:
        "Seasonal strength of at least 0.64, and the last two years run alike (correlation above 0.5); null when unknown.",
    }),
    seasonality: c
      .ratio("F_S = max(0, 1 − Var(R) / Var(S + R)) of an STL decomposition.", "seasonality")
      .nullable(),
    peak_month: z.int().min(1).max(12).nullable().meta({
      description: "Month in which the seasonal part is highest; null when not seasonal.",
      unit: "month 1-12",
    }),
    trend_score: c
      .score("100 · (0.5 · σ(z / 2) + 0.3 · σ(g / 0.25) + 0.2 · volume percentile / 100).", "trend_score")
      .nullable(),
    score_level: c.measure("Points of the score that come from z, of 50.", "points").nullable(),
    score_momentum: c.measure("Points of the score that come from momentum, of 30.", "points").nullable(),
    score_volume: c.measure("Points of the score that come from volume, of 20.", "points").nullable(),
    confidence_score: c
      .score("100 · (0.4 · coverage + 0.3 · min(1, n / 500) + 0.3 · stability).", "confidence_score")
      .nullable(),
    coverage: c.ratio("Collected weeks over the last 104, or since the first.").nullable(),
    stability: c.ratio("1 − share of bootstrap draws that change the class.").nullable(),
    z: c
      .measure(
        "Robust z of the 4-week EWMA of the observed share against the median and MAD of 52 weeks.",
        "robust z",
      )
      .nullable(),
    momentum: c
      .measure("ln((mean of 4 weeks + 5) / (mean of the 4 weeks before + 5)).", "log ratio", "momentum")
      .nullable(),
    yoy_pct: c
      .measure(
        "Last 52 weeks against the 52 before, by observed share; null when the base has under 50 posts.",
        "%",
        "yoy",
      )
      .nullable(),
    breakout: c.flag("Year on year above 1,000 %."),
    index: c.measure("Mean index of the last four weeks.", "index, base = 100", "term_index").nullable(),
    index_low: c.low("index"),
    index_high: c.high("index"),
    volume_percentile: c
      .measure("Percentile of posts in 4 weeks among the market's terms.", "percentile")
      .nullable(),
    posts_4w: c.count("Posts that name the term in the last 4 weeks."),
    posts_52w: c.count("Posts that name the term in the last 52 weeks."),
    weeks: c.count("Collected weeks behind the row.", "weeks"),
    authors_52w: c.count("Distinct authors in the last 52 weeks, where named.", "authors").nullable(),
    reason: c.reason,
    provenance: c.provenance,
  },
});
