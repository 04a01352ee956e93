// How well a caption is made, on levels whose anchors stand in the prompt. No text comes back.
import { z } from "zod";
import { defineTask } from "../task.ts";

/** Worst first. */
export const levels = ["absent", "weak", "fair", "good", "strong"] as const;
const level = (description: string) => z.enum(levels).meta({ description });

export const input = z.object({
  text: z.string().meta({ description: "The caption." }),
  language: z.string().meta({ description: "Language of the caption, ISO 639-1; may be wrong." }),
  market: z.string().meta({ description: "Market that it is written for." }),
  market_language: z.string().meta({ description: "Language most people of the market read, ISO 639-1." }),
});

export const answer = z.object({
  hook: level("Whether the first line gives a reason to read on."),
  clarity: level("Whether a reader knows what it is about and what to do."),
  specificity: level("Whether it says something that only this product or moment can say."),
  authenticity: level("Whether it reads as a person's own experience."),
  market_fit: level("Whether it is written as the market's readers write."),
  unsure: z
    .boolean()
    .meta({ description: "True when the caption is too short or its language not well known." }),
});

export type ContentQualityInput = z.output<typeof input>;
export type ContentQualityAnswer = z.output<typeof answer>;

const TAG = /[#@][\p{L}\p{M}\p{N}_.]+/gu;

export const task = defineTask({
  id: "content-quality",
  input,
  answer,
  check({ hook, clarity, specificity, authenticity }, { text }) {
    const judged = [hook, clarity, specificity, authenticity];
    return !/\p{L}/u.test(text.replaceAll(TAG, "")) &&
      judged.some((each) => each !== "absent" && each !== "weak")
      ? "a caption without words is given a level above weak"
      : null;
  },
});
