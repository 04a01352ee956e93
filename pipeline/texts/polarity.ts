// Whether a caption praises or complains: a lexicon with negation, intensity and contrast, in six languages, without a network.
import { isCjk, kindOf, PICTURE, SPACED } from "./characters.ts";
import { type Lexicon, type LexiconLanguage, lexiconLanguages, readAfinn, readLexicon } from "./lexicon.ts";
import { isBreak, type Line, needleOf, PAUSE, SPACE, STOP, TAG } from "./line.ts";
import { Trie } from "./trie.ts";

export type Polarity = "positive" | "neutral" | "negative";

export interface Verdict {
  readonly polarity: Polarity;
  /** −1 to 1. */
  readonly score: number;
}

/** Null where the language has no lexicon: unclassified is not neutral. */
export type PolarityJudge = (line: Line, language: string) => Verdict | null;

interface Entry {
  readonly word?: number;
  readonly picture?: true;
  readonly negates?: { readonly before: boolean; readonly after: boolean };
  readonly intensity?: number;
  readonly contrast?: true;
}

interface Reader {
  readonly lexicon: Lexicon;
  readonly trie: Trie<Entry>;
}

/** What was said in one place of the sentence being read. */
interface Said {
  value: number;
  /** Word or character counted from the start, where it begins and ends. */
  readonly from: number;
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
  const emoji = readLexicon("emoji");
  const readers = new Map<string, Reader>(
    lexiconLanguages.map((language) => [language, readerOf(language, emoji)]),
  );
  return (line, language) => {
    const reader = readers.get(language);
    return reader ? judge(reader, line) : null;
  };
}

function judge({ lexicon, trie }: Reader, line: Line): Verdict {
  const sum = sumOf(lexicon, trie, line);
  const score = round(sum / Math.sqrt(sum * sum + normalisation));
  const { positive, negative } = lexicon.threshold;
  return { score, polarity: score >= positive ? "positive" : score <= -negative ? "negative" : "neutral" };
}

function sumOf(lexicon: Lexicon, trie: Trie<Entry>, { codes, length }: Line): number {
  const { negation } = lexicon;
  const byWord = negation.unit === "words";
  let total = 0;
  let pictures = 0;
  let said: Said[] = [];
  let place = 0;
  let negatedUntil = -1;
  let intensity = 1;
  let intensityUntil = -1;
  let contrast = 1;
  const endSentence = () => {
    for (const one of said) total += one.value;
    said = [];
    negatedUntil = -1;
    contrast = 1;
  };
  for (let at = 1; at < length; ) {
    const code = codes[at] as number;
    if (code === STOP) endSentence();
    else if (code === PAUSE) negatedUntil = -1;
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
    const entry = found.value;
    if (entry.picture) {
      pictures += entry.word ?? 0;
      continue;
    }
    if (entry.contrast) {
      for (const one of said) one.value *= beforeContrast;
      contrast = afterContrast;
      negatedUntil = -1;
    }
    if (entry.word) {
      const strength = from <= intensityUntil ? intensity : 1;
      const one = { value: entry.word * strength * contrast, from, to: place, negated: false };
      if (from <= negatedUntil) negate(one);
      said.push(one);
    }
    if (entry.negates) {
      if (entry.negates.after) {
        const last = said.at(-1);
        if (last && from - last.to < negation.after_reach) negate(last);
        else if (entry.negates.before) negatedUntil = place + negation.before_reach - 1;
      } else if (entry.negates.before) negatedUntil = place + negation.before_reach - 1;
    }
    if (entry.intensity !== undefined) {
      intensity = entry.intensity;
      intensityUntil = place + (byWord ? 1 : 4);
    }
  }
  endSentence();
  return total + Math.max(-picturesAtMost, Math.min(picturesAtMost, pictures));
}

function negate(said: Said): void {
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

function readerOf(language: LexiconLanguage, emoji: Lexicon): Reader {
  const lexicon = readLexicon(language);
  const entries = new Map<string, { needle: number[]; entry: Entry }>();
  const put = (words: string, entry: Entry, over = true) => {
    const needle = needleOf(words);
    if (needle.length === 0) return;
    const key = String.fromCharCode(...needle);
    const known = entries.get(key);
    if (known && !over) return;
    entries.set(key, { needle, entry: known && over ? { ...known.entry, ...entry } : entry });
  };
  for (const [weight, words] of Object.entries(lexicon.words))
    for (const word of words) put(word, { word: Number(weight) });
  for (const word of lexicon.contrast) put(word, { contrast: true });
  for (const [factor, words] of Object.entries(lexicon.intensifiers))
    for (const word of words) put(word, { intensity: Number(factor) });
  const { before, after } = lexicon.negation;
  for (const word of new Set([...before, ...after])) {
    put(word, { negates: { before: before.includes(word), after: after.includes(word) } });
  }
  if (lexicon.afinn > 0)
    for (const [words, weight] of afinnFor(language)) put(words, { word: weight * lexicon.afinn }, false);
  for (const [weight, pictures] of Object.entries(emoji.words)) {
    for (const picture of pictures) put(picture, { word: Number(weight), picture: true });
  }
  const trie = new Trie<Entry>();
  for (const { needle, entry } of entries.values()) trie.set(needle, entry);
  return { lexicon, trie };
}

/** AFINN's words that are long enough to mean one thing: two kanji or syllables, three letters. */
function afinnFor(language: LexiconLanguage): [string, number][] {
  return [...readAfinn(language)].filter(([words]) => {
    const needle = needleOf(words);
    return needle.length >= (isCjk(kindOf(needle[0] ?? 0)) ? 2 : 3);
  });
}

function round(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}
