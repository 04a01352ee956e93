// The terms and brands to look for, and the name of everything an annotation depends on. Apart from the engines, which are dear to load.
import { createHash } from "node:crypto";
import { lexiconLanguages, lexiconText } from "./lexicon.ts";
import type { BrandSpelling, TermSpelling } from "./mentions.ts";
import { sentimentHeader } from "./sentiment-header.ts";

/** Raised when the code would judge the same text in another way; kept annotations of the old version are then not used. */
export const engineVersion = "2.0.0";

export interface Vocabulary {
  readonly terms: readonly TermSpelling[];
  readonly brands: readonly BrandSpelling[];
}

/** Code, lexicons and weights that a polarity depends on, in one name. */
export function sentimentEngine(): string {
  const hash = createHash("sha256");
  for (const name of [...lexiconLanguages, "emoji" as const]) hash.update(lexiconText(name));
  // The header names its table by checksum, so its digest stands for both.
  for (const language of lexiconLanguages) hash.update(sentimentHeader(language)?.weights.digest ?? "none");
  return `texts ${engineVersion} ${hash.digest("hex").slice(0, 16)}`;
}

/** Names everything an annotation depends on besides its text. */
export function engineDigest({ terms, brands }: Vocabulary): string {
  const hash = createHash("sha256").update(sentimentEngine());
  const spellings = [
    ...terms.map(({ term, language, variant, not }) => JSON.stringify([term, language, variant, not ?? []])),
    ...brands.map(({ brand, variant }) => JSON.stringify([brand, variant])),
  ];
  hash.update(spellings.sort().join("\n"));
  return hash.digest("hex").slice(0, 16);
}
