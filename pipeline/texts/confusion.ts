// How often the sentiment engine errs, per language: what a share of positive posts is corrected with.
import type { Polarity } from "./polarity.ts";
import { sentimentHeader } from "./sentiment-header.ts";

export interface Confusion {
  /** Truth → verdict, counts of held-out texts. */
  readonly counts: Readonly<Record<Polarity, Readonly<Record<Polarity, number>>>>;
  /** Data set and split, in words. */
  readonly validated_on: string;
}

/** The published confusion of the weights in use; null for a language without weights. */
export function confusionOf(language: string): Confusion | null {
  const found = sentimentHeader(language);
  return found && { counts: found.header.confusion, validated_on: found.header.validated_on };
}
