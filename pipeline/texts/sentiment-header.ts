// What stands at the head of a language's sentiment weights: what they were fitted on, how they were checked, and how often they err.
import { z } from "zod";
import { LeapError } from "../core/errors.ts";
import { findWeights, type Weights } from "../core/weights.ts";

const three = z.tuple([z.number(), z.number(), z.number()]);
const counts = z.strictObject({
  negative: z.int().min(0),
  neutral: z.int().min(0),
  positive: z.int().min(0),
});

export const SentimentHeader = z.strictObject({
  language: z.string(),
  /** Version of the features; weights of another version say nothing about the texts as we read them. */
  features: z.string(),
  /** How the weights came about, in a sentence. */
  recipe: z.string(),
  trained_on: z.array(
    z.strictObject({
      dataset: z.string(),
      licence: z.string(),
      file: z.string(),
      sha256: z.string(),
      rows: z.int(),
    }),
  ),
  /** The texts that the confusion and the figures were counted on: never those the weights were fitted on, never a test split. */
  validated_on: z.string(),
  figures: z.record(z.string(), z.number().nullable()),
  /** Truth → verdict, in counts. */
  confusion: z.strictObject({ negative: counts, neutral: counts, positive: counts }),
  /** Logits are divided by it; fitted on the same held-out texts. */
  temperature: z.number().positive(),
  /** Logits with nothing seen: negative, neutral, positive. */
  bias: three,
  /** What each measure is worth, by its name, in the order of the bias. */
  measures: z.record(z.string(), three),
  /**
   * The weights of hashed features, one byte each in steps of `step`, in a file beside; null for a scorecard of measures alone.
   * With `kept` the file holds only so many buckets and their places (sentiment-table.ts).
   */
  table: z
    .strictObject({
      file: z.string(),
      sha256: z.string(),
      step: z.number().positive(),
      kept: z.int().min(0).optional(),
    })
    .nullable(),
});
export type SentimentHeader = z.output<typeof SentimentHeader>;

/** The header of the weights in use; null where nobody has fitted any. Throws LeapError on a file that is none. */
export function sentimentHeader(language: string): { header: SentimentHeader; weights: Weights } | null {
  const weights = findWeights("sentiment", `${language}.json`);
  if (!weights) return null;
  const parsed = SentimentHeader.safeParse(JSON.parse(weights.bytes.toString("utf8")));
  if (parsed.success) return { header: parsed.data, weights };
  throw new LeapError(
    `invalid weights: ${weights.path}. ${z.prettifyError(parsed.error)} Fit them anew: leap train sentiment --datasets DIR`,
  );
}
