// What a post feels: a label, irony, and what it praises or complains of. No text comes back, so a caption has nothing to write with.
import { z } from "zod";
import { firstOf } from "../checks.ts";
import { defineTask } from "../task.ts";

export const labels = ["negative", "neutral", "positive", "mixed"] as const;
export const aspects = [
  "effect",
  "texture",
  "scent",
  "price",
  "packaging",
  "delivery",
  "availability",
  "ingredients",
  "irritation",
  "ethics",
  "service",
  "other",
] as const;
export const polarities = ["negative", "neutral", "positive"] as const;

export const input = z.object({
  text: z.string().meta({ description: "The post." }),
  language: z.string().meta({ description: "Language of the post, ISO 639-1; may be wrong." }),
  market: z.string().meta({ description: "Where it was posted." }),
});

export const answer = z.object({
  label: z.enum(labels).meta({ description: "The author's own evaluation." }),
  irony: z.boolean().meta({ description: "True when the author means the opposite of the words." }),
  aspects: z
    .array(z.object({ aspect: z.enum(aspects), polarity: z.enum(polarities) }))
    .max(4)
    .meta({ description: "Aspects that the author evaluates, at most four, each once." }),
  unsure: z.boolean().meta({ description: "True when a careful reader could defend two labels." }),
});

export type SentimentInput = z.output<typeof input>;
export type SentimentAnswer = z.output<typeof answer>;

export const task = defineTask({
  id: "sentiment",
  input,
  answer,
  check({ label, aspects: named }) {
    const polaritiesOf = named.map((each) => each.polarity);
    const all = (polarity: string) =>
      polaritiesOf.length > 0 && polaritiesOf.every((each) => each === polarity);
    return firstOf(
      new Set(named.map((each) => each.aspect)).size === named.length ? null : "an aspect is named twice",
      label === "positive" && all("negative") ? "the label is positive, yet every aspect is negative" : null,
      label === "negative" && all("positive") ? "the label is negative, yet every aspect is positive" : null,
    );
  },
});
