// How the weights of a language come about: what an example is worth, which models are fitted, and how they become one table of small numbers.
import type { LexiconLanguage } from "../../texts/lexicon.ts";
import { lineOf } from "../../texts/line.ts";
import { polarityHearer } from "../../texts/polarity.ts";
import {
  bucketsOf,
  charactersFrom,
  type Extract,
  extractor,
  measureNames,
} from "../../texts/sentiment-features.ts";
import { polarities } from "../../texts/sentiment-model.ts";
import { fitSoftmax, type SparseRows } from "./softmax-fit.ts";

/** A labelled text: 0 negative, 1 neutral, 2 positive. */
export interface Example {
  readonly text: string;
  readonly label: 0 | 1 | 2;
  /** 0 to 1: how far a text of no clear side leans to praise, where stars tell; null where they do not. */
  readonly lean: number | null;
  /** How much it teaches; 1 when not said. */
  readonly weight?: number;
  /** Number of the sentence that a caption of our own making was made of; null for texts of others. */
  readonly sentence?: number;
}

/** An example as the fit sees it. */
export interface Prepared {
  readonly bucket: Int32Array;
  readonly value: Float32Array;
  /** Features before this place are words, those from it on runs of characters. */
  readonly words: number;
  readonly measures: Float32Array;
  readonly label: 0 | 1 | 2;
  readonly lean: number | null;
  readonly weight: number;
  readonly sentence: number | null;
}

/** Weights before they are packed; three a bucket, three a measure. */
export interface RawModel {
  readonly table: Float32Array | null;
  /** Most of the table is none. */
  readonly sparse?: boolean;
  readonly measures: Float64Array;
  readonly bias: readonly [number, number, number];
}

interface Part {
  /** Weights are pulled to the log ratio of counts between classes (Wang and Manning 2012) by this power: 0 not at all. */
  readonly ratioPower: number;
  /** On the square of a weight: of words, of runs of characters, of measures. */
  readonly penalty: readonly [words: number, runs: number, measures: number];
  readonly classes: readonly number[];
}

/**
 * Chosen by cross-validation on the training and validation splits named in method.md, never on a test split.
 * Two models with different pull are averaged: they err on different texts, and their mean is again one table.
 */
const threeSided: readonly Part[] = [
  { ratioPower: 1, penalty: [0.3, 0.3, 0.3], classes: [0, 1, 2] },
  { ratioPower: 0.5, penalty: [0.6, 0.6, 0.6], classes: [0, 1, 2] },
];
/**
 * With stars, praise and blame are told apart by a model of their own, which reads the stars in between as leaning; only what is neutral is left to
 * the first of the three-sided parts. Chosen by five-fold cross-validation on Naver's reviews without those that the accuracy page judges.
 */
const twoSided: Part = { ratioPower: 1, penalty: [0.9, 0.5, 0.5], classes: [0, 2] };
const measuresCount = 0.7;
/** Four reviews praise for one that blames: weighed so that either side teaches as much. A leaning text teaches less than one that takes a side. */
const sideCounts = { negative: 3, neutral: 0.7, positive: 0.8 };
/** Five to eight stars of ten are a mixed review, not a text that judges nothing: of what is neutral they teach little. */
const middlingCounts = 0.15;
/** Of a table fitted with stars, which is large. */
const bucketsKept = 200_000;
/** A feature seen in one text says nothing about others; where texts are many, nor does one seen in three. */
const seenAtLeast = (texts: number): number => (texts > 10_000 ? 4 : 2);

export function prepareExamples(language: LexiconLanguage, examples: readonly Example[]): Prepared[] {
  const hear = polarityHearer();
  const extract: Extract = extractor(language);
  return examples.map(({ text, label, lean, weight = 1, sentence = null }) => {
    const heard = hear(lineOf(text), language);
    if (!heard) throw new Error(`no lexicon for ${language}`);
    const { bucket, value, size, words, measures } = extract(text, heard);
    return {
      bucket: bucket.slice(0, size),
      value: Float32Array.from(value.subarray(0, size)),
      words,
      measures: Float32Array.from(measures.subarray(0, measureNames.length)),
      label,
      lean,
      weight,
      sentence,
    };
  });
}

export interface FitOptions {
  readonly language: LexiconLanguage;
  /** Praise and blame are told apart by a model of their own, and captions by what the lexicon hears. */
  readonly stars: boolean;
}

/** Fits on the examples. */
export function fitModel(examples: readonly Prepared[], { language, stars }: FitOptions): RawModel {
  const columnOf = columnsOf(examples, bucketsOf(language));
  const features = columnOf.reduce((most, column) => Math.max(most, column + 1), 0);
  const words = columnOf
    .subarray(0, charactersFrom(language))
    .reduce((most, column) => Math.max(most, column + 1), 0);
  const rows = rowsOf(examples, columnOf, features);
  const columns = { features, words };
  const parts = stars ? threeSided.slice(0, 1) : threeSided;
  const three = mean(parts.map((part) => fitPart(part, examples, rows, columns, stars)));
  const weights = stars ? withSides(three, fitPart(twoSided, examples, rows, columns, stars)) : three;
  const model = unpacked(weights, columnOf, features);
  if (!stars) return model;
  return { ...model, table: lightened(model.table), sparse: true, measures: withPoints(model.measures) };
}

/** The neutral side of one model, and between praise and blame the distance of the other; what all three have in common says nothing. */
function withSides(three: Float64Array, two: Float64Array): Float64Array {
  const weights = new Float64Array(three.length);
  for (let at = 0; at < weights.length; at += 3) {
    const middle = ((three[at] as number) + (three[at + 2] as number)) / 2;
    const half = ((two[at + 2] as number) - (two[at] as number)) / 2;
    weights[at] = -half;
    weights[at + 1] = (three[at + 1] as number) - middle;
    weights[at + 2] = half;
  }
  return weights;
}

function mean(models: readonly Float64Array[]): Float64Array {
  const sum = new Float64Array((models[0] as Float64Array).length);
  for (const model of models)
    for (let i = 0; i < sum.length; i++) sum[i] = (sum[i] as number) + (model[i] as number) / models.length;
  return sum;
}

function columnsOf(examples: readonly Prepared[], buckets: number): Int32Array {
  const seen = new Int32Array(buckets);
  for (const { bucket } of examples) for (const at of bucket) seen[at] = (seen[at] as number) + 1;
  const atLeast = seenAtLeast(examples.length);
  let column = 0;
  return seen.map((times) => (times >= atLeast ? column++ : -1));
}

function rowsOf(examples: readonly Prepared[], columnOf: Int32Array, features: number): SparseRows {
  const room = examples.reduce((sum, { bucket }) => sum + bucket.length + measureNames.length + 1, 0);
  const column = new Int32Array(room);
  const value = new Float32Array(room);
  const start = new Int32Array(examples.length + 1);
  let at = 0;
  for (const [row, example] of examples.entries()) {
    for (const [i, bucket] of example.bucket.entries()) {
      const known = columnOf[bucket] as number;
      if (known < 0) continue;
      column[at] = known;
      value[at++] = example.value[i] as number;
    }
    for (const [i, amount] of example.measures.entries()) {
      if (amount === 0) continue;
      column[at] = features + i;
      value[at++] = amount * measuresCount;
    }
    column[at] = features + measureNames.length;
    value[at++] = 1;
    start[row + 1] = at;
  }
  return { start, column, value, columns: features + measureNames.length + 1 };
}

/** Columns of words come first, those of runs of characters up to `features`, then the measures. */
interface Columns {
  readonly features: number;
  readonly words: number;
}

function fitPart(
  part: Part,
  examples: readonly Prepared[],
  rows: SparseRows,
  { features, words: wordColumns }: Columns,
  stars: boolean,
): Float64Array {
  const targets = new Float32Array(3 * examples.length);
  const weights = new Float32Array(examples.length);
  const twoSides = part.classes.length === 2;
  for (const [row, { label, lean, weight, sentence }] of examples.entries()) {
    if (twoSides) {
      const share = label === 1 ? lean : label / 2;
      weights[row] = share === null ? 0 : weight * sideCounts[polarities[label]];
      targets[3 * row] = 1 - (share ?? 0);
      targets[3 * row + 2] = share ?? 0;
    } else {
      weights[row] = label === 1 && lean !== null && sentence === null ? middlingCounts * weight : weight;
      targets[3 * row + label] = 1;
    }
  }
  const [words, runs, measures] = part.penalty;
  const penalty = new Float32Array(rows.columns).fill(runs);
  penalty.fill(words, 0, wordColumns);
  penalty.fill(measures, features);
  penalty[rows.columns - 1] = 0.001;
  const scale = scalesOf(part, rows, targets, weights, features);
  return fitSoftmax({ rows, targets, weights, classes: part.classes, penalty, scale, curved: stars });
}

/** Per feature and class: |log of how much more often the feature stands in texts of the class than in others|, to the part's power. */
function scalesOf(
  { ratioPower, classes }: Part,
  { start, column, columns }: SparseRows,
  targets: Float32Array,
  weights: Float32Array,
  features: number,
): Float32Array {
  const scale = new Float32Array(3 * columns).fill(1);
  if (ratioPower === 0) return scale;
  const counts = new Float64Array(3 * columns);
  const totals = [0, 0, 0];
  for (let row = 0; row + 1 < start.length; row++) {
    for (const one of classes) {
      const amount = (weights[row] as number) * (targets[3 * row + one] as number);
      if (amount === 0) continue;
      totals[one] = (totals[one] as number) + amount;
      for (let at = start[row] as number; at < (start[row + 1] as number); at++) {
        const base = 3 * (column[at] as number) + one;
        counts[base] = (counts[base] as number) + amount;
      }
    }
  }
  const total = totals.reduce((sum, one) => sum + one, 0);
  for (let at = 0; at < features; at++) {
    const all = (counts[3 * at] as number) + (counts[3 * at + 1] as number) + (counts[3 * at + 2] as number);
    for (const one of classes) {
      const own = counts[3 * at + one] as number;
      const within = (own + 1) / ((totals[one] as number) + 2);
      const outside = (all - own + 2) / (total - (totals[one] as number) + 4);
      scale[3 * at + one] = Math.abs(Math.log(within / outside)) ** ratioPower;
    }
  }
  return scale;
}

/**
 * Reviews of films teach nothing of what a caption is that judges nothing: whether the lexicon hears anything in it at all gets points by hand, for and
 * against neutral. Between praise and blame they change nothing.
 */
const captionPoints: Readonly<
  Partial<Record<(typeof measureNames)[number], readonly [number, number, number]>>
> = {
  nothing_heard: [0, 3, 0],
  heard_good: [0, -2, 0],
  heard_bad: [0, -2, 0],
};

function withPoints(measures: Float64Array): Float64Array {
  return measures.map((weight, i) => {
    const name = measureNames[Math.floor(i / 3)];
    return weight + ((name && captionPoints[name]?.[i % 3]) ?? 0);
  });
}

/** Drops the buckets that say least: by cross-validation nobody misses them, and the file is a third. */
function lightened(table: Float32Array): Float32Array {
  const loudest = (at: number) =>
    Math.max(Math.abs(table[at + 1] as number), Math.abs(table[at + 2] as number));
  const sizes = Float32Array.from({ length: table.length / 3 }, (_, i) => loudest(3 * i)).sort();
  const least = sizes[Math.max(0, sizes.length - bucketsKept)] as number;
  for (let at = 0; at < table.length; at += 3) if (loudest(at) < least) table.fill(0, at, at + 3);
  return table;
}

function unpacked(
  weights: Float64Array,
  columnOf: Int32Array,
  features: number,
): RawModel & { readonly table: Float32Array } {
  const table = new Float32Array(3 * columnOf.length);
  for (const [bucket, column] of columnOf.entries())
    if (column >= 0) table.set(weights.subarray(3 * column, 3 * column + 3), 3 * bucket);
  const from = 3 * features;
  const to = from + 3 * measureNames.length;
  return {
    table,
    measures: weights.slice(from, to).map((weight) => weight * measuresCount),
    bias: [weights[to] as number, weights[to + 1] as number, weights[to + 2] as number],
  };
}

/** Logits of one example: what the engine computes, before the temperature. */
export function logitsOf({ table, measures, bias }: RawModel, example: Prepared): [number, number, number] {
  const logits: [number, number, number] = [...bias];
  if (table)
    for (const [i, bucket] of example.bucket.entries())
      for (let one = 0; one < 3; one++)
        logits[one as 0] += (example.value[i] as number) * (table[3 * bucket + one] as number);
  for (const [i, amount] of example.measures.entries())
    for (let one = 0; one < 3; one++) logits[one as 0] += amount * (measures[3 * i + one] as number);
  return logits;
}
