// The words that the polarity engine knows in a language: a lexicon, AFINN below it, inflected forms and emoji, in one trie.
import { isCjk, kindOf } from "./characters.ts";
import { type Lexicon, type LexiconLanguage, readAfinn, readLexicon } from "./lexicon.ts";
import { needleOf } from "./line.ts";
import { Trie } from "./trie.ts";

export interface Entry {
  readonly word?: number;
  readonly picture?: true;
  readonly negates?: { readonly before: boolean; readonly after: boolean };
  readonly intensity?: number;
  readonly contrast?: true;
  /** Says no by itself (did not work), so that a negation before it denies nothing more. */
  readonly settled?: true;
}

export interface Reader {
  readonly lexicon: Lexicon;
  readonly trie: Trie<Entry>;
}

/** Own words win over AFINN's, listed forms over made ones; the emoji are the same in every language. */
export function readerOf(language: LexiconLanguage, emoji: Lexicon): Reader {
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
  const denials = [...before, ...after];
  const settle = (key: string, entry: Entry): Entry =>
    entry.word && saysNo(key, denials, lexicon.negation.unit) ? { ...entry, settled: true } : entry;
  for (const [key, { needle, entry }] of entries) entries.set(key, { needle, entry: settle(key, entry) });
  for (const { needle, entry } of [...entries.values()]) {
    if (entry.word === undefined) continue;
    for (const form of formsOf(String.fromCharCode(...needle), lexicon.endings))
      put(form, { word: entry.word }, false);
  }
  for (const [weight, pictures] of Object.entries(emoji.words)) {
    for (const picture of pictures) put(picture, { word: Number(weight), picture: true });
  }
  const trie = new Trie<Entry>();
  for (const { needle, entry } of entries.values()) trie.set(needle, entry);
  return { lexicon, trie };
}

function saysNo(phrase: string, denials: readonly string[], unit: "words" | "characters"): boolean {
  const within = unit === "words" ? ` ${phrase} ` : phrase;
  return denials.some(
    (denial) => phrase.length > denial.length && within.includes(unit === "words" ? ` ${denial} ` : denial),
  );
}

/** Inflected forms of a single word; a stem under four letters has too many neighbours. */
function formsOf(word: string, endings: Lexicon["endings"]): string[] {
  if (word.includes(" ")) return [];
  return Object.entries(endings).flatMap(([ending, replacements]) => {
    const stem = word.slice(0, word.length - ending.length);
    return word.endsWith(ending) && stem.length >= 4
      ? replacements.map((replacement) => stem + replacement)
      : [];
  });
}

/** AFINN's words that are long enough to mean one thing: two kanji or syllables, three letters. */
function afinnFor(language: LexiconLanguage): [string, number][] {
  return [...readAfinn(language)].filter(([words]) => {
    const needle = needleOf(words);
    return needle.length >= (isCjk(kindOf(needle[0] ?? 0)) ? 2 : 3);
  });
}
