// The words and word pairs of a caption that could be a theme: no stop words, no verdicts, nothing that leads to a person.
import { readFileSync } from "node:fs";
import { parse } from "yaml";
import { fold } from "./fold.ts";
import { proseOf } from "./language.ts";
import { type LexiconLanguage, lexiconLanguages, readLexicon } from "./lexicon.ts";

export interface Phrase {
  /** Folded; the same for every way of writing it. */
  readonly key: string;
  /** As written here. */
  readonly written: string;
}

/** Distinct single words and pairs of neighbours. Empty for a language whose stop words we do not know. */
export type PhraseReader = (caption: string, language: string) => Phrase[];

/** Captions are read this far. */
const charactersRead = 2_000;

/** `unwanted`: words never to be part of a phrase, such as the names of people on the registry. */
export function phraseReader(unwanted: readonly string[]): PhraseReader {
  const names = new Set(
    unwanted.flatMap((name) => fold(name).match(/\p{L}+/gu) ?? []).filter((name) => name.length > 2),
  );
  const languages = new Map(lexiconLanguages.map((language) => [language as string, wordsOf(language)]));
  return (caption, language) => {
    const words = languages.get(language);
    if (!words) return [];
    const phrases = new Map<string, Phrase>();
    for (const clause of proseOf(caption, charactersRead).normalize("NFKC").split(clauseEnd)) {
      let before: Phrase | null = null;
      let joint = words.joint;
      for (const [i, spelt] of words.split(clause).entries()) {
        const written = i === 0 && words.lowerStart ? lowered(spelt) : spelt;
        const key = fold(written);
        if (before && words.links.has(key)) {
          joint = ` ${key} `;
          continue;
        }
        const word = words.counts(key) && !names.has(key) ? { key, written } : null;
        if (word) {
          phrases.set(key, phrases.get(key) ?? word);
          if (before && before.key !== key) {
            const pair = `${before.key}${joint}${key}`;
            phrases.set(
              pair,
              phrases.get(pair) ?? { key: pair, written: `${before.written}${joint}${written}` },
            );
          }
        }
        before = word;
        joint = words.joint;
      }
    }
    return [...phrases.values()];
  };
}

const clauseEnd = /[.,!?;:()"“”„«»|•·\n…。、！？「」『』【】~\-–—/]+/u;

interface Words {
  split(clause: string): string[];
  counts(key: string): boolean;
  /** What stands between the words of a pair. */
  readonly joint: string;
  /** Small words that hold a pair together: frais de douane. */
  readonly links: ReadonlySet<string>;
  /** Whether a capital at the start of a clause says nothing about the word. In German it may be a noun's. */
  readonly lowerStart: boolean;
}

function lowered(word: string): string {
  const rest = word.slice(1);
  return rest === rest.toLowerCase() ? word.toLowerCase() : word;
}

const noLinks: ReadonlySet<string> = new Set();
const romanceLinks: ReadonlySet<string> = new Set(["de", "du", "des", "d", "del"]);

function wordsOf(language: LexiconLanguage): Words {
  const stop = new Set((stopWords[language] ?? []).map(fold));
  const verdicts = verdictsOf(language);
  if (language === "ja") {
    return {
      split: japaneseWords,
      joint: "",
      links: noLinks,
      lowerStart: false,
      counts: (key) =>
        japaneseContent.test(key) && key.length >= 2 && !stop.has(key) && !startsWithOneOf(key, verdicts),
    };
  }
  if (language === "ko") {
    return {
      split: (clause) =>
        clause
          .split(/\s+/)
          .flatMap((word) => word.match(/[\p{L}\p{N}]+/gu) ?? [])
          .map(koreanNoun),
      joint: " ",
      links: noLinks,
      lowerStart: false,
      counts: (key) => /^\p{L}{2,}$/u.test(key) && !stop.has(key) && !startsWithOneOf(key, verdicts),
    };
  }
  return {
    // An elided article (l'huile, d'eau) is no word; a contraction (don't) is one stop word.
    split: (clause) => clause.replace(/(\p{L})['’]t\b/gu, "$1t").match(/[\p{L}\p{N}]+/gu) ?? [],
    joint: " ",
    links: language === "fr" || language === "es" ? romanceLinks : noLinks,
    lowerStart: language !== "de",
    counts: (key) => /^\p{L}{3,}$/u.test(key) && !stop.has(key) && !verdicts.has(key),
  };
}

const { words: stopWords, reasons } = parse(
  readFileSync(new URL("../../data/reference/lexicon/stopwords.yaml", import.meta.url), "utf8"),
) as { words: Record<string, string[]>; reasons: Record<string, string[]> };

/**
 * Plain verdicts (love, terrible) mark praise and blame by definition, so they explain nothing. Milder words name a reason (sticky, soothing), and so do
 * some strong ones (breakouts), which are listed beside the stop words.
 */
function verdictsOf(language: LexiconLanguage): Set<string> {
  const named = new Set((reasons[language] ?? []).map(fold));
  const words = Object.entries(readLexicon(language).words)
    .filter(([weight]) => Math.abs(Number(weight)) >= 2)
    .flatMap(([, list]) => list)
    .map(fold);
  return new Set(words.filter((word) => !word.includes(" ") && !named.has(word)));
}

function startsWithOneOf(word: string, stems: ReadonlySet<string>): boolean {
  for (let end = 1; end <= word.length; end++) if (stems.has(word.slice(0, end))) return true;
  return false;
}

const segmenter = new Intl.Segmenter("ja", { granularity: "word" });
const japaneseContent = /[\p{Script=Han}\p{Script=Katakana}]/u;
const kanjiOnly = /^\p{Script=Han}+$/u;
const katakanaOnly = /^[\p{Script=Katakana}ー]+$/u;

const startsWithKanji = /^\p{Script=Han}/u;

/** Words as ICU cuts them, with katakana and single kanji joined to what they continue: ナイアシン|アミド, 美容|液 and 白|浮き are one word each. */
function japaneseWords(clause: string): string[] {
  const words: string[] = [];
  let before = "";
  for (const { segment } of segmenter.segment(clause)) {
    const continues =
      (katakanaOnly.test(segment) && katakanaOnly.test(before)) ||
      (kanjiOnly.test(segment) && segment.length === 1 && kanjiOnly.test(before)) ||
      (startsWithKanji.test(segment) && kanjiOnly.test(before) && before.length === 1);
    if (continues) words[words.length - 1] += segment;
    else words.push(segment);
    before = segment;
  }
  return words;
}

const koreanParticle =
  /^(\p{L}{2,}?)(?:으로는|에서는|에서도|이라는|이라서|까지는|이에요|예요|입니다|이랑|에서|에게|한테|까지|부터|처럼|보다|으로|이나|하고|이라|은|는|이|가|을|를|에|의|도|로|와|과|만|랑|나)$/u;
const koreanVerb =
  /(?:요|니다|니당|네|는데|은데|지만|다|고|서|면|며|는|은|을|던|게|지|죠|듯|음|함|됨|해|니|돼|써|줘|봐|어|아|여|았|었|했|려|라|자|까|런|운|한|된|할|될|도록|거나|든지)$/u;

/** Particles that follow nouns alone; what they leave is a noun however it ends (뾰루지가). */
const nounParticle = /(?:가|을|를|의|에서|으로|까지|부터|과|와)$/u;

/** The noun of a Korean word: without its particle. Empty where the word ends like a verb. */
function koreanNoun(word: string): string {
  const stem = koreanParticle.exec(word)?.[1] ?? word;
  const isNoun = stem !== word && nounParticle.test(word);
  return isNoun || !koreanVerb.test(stem) ? stem : "";
}
