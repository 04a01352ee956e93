// How a language model judges the captions of registry creators, on levels whose anchors are published with its prompt.
import { z } from "zod";
import * as c from "../columns.ts";
import { defineDataset } from "../dataset.ts";

/** Worst first. */
export const rubricLevels = ["absent", "weak", "fair", "good", "strong"] as const;
export const rubricCriteria = ["hook", "clarity", "specificity", "authenticity", "market_fit"] as const;

const level = (description: string) => z.enum(rubricLevels).nullable().meta({ description });

export const contentRubric = defineDataset("content_rubric", {
  title: "Content rubric",
  description:
    "Levels that a language model gave the latest captions of registry creators, by five criteria with published anchors.",
  grain: "One row per edition, creator and criterion.",
  key: ["edition", "creator", "criterion"],
  version: "1.0.0",
  limits: [
    "Empty in an edition that asked no model.",
    "A level is a model's reading of a caption; pictures are not seen. How far it goes with the offline sub-scores is published as content_rubric_agreement.",
    "Levels of different models are never mixed in one row, and do not compare across rows of different models.",
  ],
  columns: {
    edition: c.edition,
    creator: c.id("Creator who published the captions."),
    market: c.market,
    criterion: z.enum(rubricCriteria).meta({
      description:
        "hook: the first line gives a reason to read on. clarity: topic, point and next step are clear. specificity: it says what only this product or moment can say. authenticity: it reads as own experience. market_fit: it is written as the market's readers write.",
    }),
    asked: c.count("Latest captions of 60 days that the model was asked about, at most twelve."),
    posts: c.count(
      "Of these, captions that it gave a level; the others it was unsure of, or gave no answer.",
    ),
    unsure: c.count("Captions that it called too short, or in a language it does not read well."),
    absent: c.count("Captions at the level absent."),
    weak: c.count("Captions at the level weak."),
    fair: c.count("Captions at the level fair."),
    good: c.count("Captions at the level good."),
    strong: c.count("Captions at the level strong."),
    median_level: level("Level of the middle caption, the lower of two; null under ten captions."),
    low_level: level("Level below which a quarter of the captions lie; null under ten captions."),
    high_level: level("Level above which a quarter of the captions lie; null under ten captions."),
    judged_before: c.count(
      "Of the captions with a level, those that the same model judged for an earlier edition.",
    ),
    same_before: c.count("Of these, captions that got the same level then."),
    steps_before: c
      .measure("Mean distance between the two levels of those captions; null where there are none.", "levels")
      .nullable(),
    model: c.text("Model that judged them, as provider:model."),
    prompt_version: c.text("Task and version of the prompt, such as content-quality 1.0.0."),
    answered_on: c.day("Day of its latest answer."),
    reason: c.reason,
    provenance: c.provenance,
  },
});
