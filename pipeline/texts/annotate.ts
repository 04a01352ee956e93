// Everything the text engines say about a caption, in one go: language, terms, brands, polarity. The module that worker threads load.
import { languageOf } from "./language.ts";
import { lineOf } from "./line.ts";
import { mentionFinder } from "./mentions.ts";
import { type Polarity, polarityJudge } from "./polarity.ts";
import type { Vocabulary } from "./vocabulary.ts";

export interface Annotation {
  /** ISO 639-1, `und` unknown. */
  readonly language: string;
  readonly language_confidence: number;
  /** Null: unclassified. */
  readonly polarity: Polarity | null;
  readonly polarity_score: number | null;
  readonly terms: readonly string[];
  readonly variants: readonly string[];
  readonly brands: readonly string[];
}

export type Annotator = (caption: string) => Annotation;

/** Builds the matchers of a vocabulary; the annotator that comes back is a pure function of the caption. */
export function annotator({ terms, brands }: Vocabulary): Annotator {
  const mentionsOf = mentionFinder(terms, brands);
  const judge = polarityJudge();
  return (caption) => {
    const { language, confidence } = languageOf(caption);
    const line = lineOf(caption);
    const verdict = judge(line, language);
    return {
      language,
      language_confidence: confidence,
      polarity: verdict?.polarity ?? null,
      polarity_score: verdict?.score ?? null,
      ...mentionsOf(line, language),
    };
  };
}

/** A text and the key it is known by. */
export interface KeyedTexts {
  readonly keys: readonly string[];
  readonly texts: readonly string[];
}

/** For worker threads: annotates a batch and answers with NDJSON, which DuckDB reads faster than we could copy objects. */
export function prepare(vocabulary: Vocabulary): (batch: KeyedTexts) => string {
  const annotate = annotator(vocabulary);
  return ({ keys, texts }) => {
    let lines = "";
    for (let i = 0; i < keys.length; i++) {
      lines += `${JSON.stringify({ text_key: keys[i], ...annotate(texts[i] as string) })}\n`;
    }
    return lines;
  };
}
