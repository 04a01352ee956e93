// The sentiment lexicons: our own files in data/reference/lexicon, over a translated AFINN-165 where that helps.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { parse } from "yaml";
import { z } from "zod";
import { LeapError } from "../core/errors.ts";

const weights = z.record(z.string().regex(/^-?[0-3](\.\d+)?$/), z.array(z.string().min(1)));

export const Lexicon = z.strictObject({
  language: z.string(),
  /** Who wrote it, from what. */
  source: z.string(),
  date: z.string().regex(/^\d{4}-\d{2}-\d{2}$/),
  /** What a weight of AFINN (−5 to 5) is multiplied with; 0 leaves AFINN out. */
  afinn: z.number().min(0).max(1).default(0),
  /** Endings that make further forms of single words: `{o: [a, os]}` gives buena from bueno. A form that is listed keeps its own weight. */
  endings: z.record(z.string(), z.array(z.string())).default({}),
  /** A score must lie this far from 0 to be more than neutral; tuned on public labelled texts, see the method page of sentiment. */
  threshold: z.strictObject({ positive: z.number(), negative: z.number() }),
  negation: z
    .strictObject({
      /** Distances are counted in words, or in characters where words are not spaced. */
      unit: z.enum(["words", "characters"]),
      before: z.array(z.string()).default([]),
      before_reach: z.int().default(0),
      after: z.array(z.string()).default([]),
      after_reach: z.int().default(0),
    })
    .prefault({ unit: "words" }),
  intensifiers: z.record(z.string(), z.array(z.string())).default({}),
  contrast: z.array(z.string()).default([]),
  /** Weight −3 to 3 → words and phrases. Weight 0 makes a word say nothing, whatever AFINN holds. */
  words: weights,
});
export type Lexicon = z.output<typeof Lexicon>;

/** Languages with a lexicon; a post in any other is left unclassified. */
export const lexiconLanguages = ["en", "de", "fr", "es", "ja", "ko"] as const;
export type LexiconLanguage = (typeof lexiconLanguages)[number];

const folder = new URL("../../data/reference/lexicon/", import.meta.url);

export function readLexicon(name: LexiconLanguage | "emoji"): Lexicon {
  const file = `sentiment.${name}.yaml`;
  const parsed = Lexicon.safeParse(parse(lexiconText(name)));
  if (parsed.success) return parsed.data;
  throw new LeapError(`invalid lexicon: data/reference/lexicon/${file}. ${z.prettifyError(parsed.error)}`);
}

/** The file as it stands, for digests: a changed word changes what posts are classified as. */
export function lexiconText(name: LexiconLanguage | "emoji"): string {
  return readFileSync(new URL(`sentiment.${name}.yaml`, folder), "utf8");
}

/** AFINN-165 in a language, as translated by machine: word → −5 to 5. */
export function readAfinn(language: LexiconLanguage): Map<string, number> {
  const path = createRequire(import.meta.url).resolve(`afinn-165-multilingual/build/AFINN-${language}.json`);
  const words = JSON.parse(readFileSync(path, "utf8")) as Record<string, number | null>;
  return new Map(
    Object.entries(words).filter((entry): entry is [string, number] => typeof entry[1] === "number"),
  );
}
