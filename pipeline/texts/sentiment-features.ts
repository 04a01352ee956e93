// What the sentiment model knows a caption by: hashed words, word pairs, denied words and runs of characters, and a handful of measures
// (what the lexicon hears, shouting, questions, links). Pure and exact: only sums, products and square roots, so every machine agrees.
import { type LexiconLanguage, readLexicon } from "./lexicon.ts";
import type { Heard } from "./polarity.ts";
import { isLetter, LINK, type Look, lookOf, NAME, NUMBER } from "./sentiment-text.ts";

/** Raised when the same text would get other features; weights fitted on other features are refused. */
export function featuresVersion(language: LexiconLanguage): string {
  return language === "ko" ? "3" : "1";
}

/** Words and characters each have a table of their own. Korean inflects at the end of every word and has the most of either. */
const wordBits = (language: LexiconLanguage): number => (language === "ko" ? 19 : 18);
const runBits = (language: LexiconLanguage): number => (language === "ko" ? 21 : 18);
const bucketsAtMost = (1 << 19) + (1 << 21);

/** Buckets below are of words, from here on of runs of characters. */
export function charactersFrom(language: LexiconLanguage): number {
  return 1 << wordBits(language);
}

export function bucketsOf(language: LexiconLanguage): number {
  return charactersFrom(language) + (1 << runBits(language));
}

/** Features of a text. The arrays are reused by the next call: copy what is to stay. */
export interface Features {
  readonly bucket: Int32Array;
  readonly value: Float64Array;
  readonly size: number;
  readonly measures: Float64Array;
  /** Those of `bucket` from here on are runs of characters; before it words. */
  readonly words: number;
}

const most = 40_000;
const bucket = new Int32Array(most);
const value = new Float64Array(most);
const counted = new Uint16Array(bucketsAtMost);
const measures = new Float64Array(64);

export type Extract = (text: string, heard: Heard) => Features;

/** Characters are read from runs of two on; where a character is a word, one alone says something too. */
const runsFrom: Readonly<Record<string, number>> = { ja: 1 };
const runsTo = 5;
/** A Korean syllable is two or three letters. */
const letterRuns = { from: 3, to: 7 };
/** Stems stand at the start of a Korean word and endings at its end: so many syllables of either are counted by themselves. */
const edgesTo = 4;
/** A negation marks so many words behind it, up to the end of its clause. */
const denies = 4;

/** The extractor of a language that has a lexicon. */
export function extractor(language: LexiconLanguage): Extract {
  const negations = new Set(
    readLexicon(language)
      .negation.before.filter((word) => !word.includes(" "))
      .map((word) => plainHash(word)),
  );
  const from = runsFrom[language] ?? 2;
  const spaced = language !== "ja";
  const offset = charactersFrom(language);
  const words = { bits: wordBits(language), edges: language === "ko" };
  const runs = {
    bits: runBits(language),
    offset,
    ...(language === "ko" ? letterRuns : { from, to: runsTo }),
  };
  return (text, heard) => {
    const look = lookOf(text);
    let size = 0;
    if (spaced) size = countWords(look, negations, words);
    const wordsEnd = size;
    weigh(0, wordsEnd);
    size = countRuns(language === "ko" ? lettersOf(look) : look, runs, size);
    weigh(wordsEnd, size);
    measure(look, heard);
    return { bucket, value, size, measures, words: wordsEnd };
  };
}

/** Counts become square roots, scaled so that a long text weighs no more than a short one. */
function weigh(from: number, to: number): void {
  let sum = 0;
  for (let i = from; i < to; i++) {
    const at = bucket[i] as number;
    sum += counted[at] as number;
    value[i] = Math.sqrt(counted[at] as number);
    counted[at] = 0;
  }
  if (sum === 0) return;
  const scale = 1 / Math.sqrt(sum);
  for (let i = from; i < to; i++) value[i] = (value[i] as number) * scale;
}

function count(hash: number, offset: number, bits: number, size: number): number {
  const at = offset + (finished(hash) >>> (32 - bits));
  const seen = counted[at] as number;
  if (seen === 0) {
    if (size >= most) return size;
    bucket[size] = at;
    counted[at] = 1;
    return size + 1;
  }
  if (seen < 65_535) counted[at] = seen + 1;
  return size;
}

interface Words {
  readonly bits: number;
  /** Count the beginnings and ends of words too. */
  readonly edges: boolean;
}

function countWords({ codes, length }: Look, negations: ReadonlySet<number>, { bits, edges }: Words): number {
  let size = 0;
  let before = opening;
  let denied = 0;
  for (let at = 0; at < length; ) {
    const code = codes[at] as number;
    if (code === 0x20) {
      at++;
      continue;
    }
    const isWord = startsWord(code);
    const end = isWord ? endOfWord(codes, at, length) : endOfMark(codes, at, length);
    let hash = seed;
    let plain = seed;
    for (let i = at; i < end; i++) {
      const one = codes[i] as number;
      hash = step(hash, one);
      if (one !== 0x27) plain = step(plain, one);
    }
    size = count(hash, 0, bits, size);
    size = count(Math.imul(before, 31) ^ Math.imul(hash, 0x9e3779b1), 0, bits, size);
    if (isWord) {
      if (edges) size = countEdges(codes, at, end, bits, size);
      if (denied > 0) {
        size = count(hash ^ 0x5bd1e995, 0, bits, size);
        denied--;
      }
      if (negations.has(plain)) denied = denies;
    } else if (code === 0x2e || code === 0x2c || code === 0x21 || code === 0x3f) denied = 0;
    before = hash;
    at = end;
  }
  return size;
}

function countEdges(codes: Uint16Array, from: number, to: number, bits: number, start: number): number {
  let size = start;
  let first = 0x3c6ef372;
  let last = 0x510e527f;
  for (let i = 0; i < edgesTo && from + i < to; i++) {
    first = step(first, codes[from + i] as number);
    last = step(last, codes[to - 1 - i] as number);
    size = count(first ^ i, 0, bits, size);
    size = count(last ^ i, 0, bits, size);
  }
  return size;
}

interface Runs {
  readonly from: number;
  readonly to: number;
  readonly bits: number;
  /** Bucket that the table of runs begins with. */
  readonly offset: number;
}

type Codes = Pick<Look, "codes" | "length">;

function countRuns({ codes, length }: Codes, { from, to, bits, offset }: Runs, start: number): number {
  let size = start;
  for (let at = 0; at < length; at++) {
    let hash = 0x1b873593;
    const end = Math.min(length, at + to);
    for (let i = at; i < end; i++) {
      hash = step(hash, codes[i] as number);
      hash ^= hash >>> 13;
      const run = i - at + 1;
      if (run >= from) size = count(hash ^ run, offset, bits, size);
    }
  }
  return size;
}

const letters = new Uint16Array(3 * 16_384);

/** Syllables as their letters, so that 좋았 and 좋아 share what they share; without spaces, which Koreans put as they like: 안 좋아요, 안좋아요. */
function lettersOf({ codes, length }: Codes): Codes {
  let size = 0;
  for (let at = 0; at < length; at++) {
    const code = codes[at] as number;
    if (code === 0x20) continue;
    const syllable = code - 0xac00;
    if (syllable < 0 || syllable > 11_171) {
      letters[size++] = code;
      continue;
    }
    letters[size++] = 0xf001 + Math.floor(syllable / 588);
    letters[size++] = 0xf101 + Math.floor((syllable % 588) / 28);
    if (syllable % 28 > 0) letters[size++] = 0xf201 + (syllable % 28);
  }
  return { codes: letters, length: size };
}

const seed = 0x811c9dc5;
const opening = 0x1234567;

function step(hash: number, code: number): number {
  return Math.imul(hash ^ code, 0x01000193);
}

/** Spreads a hash over its upper bits, which choose the bucket. */
function finished(hash: number): number {
  let mixed = hash ^ (hash >>> 15);
  mixed = Math.imul(mixed, 0x2c1b3c6d);
  mixed ^= mixed >>> 12;
  mixed = Math.imul(mixed, 0x297a2d39);
  return mixed ^ (mixed >>> 15);
}

function plainHash(word: string): number {
  let hash = seed;
  for (let i = 0; i < word.length; i++) if (word[i] !== "'") hash = step(hash, word.charCodeAt(i));
  return hash;
}

function startsWord(code: number): boolean {
  return isLetter(code) || code === NUMBER || code === 0x23;
}

function endOfWord(codes: Uint16Array, from: number, length: number): number {
  let end = from + 1;
  while (end < length) {
    const code = codes[end] as number;
    if (!isLetter(code) && code !== NUMBER && code !== 0x27 && code !== 0x5f) break;
    end++;
  }
  return end;
}

/** An emoji, a link or a name stands alone; punctuation is taken together, since "?!" says more than its marks. */
function endOfMark(codes: Uint16Array, from: number, length: number): number {
  const code = codes[from] as number;
  let end = from + 1;
  if (code === LINK || code === NAME) return end;
  if (code >= 0xd800 && code <= 0xdbff) return Math.min(length, end + 1);
  while (end < length) {
    const next = codes[end] as number;
    if (next === 0x20 || next >= 0xd800 || startsWord(next)) break;
    end++;
  }
  return end;
}

/** Names of the measures, in their order; what they are worth stands in the weights' header under the same names. */
export const measureNames = [
  "exclamations",
  "questions",
  "ellipses",
  "links",
  "names",
  "tags",
  "drawn_out",
  "shouted",
  "length",
  "has_name",
  "has_tag",
  "has_exclamation",
  "has_question",
  "has_ellipsis",
  "heard",
  "heard_last",
  "praise",
  "blame",
  "praise_strong",
  "blame_strong",
  "pictures",
  "nothing_heard",
  "denied",
  "turns",
  "heard_very_bad",
  "heard_bad",
  "heard_badly",
  "heard_well",
  "heard_good",
  "heard_very_good",
  "heard_best",
  "ends_bad",
  "ends_good",
  "mixed",
  "glad_pictures",
  "sad_pictures",
  "loud_praise",
  "loud_blame",
] as const;

function measure(look: Look, heard: Heard): void {
  const sum = leaning(heard.sum);
  let i = 0;
  const put = (amount: number | boolean) => {
    measures[i++] = Number(amount);
  };
  put(saturating(look.exclamations));
  put(saturating(look.questions));
  put(saturating(look.ellipses));
  put(Math.min(2, look.links));
  put(Math.min(3, look.names) / 2);
  put(saturating(look.tags));
  put(saturating(look.drawnOut));
  put(saturating(look.shouted));
  put(look.words / (look.words + 20));
  put(look.names > 0);
  put(look.tags > 0);
  put(look.exclamations > 0);
  put(look.questions > 0);
  put(look.ellipses > 0);
  put(sum);
  put(leaning(heard.last));
  put(Math.min(3, heard.praise) / 3);
  put(Math.min(3, heard.blame) / 3);
  put(leaning(heard.praise));
  put(leaning(heard.blame));
  put(heard.pictures / 2);
  put(heard.judging === 0);
  put(Math.min(3, heard.denied) / 2);
  put(heard.turns > 0);
  put(sum < -0.6);
  put(sum < -0.3);
  put(sum < -0.05);
  put(sum > 0.05);
  put(sum > 0.3);
  put(sum > 0.6);
  put(sum > 0.8);
  put(heard.last < -0.5);
  put(heard.last > 0.5);
  put(heard.praise > 0 && heard.blame > 0);
  put(heard.pictures > 0);
  put(heard.pictures < 0);
  put(heard.sum > 5);
  put(heard.sum < -3);
}

/** −1 to 1, as the lexicon's own score. */
function leaning(sum: number): number {
  return sum / Math.sqrt(sum * sum + 6);
}

function saturating(amount: number): number {
  return (1.5 * amount) / (amount + 1);
}
