// Everything the text engines say about a caption, in one go: language, terms, brands, polarity. The module that worker threads load.
import { languageOf } from "./language.ts";
import { lineOf } from "./line.ts";
import { mentionFinder } from "./mentions.ts";
import type { Polarity } from "./polarity.ts";
import { sentimentJudge, type Unjudged } from "./sentiment-model.ts";
import type { Vocabulary } from "./vocabulary.ts";

export interface Annotation {
  /** ISO 639-1, `und` unknown. */
  readonly language: string;
  readonly language_confidence: number;
  /** Null: unclassified. */
  readonly polarity: Polarity | null;
  /** −1 to 1. */
  readonly polarity_score: number | null;
  /** Why there is no polarity; null where there is one. */
  readonly polarity_reason: Unjudged | null;
  /** Calibrated for texts of which nothing is known beforehand: each side as likely as the others. Null without weights. */
  readonly p_negative: number | null;
  readonly p_neutral: number | null;
  readonly p_positive: number | null;
  readonly terms: readonly string[];
  readonly variants: readonly string[];
  readonly brands: readonly string[];
}

export type Annotator = (caption: string) => Annotation;

/** Builds the matchers of a vocabulary; the annotator that comes back is a pure function of the caption. */
export function annotator({ terms, brands }: Vocabulary): Annotator {
  const mentionsOf = mentionFinder(terms, brands);
  const judge = sentimentJudge();
  return (caption) => {
    const { language, confidence } = languageOf(caption);
    const line = lineOf(caption);
    const judged = judge(caption, line, language);
    const [verdict, reason] = typeof judged === "string" ? [null, judged] : [judged, null];
    const [negative, neutral, positive] = verdict?.probabilities ?? [null, null, null];
    return {
      language,
      language_confidence: confidence,
      polarity: verdict?.polarity ?? null,
      polarity_score: verdict?.score ?? null,
      polarity_reason: reason,
      p_negative: negative,
      p_neutral: neutral,
      p_positive: positive,
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
