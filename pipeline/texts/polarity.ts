// Whether a caption praises or complains: a lexicon with negation, intensity and contrast, in six languages, without a network.
import { kindOf, PICTURE, SPACED } from "./characters.ts";
import { type Lexicon, type LexiconLanguage, lexiconLanguages, readLexicon } from "./lexicon.ts";
import { isBreak, type Line, PAUSE, SPACE, STOP, TAG } from "./line.ts";
import { type Entry, type Reader, readerOf } from "./polarity-words.ts";
import type { Trie } from "./trie.ts";

export type Polarity = "positive" | "neutral" | "negative";

export interface Verdict {
  readonly polarity: Polarity;
  /** −1 to 1. */
  readonly score: number;
}

/** Null where the language has no lexicon: unclassified is not neutral. */
export type PolarityJudge = (line: Line, language: string) => Verdict | null;

/** What the lexicon hears in a text, before anything is made of it: weights of its words after negation, intensity and contrast. */
export interface Heard {
  /** Words and pictures together. */
  readonly sum: number;
  readonly praise: number;
  /** Not negative. */
  readonly blame: number;
  /** Words that judge, and how many of them were denied. */
  readonly judging: number;
  readonly denied: number;
  readonly pictures: number;
  /** Sum of the last sentence that judges, where people come to their point. */
  readonly last: number;
  readonly turns: number;
}

/** What was said in one place of the sentence being read. */
interface Said {
  value: number;
  /** Words or characters from the start of the text to its end. */
  readonly to: number;
  negated: boolean;
}

/** A negated compliment is a weak complaint, a negated complaint a weaker compliment: "not bad" is not "good". */
const negatedPraise = -0.8;
const negatedBlame = -0.4;
/** As in VADER (Hutto and Gilbert 2014), scaled to weights up to 3. */
const normalisation = 6;
/** What stands before a "but" counts less, what follows it more. */
const beforeContrast = 0.5;
const afterContrast = 1.4;
/** Rows of hearts are a habit; together they weigh at most one strong word. */
const picturesAtMost = 2;

export function polarityJudge(): PolarityJudge {
  const hear = polarityHearer();
  return (line, language) => {
    const heard = hear(line, language);
    return heard && lexiconVerdict(heard.sum, thresholdOf(language));
  };
}

const thresholds = new Map<string, Lexicon["threshold"]>();

function thresholdOf(language: string): Lexicon["threshold"] {
  let threshold = thresholds.get(language);
  if (!threshold) {
    threshold = readLexicon(language as LexiconLanguage).threshold;
    thresholds.set(language, threshold);
  }
  return threshold;
}

function lexiconVerdict(sum: number, { positive, negative }: Lexicon["threshold"]): Verdict {
  const score = round(sum / Math.sqrt(sum * sum + normalisation));
  return { score, polarity: score >= positive ? "positive" : score <= -negative ? "negative" : "neutral" };
}

/** What the lexicon of a language hears in a line; null where there is none. */
export function polarityHearer(): (line: Line, language: string) => Heard | null {
  const emoji = readLexicon("emoji");
  const readers = new Map<string, Reader>(
    lexiconLanguages.map((language) => [language, readerOf(language, emoji)]),
  );
  return (line, language) => {
    const reader = readers.get(language);
    return reader ? heardIn(reader.lexicon, reader.trie, line) : null;
  };
}

function heardIn(lexicon: Lexicon, trie: Trie<Entry>, { codes, length }: Line): Heard {
  const byWord = lexicon.negation.unit === "words";
  const reading = new Reading(lexicon);
  let pictures = 0;
  let place = 0;
  for (let at = 1; at < length; ) {
    const code = codes[at] as number;
    if (code === STOP) reading.endSentence();
    else if (code === PAUSE) reading.endClause();
    if (isBreak(code)) {
      at++;
      continue;
    }
    if (code === TAG) {
      // A tag files a post, it does not judge: #bestskincare is on every other one.
      while (at < length && codes[at] !== SPACE) at++;
      continue;
    }
    const kind = kindOf(code);
    const found = trie.longest(codes, length, at, wholeWord);
    const end = found ? found.end : kind === SPACED ? endOfWord(codes, at) : at + 1;
    const from = place;
    place += byWord ? wordsIn(codes, at, end) : end - at;
    at = end;
    if (!found) continue;
    if (found.value.picture) pictures += found.value.word ?? 0;
    else reading.hear(found.value, from, place);
  }
  reading.endSentence();
  const { praise, blame, judging, denied, last, turns } = reading;
  const seen = Math.max(-picturesAtMost, Math.min(picturesAtMost, pictures));
  return { sum: praise - blame + seen, praise, blame, judging, denied, pictures: seen, last, turns };
}

/** What has been said so far in the sentence being read, and what it does to the words to come. */
class Reading {
  praise = 0;
  blame = 0;
  judging = 0;
  denied = 0;
  last = 0;
  turns = 0;
  readonly #lexicon: Lexicon;
  #said: Said[] = [];
  #negatedUntil = -1;
  /** What a negation that stands behind its word would deny, should nothing follow that it denies instead. */
  #denied: Said | null = null;
  #intensity = 1;
  #intensityUntil = -1;
  #contrast = 1;

  constructor(lexicon: Lexicon) {
    this.#lexicon = lexicon;
  }

  hear(entry: Entry, from: number, to: number): void {
    if (entry.contrast) this.#turn();
    if (from > this.#negatedUntil) this.#settle();
    if (entry.word) this.#say(entry.word, entry.settled === true, from, to);
    if (entry.negates) this.#negate(entry.negates, from, to);
    if (entry.intensity !== undefined) {
      this.#intensity = entry.intensity;
      this.#intensityUntil = to + (this.#lexicon.negation.unit === "words" ? 1 : 4);
    }
  }

  endClause(): void {
    this.#settle();
    this.#negatedUntil = -1;
  }

  endSentence(): void {
    this.endClause();
    let sentence = 0;
    for (const one of this.#said) {
      if (one.value > 0) this.praise += one.value;
      else this.blame -= one.value;
      if (one.negated) this.denied++;
      sentence += one.value;
    }
    this.judging += this.#said.length;
    if (sentence !== 0) this.last = sentence;
    this.#said = [];
    this.#contrast = 1;
  }

  #turn(): void {
    this.turns++;
    this.endClause();
    for (const one of this.#said) one.value *= beforeContrast;
    this.#contrast = afterContrast;
  }

  #say(weight: number, settled: boolean, from: number, to: number): void {
    const strength = from <= this.#intensityUntil ? this.#intensity : 1;
    const one: Said = { value: weight * strength * this.#contrast, to, negated: settled };
    if (settled) this.endClause();
    else if (from <= this.#negatedUntil) {
      // "Mag ich nicht so gern" denies both; "super, nicht teuer" denies what follows.
      if (one.value > 0) this.#settle();
      this.#denied = null;
      deny(one);
    }
    this.#said.push(one);
  }

  #negate({ before, after }: { before: boolean; after: boolean }, from: number, to: number): void {
    const { before_reach, after_reach } = this.#lexicon.negation;
    const last = this.#said.at(-1);
    const reached = after && last && from - last.to < after_reach ? last : null;
    if (reached && !before) deny(reached);
    else this.#denied = reached;
    if (before) this.#negatedUntil = to + before_reach - 1;
  }

  #settle(): void {
    if (this.#denied) deny(this.#denied);
    this.#denied = null;
  }
}

function deny(said: Said): void {
  if (said.negated) return;
  said.negated = true;
  said.value *= said.value > 0 ? negatedPraise : negatedBlame;
}

function wholeWord(codes: Uint16Array, from: number, end: number): boolean {
  const first = kindOf(codes[from] as number);
  const last = kindOf(codes[end - 1] as number);
  if (first === SPACED && kindOf(codes[from - 1] as number) === SPACED) return false;
  return last !== SPACED || kindOf(codes[end] as number) !== SPACED;
}

function endOfWord(codes: Uint16Array, from: number): number {
  let end = from + 1;
  while (kindOf(codes[end] as number) === SPACED) end++;
  return end;
}

function wordsIn(codes: Uint16Array, from: number, end: number): number {
  let words = 1;
  for (let at = from; at < end; at++) if (codes[at] === SPACE) words++;
  return kindOf(codes[from] as number) === PICTURE ? 0 : words;
}

function round(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}
