// The parts of the authenticity signals.
import { z } from "zod";
import * as c from "../columns.ts";
import { defineDataset } from "../dataset.ts";

export const creatorSignals = defineDataset("creator_signals", {
  title: "Creator signals",
  description:
    "Each authenticity signal of each creator, with weight, interval, the number behind it and its reason when missing.",
  grain: "One row per edition, creator and signal.",
  key: ["edition", "creator", "signal"],
  version: "1.0.0",
  limits: ["Not an estimate of fake followers."],
  columns: {
    edition: c.edition,
    creator: c.id("Creator."),
    signal: z
      .enum([
        "er_plausibility",
        "growth_integrity",
        "comment_like_ratio",
        "consistency",
        "posting_regularity",
        "disclosure_hygiene",
      ])
      .meta({ description: "Which signal." }),
    weight: c.measure("Weight of 100.", "points"),
    value: c.score("Signal, 100 = plausible.", "authenticity_signals").nullable(),
    value_low: c.low("value"),
    value_high: c.high("value"),
    raw: c
      .measure(
        "The measured quantity behind the signal: an engagement percentile, unexplained jump weeks, comments per like, MAD over median, weeks with a post, disclosed share.",
        "see signal",
      )
      .nullable(),
    n: c.count("Posts or weeks behind it.", "posts or weeks"),
    reason: c.reason,
    provenance: c.provenance,
  },
});
