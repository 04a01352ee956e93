// The parts of entry readiness, and what each would change.
import { z } from "zod";
import * as c from "../columns.ts";
import { defineDataset } from "../dataset.ts";

export const marketEntryComponents = defineDataset("market_entry_components", {
  title: "Market entry components",
  description:
    "Raw value, percentile among markets, weight and sensitivity of each component of entry readiness.",
  grain: "One row per edition, market and component.",
  key: ["edition", "market", "component"],
  version: "1.0.0",
  limits: ["With n markets a percentile takes n values."],
  columns: {
    edition: c.edition,
    market: c.market,
    component: z
      .enum([
        "demand",
        "growth",
        "sentiment",
        "competition",
        "creator_supply",
        "claims_readiness",
        "cultural_risk",
      ])
      .meta({ description: "Which component." }),
    weight: c.measure("Default weight of 100.", "points"),
    weight_used: c.measure("Weight after renormalising over the available components.", "points").nullable(),
    inverse: c.flag("True when a low raw value is good."),
    raw: c.measure("Measured value.", "see raw_unit").nullable(),
    raw_low: c.low("raw"),
    raw_high: c.high("raw"),
    raw_unit: c.text("Unit of raw."),
    percentile: c.score("Percentile among the tracked markets.", "entry_component").nullable(),
    percentile_low: z.number().nullable().meta({ description: "5th percentile over draws." }),
    percentile_high: z.number().nullable().meta({ description: "95th percentile over draws." }),
    rank: z.int().min(1).nullable().meta({ description: "Rank among markets.", unit: "rank" }),
    without_score: c.score("Entry readiness when this component is left out.").nullable(),
    without_rank: z
      .int()
      .min(1)
      .nullable()
      .meta({ description: "Rank when this component is left out.", unit: "rank" }),
    n: c.count("Posts or accounts behind raw.", "posts or accounts"),
    reason: c.reason,
    provenance: c.provenance,
  },
});
