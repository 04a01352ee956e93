// How well captions and hashtags of registry and brand posts are made.
import { z } from "zod";
import * as c from "../columns.ts";
import { defineDataset } from "../dataset.ts";

export const contentQuality = defineDataset("content_quality", {
  title: "Content quality",
  description: "Transparent sub-scores of captions and hashtags of posts by registry creators, last 60 days.",
  grain: "One row per edition and post.",
  key: ["edition", "post"],
  version: "2.0.0",
  limits: [
    "Pictures are not judged: the visual score is null.",
    "Craft is a rule, not a prediction; resonance counts only where the market’s own posts prove it (content_resonance_validity).",
  ],
  columns: {
    edition: c.edition,
    post: c.id("Hash of platform and post id."),
    creator: c.id("Creator who published it."),
    market: c.market,
    published_on: c.day("Day of publication."),
    overall_score: c.score(
      "Mean of craft and resonance; craft alone where resonance is null.",
      "content_quality",
    ),
    craft_score: c
      .score("(0.3 · caption + 0.3 · hashtag) / 0.6, because the visual part is not judged.")
      .meta({ since: "2.0.0" }),
    resonance: c
      .score(
        "Place of the caption among the market’s, by what its traits and words went with in others’ posts beyond size, format and time; null where that did not hold for posts it was not learned from.",
      )
      .nullable()
      .meta({ since: "2.0.0" }),
    caption_effectiveness: c.score(
      "Mean of length, call to action, question or hook, language match and ease of reading, where known.",
      "caption_effectiveness",
    ),
    caption_length: c.score("100 inside the market's middle half of caption length, falling outside it."),
    caption_call_to_action: c.score("100 when the caption asks the reader to do something, else 0."),
    caption_hook: c.score(
      "100 when the first sentence is a question or under 60 characters, else 0; full-width ones count two.",
    ),
    caption_language: c
      .score("100 when the caption is in the market's language; null when its language could not be told.")
      .nullable(),
    caption_readability: c
      .score(
        "Reading ease by the formula of the caption’s language; null when too short or without a formula.",
      )
      .nullable()
      .meta({ since: "2.0.0" }),
    hashtag_relevance: c.score("Mean of count, topic match and lack of generic tags.", "hashtag_relevance"),
    hashtag_count: c.score("100 between 3 and 10 tags, falling outside; 0 without tags."),
    hashtag_topic: c.score(
      "Share of tags that name a term, brand or category of the publication; 0 without tags.",
    ),
    hashtag_generic: c.score("100 minus the share of generic tags; 0 without tags."),
    visual_quality: c.score("Null: pictures are not judged.").nullable(),
    estimated_reach: c.measure("Null: reach is shown to the account owner only.", "accounts").nullable(),
    improvements: z.array(z.string()).meta({ description: "Rules the post breaks, as short instructions." }),
    provenance: c.provenance,
  },
});
