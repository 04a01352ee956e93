// What can be counted in a caption: the traits that resonance is learned over, each under a name that a reader can check by hand.
import { asksForAction } from "./call-to-action.ts";
import { hooks, plainLength, withoutTags } from "./caption.ts";
import { readability } from "./readability.ts";

export interface Caption {
  readonly text: string;
  readonly language: string;
  readonly tags: readonly string[];
}

const many = (text: string, pattern: RegExp): number => Math.log1p((text.match(pattern) ?? []).length);
const any = (text: string, pattern: RegExp): number => (pattern.test(text) ? 1 : 0);

export const traits: Readonly<Record<string, (caption: Caption) => number>> = {
  "length in characters": ({ text }) => Math.log1p(plainLength(text)),
  "easy reading": ({ text, language }) => (readability(withoutTags(text), language) ?? 50) / 100,
  "characters a sentence": ({ text }) => {
    const plain = withoutTags(text);
    return Math.log1p(
      plain.length / Math.max(1, plain.split(/[.!?。！？\n]+/u).filter((part) => part.trim()).length),
    );
  },
  "letters a word": ({ text }) => {
    const words = withoutTags(text).match(/\p{L}+/gu) ?? [];
    return Math.log1p(words.join("").length / Math.max(1, words.length));
  },
  "call to action": ({ text, language }) => (asksForAction(text, language) ? 1 : 0),
  hook: ({ text }) => (hooks(text) ? 1 : 0),
  question: ({ text }) => any(text, /[?？]/u),
  exclamation: ({ text }) => any(text, /[!！]/u),
  hashtags: ({ tags }) => Math.log1p(tags.length),
  "accounts named": ({ text }) => many(text, /[@＠][\p{L}\p{N}_]/gu),
  links: ({ text }) => many(text, /https?:/gu),
  emoji: ({ text }) => many(text, /\p{Extended_Pictographic}/gu),
  figures: ({ text }) => any(withoutTags(text), /\d/u),
  "lines of text": ({ text }) => Math.log1p(text.split("\n").length),
  capitals: ({ text }) => (text.match(/\p{Lu}/gu) ?? []).length / Math.max(1, text.length),
  quotation: ({ text }) => any(text, /["«“”「『]/u),
  "colon or bar": ({ text }) => any(withoutTags(text), /[|:：]/u),
  "repeats another’s post": ({ text }) => any(text, /^RT @/u),
};

export const traitNames = Object.keys(traits);
export const traitsOf = (caption: Caption): number[] =>
  traitNames.map((name) => (traits[name] as (one: Caption) => number)(caption));

/** Words and hashtags, each once; pairs of characters where words are not spaced. */
export function wordsOf({ text, tags }: Caption): string[] {
  const plain = withoutTags(text).toLowerCase().normalize("NFKC");
  const spaced = (plain.match(/[\p{L}\p{N}]{3,}/gu) ?? []).filter((word) => !unspaced.test(word));
  const pairs = (plain.match(unspacedRun) ?? []).flatMap((run) =>
    Array.from({ length: Math.max(0, run.length - 1) }, (_, i) => run.slice(i, i + 2)),
  );
  return [...new Set([...spaced, ...pairs, ...tags.map((tag) => `#${tag}`)])];
}

const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;
const unspacedRun = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]{2,}/gu;
