// What a text for a market must hold when a model wrote it: advertising copy in the market's language, made from copy that was sent.
import { firstOf, plainText } from "./checks.ts";
import { nameComplaint } from "./claims.ts";
import { scriptOf, unknownNamesIn } from "./names.ts";
import { echoOf } from "./wording.ts";

export interface CopySource {
  /** The copy that the text was made from; its numbers and names may be used. */
  readonly source: string;
  /** ISO 639-1. */
  readonly language: string;
  readonly names: readonly string[];
  readonly texts: readonly string[];
}

/** Null when the copy is plain, in its language's script, and holds no number and no name that its source does not. */
export function checkCopy(
  text: string,
  longest: number,
  { source, language, names, texts }: CopySource,
): string | null {
  const numbers = new Set(numbersOf(source));
  return firstOf(
    Array.from(text).length > longest ? `a text is longer than ${longest} characters` : null,
    plainText(text, longest),
    numbersOf(text).every((number) => numbers.has(number))
      ? null
      : "a text holds a number that its source does not",
    scriptOf(text, language),
    echoOf(text),
    nameComplaint(unknownNamesIn(text, language, { names, texts: [source, ...texts] })),
  );
}

/** At most twice as long as what it replaces, and never a page. */
export const longestCopy = (source: string): number =>
  Math.min(2_000, Math.max(300, 2 * Array.from(source).length));

/** Same words, whatever their case, spaces and width. */
export const sameCopy = (one: string, other: string): boolean => folded(one) === folded(other);
export const holdsCopy = (text: string, part: string): boolean => folded(text).includes(folded(part));

const folded = (text: string): string => text.normalize("NFKC").toLowerCase().replaceAll(/\s+/g, " ").trim();
const numbersOf = (text: string): string[] => text.normalize("NFKC").match(/\p{N}+/gu) ?? [];
