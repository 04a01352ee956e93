// Probabilities of a caption's polarity from the weights of its language: multinomial logistic over hashed features and measures, calibrated.
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { LeapError } from "../core/errors.ts";
import { type LexiconLanguage, lexiconLanguages } from "./lexicon.ts";
import { type Line, lineOf } from "./line.ts";
import { type Heard, type Polarity, polarityHearer, polarityJudge } from "./polarity.ts";
import { bucketsOf, type Extract, extractor, featuresVersion, measureNames } from "./sentiment-features.ts";
import { type SentimentHeader, sentimentHeader } from "./sentiment-header.ts";
import { unpackedTable } from "./sentiment-table.ts";

/** In the order of the weights. */
export const polarities = ["negative", "neutral", "positive"] as const satisfies readonly Polarity[];

export type Unjudged = "language_unknown" | "language_not_read" | "no_known_feature";

export interface Judgement {
  readonly polarity: Polarity;
  /** p(positive) − p(negative), −1 to 1, six decimals. */
  readonly score: number;
  /** Of negative, neutral, positive; calibrated, six decimals. Null where the lexicon judged alone, because nobody fitted weights. */
  readonly probabilities: readonly [number, number, number] | null;
}

/** A judgement, or the reason why there is none: an unread text is not a neutral one. */
export type Judge = (text: string, line: Line, language: string) => Judgement | Unjudged;

interface Model {
  readonly extract: Extract;
  /** Three weights a bucket, in steps of `step`; null where the language has a scorecard of measures alone. */
  readonly table: Int8Array | null;
  readonly step: number;
  readonly measures: Float64Array;
  readonly bias: readonly [number, number, number];
  readonly temperature: number;
}

export function sentimentJudge(): Judge {
  const hear = polarityHearer();
  const byLexicon = polarityJudge();
  const models = new Map<string, Model | null>();
  for (const language of lexiconLanguages) models.set(language, modelOf(language));
  return (text, line, language) => {
    const model = models.get(language);
    if (model === undefined) return language === "und" ? "language_unknown" : "language_not_read";
    if (model === null) {
      const verdict = byLexicon(line, language);
      return verdict ? { ...verdict, probabilities: null } : "language_not_read";
    }
    const heard = hear(line, language);
    return heard ? judged(model, text, heard) : "language_not_read";
  };
}

/** For one text by itself; in bulk the line is made once for all engines. */
export function judgeText(judge: Judge, text: string, language: string): Judgement | Unjudged {
  return judge(text, lineOf(text), language);
}

function judged(model: Model, text: string, heard: Heard): Judgement | Unjudged {
  const { table, step, measures, bias, temperature } = model;
  const features = model.extract(text, heard);
  const { bucket, value, size } = features;
  let negative = 0;
  let neutral = 0;
  let positive = 0;
  let known = 0;
  if (table) {
    for (let i = 0; i < size; i++) {
      const at = 3 * (bucket[i] as number);
      const amount = value[i] as number;
      const a = table[at] as number;
      const b = table[at + 1] as number;
      const c = table[at + 2] as number;
      if (a !== 0 || b !== 0 || c !== 0) known++;
      negative += amount * a;
      neutral += amount * b;
      positive += amount * c;
    }
  }
  if (size === 0 || (known === 0 && heard.judging === 0 && heard.pictures === 0 && table !== null))
    return "no_known_feature";
  negative = negative * step + bias[0];
  neutral = neutral * step + bias[1];
  positive = positive * step + bias[2];
  for (let i = 0; i < measureNames.length; i++) {
    const amount = features.measures[i] as number;
    if (amount === 0) continue;
    negative += amount * (measures[3 * i] as number);
    neutral += amount * (measures[3 * i + 1] as number);
    positive += amount * (measures[3 * i + 2] as number);
  }
  return judgement(negative / temperature, neutral / temperature, positive / temperature);
}

/** What three logits say. */
export function judgement(
  negative: number,
  neutral: number,
  positive: number,
): Judgement & { readonly probabilities: readonly [number, number, number] } {
  const top = Math.max(negative, neutral, positive);
  const a = Math.exp(negative - top);
  const b = Math.exp(neutral - top);
  const c = Math.exp(positive - top);
  const sum = a + b + c;
  // Six decimals, because the last bits of exp differ between machines.
  const p = [rounded(a / sum), rounded(b / sum), rounded(c / sum)] as const;
  const most = p[0] > p[1] ? (p[0] >= p[2] ? 0 : 2) : p[2] > p[1] ? 2 : 1;
  return { polarity: polarities[most] as Polarity, score: rounded(p[2] - p[0]), probabilities: p };
}

/** Null where nobody has fitted weights. Throws LeapError on weights that do not fit the features. */
function modelOf(language: LexiconLanguage): Model | null {
  const found = sentimentHeader(language);
  if (!found) return null;
  const { header, weights } = found;
  if (header.features !== featuresVersion(language))
    throw new LeapError(
      `invalid weights: ${weights.path} were fitted on features ${header.features}, the engine reads ${featuresVersion(language)}. Fit them anew: leap train sentiment --datasets DIR`,
    );
  return {
    extract: extractor(language),
    table: header.table ? readTable(weights.path, header.table, 3 * bucketsOf(language)) : null,
    step: header.table?.step ?? 0,
    measures: Float64Array.from(measureNames.flatMap((name) => header.measures[name] ?? [0, 0, 0])),
    bias: header.bias,
    temperature: header.temperature,
  };
}

function readTable(
  header: string,
  { file, sha256, kept }: NonNullable<SentimentHeader["table"]>,
  size: number,
): Int8Array {
  const path = header.replace(/[^/\\]+$/, file);
  const anew = "Fit them anew: leap train sentiment --datasets DIR";
  if (!existsSync(path)) throw new LeapError(`missing weights: ${path}, named by ${header}. ${anew}`);
  const packed = readFileSync(path);
  const digest = createHash("sha256").update(packed).digest("hex");
  if (digest !== sha256)
    throw new LeapError(`invalid weights: ${path} is not the file that ${header} describes. ${anew}`);
  const bytes = gunzipSync(packed);
  if (kept !== undefined) {
    const steps = unpackedTable(bytes, kept, size);
    if (steps) return steps;
    throw new LeapError(`invalid weights: ${path} does not hold ${kept} of ${size / 3} buckets. ${anew}`);
  }
  if (bytes.length !== size)
    throw new LeapError(`invalid weights: ${path} holds ${bytes.length} weights, not ${size}. ${anew}`);
  return new Int8Array(bytes.buffer, bytes.byteOffset, bytes.length);
}

function rounded(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}
