// The registry: who, how large, how engaging, how plausible.
import { z } from "zod";
import * as c from "../columns.ts";
import { defineDataset } from "../dataset.ts";

export const creators = defineDataset("creators", {
  title: "Creators",
  description: "Scorecard of each public professional creator on the registry.",
  grain: "One row per edition and creator.",
  key: ["edition", "creator"],
  version: "1.2.0",
  limits: [
    "The signals are not an estimate of fake followers.",
    "Audience geography, bot share and reach are not observable without an imported audit.",
  ],
  columns: {
    edition: c.edition,
    creator: c.id("Creator; the last part of the address /creators/<creator>/."),
    name: c.text("Public name."),
    platform: c.id("Platform."),
    handle: c.text("Account name."),
    market: c.market,
    language: c.text("Language the creator posts in."),
    category: c.text("Category on the registry."),
    registered_on: c.day("Day the creator came on the registry."),
    registry_reason: c.text("Why the creator is on the registry."),
    basis: z.enum(["consent", "public_interest"]).nullable().meta({
      description: "On what ground the publication speaks about the creator.",
    }),
    basis_note: c.text("Who agreed to what, or what was weighed.").nullable(),
    basis_on: c.day("Day on which that was given or weighed.").nullable(),
    followers: c.count("Followers when last collected.", "followers").nullable(),
    followers_on: c.day("Day of that count.").nullable(),
    tier: z
      .enum(["nano", "micro", "mid", "macro", "mega"])
      .nullable()
      .meta({ description: "By followers: under 10k, 50k, 250k, 1M, above." }),
    growth_90d_pct: c.measure("(F_t − F_{t−90}) / F_{t−90}.", "%", "follower_growth").nullable(),
    posts_60d: c.count("Posts in the last 60 days."),
    posts_365d: c.count("Posts in the last 365 days."),
    posts_per_week: c.measure("Posts a week over the last 12 weeks.", "posts per week").nullable(),
    // Not a share: engagement can exceed followers, or views that are counted later than likes.
    er_followers: c
      .measure(
        "Median over posts of (likes + comments) / followers at collection (Instagram).",
        "ratio",
        "er_followers",
      )
      .nullable(),
    er_followers_low: c.low("er_followers"),
    er_followers_high: c.high("er_followers"),
    er_views: c
      .measure(
        "Σ(likes + comments) / Σ views (YouTube, TikTok); never compare with er_followers.",
        "ratio",
        "er_views",
      )
      .nullable(),
    er_views_low: c.low("er_views"),
    er_views_high: c.high("er_views"),
    er_reason: c.reason,
    er_posts: c.count("Posts behind the engagement rate."),
    likes_hidden_share: c
      .ratio("Posts with hidden likes over posts of 60 days.", "likes_hidden_share")
      .nullable(),
    size_peer_percentile: c
      .measure(
        "Percentile of the engagement rate among the nearest 200 accounts by log followers, same platform.",
        "percentile",
        "size_peer_percentile",
      )
      .nullable(),
    size_peers: c.count("Accounts compared with.", "accounts"),
    signals_score: c
      .score(
        "Weighted mean of the available authenticity signals; null under 60 % of weight.",
        "authenticity_signals",
      )
      .nullable(),
    signals_low: c.low("signals_score"),
    signals_high: c.high("signals_score"),
    signals_coverage: c.ratio("Weight of the available signals over all weights."),
    signals_reason: c.reason,
    jumps: c.count("Weeks of the last 52 with a follower jump (robust z above 5).", "weeks"),
    unexplained_jumps: c.count("Jumps without a viral post or known event that week.", "weeks"),
    paid_share: c.ratio("Disclosed paid posts over posts of 365 days.", "paid_share").nullable(),
    brand_saturation: c
      .ratio("Posts that name a brand over posts of 365 days.", "brand_saturation")
      .nullable(),
    paid_performance_pct: c
      .measure(
        "Median engagement of paid posts over organic, in %; needs 5 of each.",
        "%",
        "paid_performance",
      )
      .nullable(),
    quality_score: c.score("Mean content quality of the posts of 60 days.", "content_quality").nullable(),
    verdict: z.enum(["fits", "unclear", "does not fit", "not scored"]).meta({
      description:
        "Fit for a brief in the creator's market, by rule: fits: signals ≥ 60 and no unexplained jump; does not fit: signals < 40 or ≥ 2 unexplained jumps; not scored: under 60 % of weight.",
    }),
    bot_share: c
      .ratio(
        "Share of followers that are fake accounts; only from an imported audit, see audits.",
        "bot_percentage",
      )
      .nullable(),
    bot_share_low: c.low("bot_share"),
    bot_share_high: c.high("bot_share"),
    bot_share_reason: c.reason,
    follower_quality: c
      .score("Genuine followers of a hundred; only from an imported audit.", "follower_quality")
      .nullable(),
    provenance: c.provenance,
  },
});
