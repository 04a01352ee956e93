// The terms and brands to look for, and the name of everything an annotation depends on. Apart from the engines, which are dear to load.
import { createHash } from "node:crypto";
import { lexiconLanguages, lexiconText } from "./lexicon.ts";
import type { BrandSpelling, TermSpelling } from "./mentions.ts";

/** Raised when the code would judge the same text in another way; kept annotations of the old version are then not used. */
export const engineVersion = "1.0.0";

export interface Vocabulary {
  readonly terms: readonly TermSpelling[];
  readonly brands: readonly BrandSpelling[];
}

/** Names everything an annotation depends on besides its text. */
export function engineDigest({ terms, brands }: Vocabulary): string {
  const hash = createHash("sha256").update(engineVersion);
  for (const name of [...lexiconLanguages, "emoji" as const]) hash.update(lexiconText(name));
  const spellings = [
    ...terms.map(({ term, language, variant, not }) => JSON.stringify([term, language, variant, not ?? []])),
    ...brands.map(({ brand, variant }) => JSON.stringify([brand, variant])),
  ];
  hash.update(spellings.sort().join("\n"));
  return hash.digest("hex").slice(0, 16);
}
