// How ready each market is to be entered, among the tracked ones.
import { z } from "zod";
import * as c from "../columns.ts";
import { defineDataset } from "../dataset.ts";

export const marketEntry = defineDataset("market_entry", {
  title: "Market entry readiness",
  description:
    "Weighted components per market, with interval over 5,000 draws of weights and inputs, rank and decision.",
  grain: "One row per edition and market.",
  key: ["edition", "market"],
  version: "1.1.0",
  limits: [
    "With few markets read the rank, not the level.",
    "Not advice: it says what the observed posts support.",
  ],
  columns: {
    edition: c.edition,
    market: c.market,
    score: c
      .score("Σ w · c over the available components, weights renormalised.", "entry_readiness")
      .nullable(),
    score_low: z.number().nullable().meta({ description: "5th percentile over 5,000 draws." }),
    score_high: z.number().nullable().meta({ description: "95th percentile over 5,000 draws." }),
    rank: z.int().min(1).nullable().meta({ description: "Rank by score.", unit: "rank" }),
    markets: c.count("Markets compared.", "markets"),
    rank_share: c.ratio("Share of draws in which the market has this rank.", "rank_stability").nullable(),
    first_share: c.ratio("Share of draws in which the market is first.").nullable(),
    rank_stable: z.boolean().nullable().meta({
      description: "True when rank_share is at least 0.8; false: the rank is unstable. Null without a score.",
      since: "1.1.0",
    }),
    topsis: c
      .score(
        "TOPSIS closeness with the same weights: distance from the worst over distance from worst and best.",
      )
      .nullable()
      .meta({ since: "1.1.0" }),
    topsis_rank: z
      .int()
      .min(1)
      .nullable()
      .meta({ description: "Rank by TOPSIS.", unit: "rank", since: "1.1.0" }),
    any_weights_first: c
      .ratio(
        "Share of 5,000 weightings, drawn evenly from all there are (Dirichlet), in which the market is first.",
      )
      .nullable()
      .meta({ since: "1.1.0" }),
    rank_acceptability: z.array(z.number().min(0).max(1)).meta({
      description:
        "Share of those weightings that give the market rank 1, 2, … (SMAA); empty without a score.",
      since: "1.1.0",
    }),
    weight_available: c.ratio("Weight of the available components over all weights."),
    decision: z.enum(["enter", "prepare", "watch"]).nullable().meta({
      description:
        "enter: score ≥ 62.5 and lower end ≥ 50; watch: score < 37.5; prepare: between. Null without a score.",
    }),
    confidence: z.enum(["high", "medium", "low"]).nullable().meta({
      description:
        "From rank_share and weight_available: high ≥ 0.8 of draws and ≥ 0.9 of weight; low < 0.5 of draws or < 0.6 of weight.",
    }),
    reason: c.reason,
    provenance: c.provenance,
  },
});
