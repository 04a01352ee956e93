// What imported follower samples say about registry creators.
import { z } from "zod";
import * as c from "../columns.ts";
import { defineDataset } from "../dataset.ts";

export const audits = defineDataset("audits", {
  title: "Follower audits",
  description:
    "Share of fake followers of a creator, estimated from a follower sample that a named auditor drew.",
  grain: "One row per edition and audited creator: the latest sample by the edition.",
  key: ["edition", "creator"],
  version: "1.0.0",
  limits: [
    "As good as the sample: the interval holds chance and the classifier's errors, not followers that were picked badly.",
    "Creators without an imported sample have no row; nothing is known of their followers.",
    "The classifier looks at profiles, not at behaviour: a well-kept fake passes.",
  ],
  columns: {
    edition: c.edition,
    creator: c.id("Creator."),
    market: c.market,
    auditor: c.text("Who drew the sample."),
    audited_on: c.day("Day on which it was drawn."),
    consent: c.text("Ground on which the followers' data were looked at."),
    n: c.count("Followers in the sample, repeated ones once.", "followers"),
    flagged: c.count("Followers that the classifier calls fake.", "followers"),
    raw_percentage: c.measure("Flagged over all, before correction.", "%").nullable(),
    bot_percentage: c
      .measure("Share of fake followers, corrected for the classifier's errors.", "%", "bot_percentage")
      .nullable(),
    bot_percentage_low: c.low("bot_percentage"),
    bot_percentage_high: c.high("bot_percentage"),
    follower_quality: c.score("100 − bot_percentage.", "follower_quality").nullable(),
    follower_quality_low: c.low("follower_quality"),
    follower_quality_high: c.high("follower_quality"),
    expected_percentage: c
      .measure(
        "The same share by prior shift, a second way; far from the first, the sample is unlike what the classifier knows.",
        "%",
      )
      .nullable(),
    found_share: c.ratio("Fakes that the classifier finds, as used in the correction.").nullable(),
    false_alarm_share: c.ratio("Genuine accounts it calls fake, as used in the correction.").nullable(),
    coverage: c.ratio("Weight of the profile fields that the sample has, over all."),
    classifier: c.text("Points that were used, with their version."),
    classifier_basis: z.enum(["scorecard", "fitted"]).meta({
      description:
        "scorecard: points set by reasoning. fitted: points fitted on labels that the operator holds.",
    }),
    reason: c.reason,
    provenance: c.provenance,
  },
});
