// How often posts of a market carry wording that its rules bar on a cosmetic: counts per rule, never a text.
import { z } from "zod";
import { severities } from "../claims.ts";
import * as c from "../columns.ts";
import { defineDataset } from "../dataset.ts";

export const claimHits = defineDataset("claim_hits", {
  title: "Claims in posts",
  description:
    "Share of posts that carry wording a market's cosmetics rules bar or ask evidence for, per rule, last four weeks.",
  grain:
    "One row per edition, market, scope and rule; the rule “any” counts posts with at least one of medium severity or worse.",
  key: ["edition", "market", "scope", "rule"],
  version: "1.0.0",
  limits: [
    "Wordings are judged, not evidence: a claim may be lawful where proof is on file.",
    "A consumer's own words are counted like a brand's; the law treats them differently.",
    "Markets with more than 4,000 distinct captions are read in a sample drawn by hash.",
  ],
  columns: {
    edition: c.edition,
    market: c.market,
    scope: z
      .enum(["all", "paid"])
      .meta({ description: "all: every post read. paid: posts that disclose payment by label or tag." }),
    rule: c.id("Rule in data/reference/claims, or any."),
    title: c.text("What the rule bars."),
    severity: z.enum(severities).nullable().meta({ description: "How grave a breach is; null for any." }),
    citation: c.text("First legal act and article the rule stands on; empty for any."),
    reviewed_on: z.iso
      .date()
      .nullable()
      .meta({ description: "When the rule was last held against its source.", unit: "date" }),
    period_start: c.day("First day read."),
    period_end: c.day("Last day read."),
    posts: c.count("Posts read in a language with rules."),
    posts_unread: c.count("Posts in a language without rules; not in posts."),
    hits: c.count("Posts that carry the wording; null where the share is withheld.").nullable(),
    share: c.ratio("hits / posts.", "claim_share").nullable(),
    share_low: c.low("share"),
    share_high: c.high("share"),
    reason: c.reason,
    provenance: c.provenance,
  },
});
