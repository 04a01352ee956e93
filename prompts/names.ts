// Which names a text of a model uses that it was never sent. A capital letter is all that marks a name in English, so every one is accounted for.
import { germanCapitals, ordinaryCapitals, ordinaryOpeners, ordinarySuffix } from "./ordinary-words.ts";

export interface Sent {
  /** Names that may be used in any case: brands, terms, creators, events, markets. */
  readonly names: readonly string[];
  /** Everything else that was sent; a name in it may be used as it is written there. */
  readonly texts: readonly string[];
}

interface Word {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

const WORD = /[\p{L}\p{M}\p{N}]+(?:[’'&\-.·][\p{L}\p{M}\p{N}]+)*/gu;
const LATIN = /^[\p{Script=Latin}\p{M}’'&\-.\p{N}]+$/u;
const FOREIGN_RUN = /[^\p{Script=Latin}\p{Script=Common}\p{Script=Inherited}]+/gu;
const COMPANY = /(?<![\p{L}\p{M}])(?:inc|ltd|llc|gmbh|corp|plc|s\.a|co\.,? ltd|kk)(?![\p{L}\p{M}])/iu;

/**
 * Names of an English text that stand in nothing that was sent, in order. A word counts as a name when it has a capital inside or at its front
 * (unless an ordinary word opens the sentence), has an accent, or is of another script. A run of capitalised words must have been sent as that
 * run, or be names one after the other: “Aurelle” and “Serum” do not make “Aurelle Serum”.
 */
export function unknownNames(text: string, sent: Sent): string[] {
  const prose = text.normalize("NFKC");
  const known = knownOf(sent);
  const unknown = foreignRuns(prose).filter((run) => !known.contains(run));
  const company = COMPANY.exec(prose);
  if (company && !known.holdsWord(company[0])) unknown.push(company[0]);
  for (const run of runsOfNames(prose, known)) if (!known.isRun(run)) unknown.push(run.join(" "));
  return [...new Set(unknown)];
}

/** Names of `names` that stand in the text as whole words; in any case. */
export function namesIn(text: string, names: readonly string[]): string[] {
  const folded = spaced(text).toLowerCase();
  return names.filter((name) => name.trim() !== "" && folded.includes(spaced(name).toLowerCase()));
}

/** The text with a blank for every name in it. */
export const withoutNames = (text: string, names: readonly string[]): string =>
  namesIn(text, names).reduce(
    (rest, name) => rest.replaceAll(new RegExp(name.replaceAll(/[\\^$.*+?()[\]{}|/]/g, "\\$&"), "giu"), " "),
    text,
  );

/**
 * The same of a text in another language, where less can be told. In Japanese, Korean and Chinese every Latin word is a name. In German, whose nouns
 * are capitalised, words of capitals are, and two unknown nouns in a row. Elsewhere capitalised words inside a sentence are.
 */
export function unknownNamesIn(text: string, language: string, sent: Sent): string[] {
  const prose = text.normalize("NFKC");
  const known = knownOf(sent);
  const own = SCRIPTS[language];
  const unknown = foreignRuns(prose).filter((run) => !own?.test(run) && !known.contains(run));
  const company = COMPANY.exec(prose);
  if (company && !known.holdsWord(company[0])) unknown.push(company[0]);
  if (own) unknown.push(...(prose.match(LATIN_WORD) ?? []).filter((word) => !known.holdsWord(word)));
  else
    for (const run of runsOf(prose, (word, opens) => hasCapital(word) && (!opens || capitalInside(word)))) {
      if (known.isRun(run)) continue;
      const strangers = run.filter((word) => !isKnownForm(word, known));
      const enough =
        language === "de" ? strangers.length > 1 || strangers.some(capitalInside) : strangers.length > 0;
      if (enough) unknown.push(run.join(" "));
    }
  return [...new Set(unknown)];
}

/** Null when the text is written in the script of its language. */
export function scriptOf(text: string, language: string): string | null {
  const own = SCRIPTS[language];
  const prose = text.normalize("NFKC");
  const letters = own
    ? foreignRuns(prose)
        .filter((run) => own.test(run))
        .join("")
    : (prose.match(LATIN_WORD) ?? []).join("");
  return Array.from(letters).length >= 2 ? null : "a text is not written in the language that was asked for";
}

/** Languages that are not written in Latin letters, with the scripts that they are written in. */
const SCRIPTS: Readonly<Record<string, RegExp>> = {
  ja: /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]+$/u,
  ko: /^\p{Script=Hangul}+$/u,
  zh: /^\p{Script=Han}+$/u,
};
const LATIN_WORD = /[\p{Script=Latin}\p{M}]{2,}/gu;

/** As it was sent, with an ending of German genitive, an elision of French, or as a part of a compound. */
const isKnownForm = (word: string, known: Known): boolean =>
  ordinaryCapitals.has(word) ||
  germanCapitals.has(word) ||
  [word, word.replace(/s$/u, ""), word.replace(/^(?:[ldjmnstc]|qu)[’']/iu, "")].some(known.holdsWord) ||
  (parts(word).length > 1 &&
    parts(word).some((part) => known.holdsWord(part)) &&
    parts(word).every((part) => !capitalInside(part) || known.holdsWord(part)));

const foreignRuns = (text: string): string[] => text.match(FOREIGN_RUN) ?? [];

interface Known {
  /** Anywhere, also inside a word: scripts without spaces have no whole words. */
  contains(text: string): boolean;
  holdsWord(word: string): boolean;
  isOrdinary(word: string): boolean;
  isRun(run: readonly string[]): boolean;
}

function knownOf(sent: Sent): Known {
  const texts = spaced(sent.texts.join(" . "));
  const lower = texts.toLowerCase();
  const names = spaced(sent.names.join(" . "));
  const lowerNames = names.toLowerCase();
  const everything = `${texts} ${names}`;
  const isName = (phrase: string) => lowerNames.includes(spaced(phrase).toLowerCase());
  const isPiece = (words: readonly string[]): boolean => {
    const phrase = words.join(" ");
    if (isName(phrase)) return true;
    return words.length === 1 && ordinaryCapitals.has(phrase);
  };
  const splits = (words: readonly string[]): boolean =>
    words.length === 0 || words.some((_, i) => isPiece(words.slice(0, i + 1)) && splits(words.slice(i + 1)));
  return {
    contains: (text) => everything.includes(text),
    holdsWord: (word) => `${lower} ${lowerNames}`.includes(spaced(word).toLowerCase()),
    isOrdinary: (word) =>
      stems(word.toLowerCase()).some(
        (stem) => ordinaryOpeners.has(stem) || ordinarySuffix.test(stem) || lower.includes(` ${stem} `),
      ),
    isRun: (run) => texts.includes(spaced(run.join(" "))) || splits(run),
  };
}

function runsOfNames(text: string, known: Known): string[][] {
  return runsOf(text, (word, opens) => {
    if (!LATIN.test(word)) return false;
    if (capitalInside(word)) return true;
    if (hasCapital(word))
      return !(
        opens &&
        parts(word)
          .filter(hasCapital)
          .every((part) => known.isOrdinary(part))
      );
    // English has hardly a word with an accent: “l’oréal” is a name also in lower case.
    return /[^\p{ASCII}’]/u.test(word) && !known.holdsWord(word);
  });
}

/** Words that `isName` says are names, joined where nothing but a space stands between them. */
function runsOf(text: string, isName: (word: string, opens: boolean) => boolean): string[][] {
  const runs: string[][] = [];
  let last: Word | null = null;
  for (const match of text.matchAll(WORD)) {
    const bare = match[0].replace(/[’']s$/u, "");
    const word: Word = { text: bare, start: match.index, end: match.index + match[0].length };
    if (!isName(bare, opensSentence(text.slice(0, word.start)))) {
      last = null;
      continue;
    }
    const joined = last !== null && text.slice(last.end, word.start) === " " && match.index > 0;
    if (joined) (runs.at(-1) as string[]).push(bare);
    else runs.push([bare]);
    last = match[0] === bare ? word : null;
  }
  return runs;
}

const opensSentence = (before: string): boolean =>
  /(?:^|[.!?:。！？：])[\s"“”‘’«»'()（）「」]*$/u.test(before);
const hasCapital = (word: string): boolean => /\p{Lu}/u.test(word);
const capitalInside = (word: string): boolean => /[\p{L}\p{N}]\p{Lu}/u.test(word);
const parts = (word: string): string[] => word.split(/[’'&\-.·]/u).filter((part) => part !== "");
/** The word, and what is left of it without an ending of number or tense. */
const stems = (word: string): string[] => [
  word,
  word.replace(/s$/u, ""),
  word.replace(/es$/u, ""),
  word.replace(/ies$/u, "y"),
  word.replace(/d$/u, ""),
  word.replace(/ed$/u, ""),
];
/** One space before, between and after words, so that a phrase is found as whole words only. */
const spaced = (text: string): string =>
  ` ${(
    text
      .normalize("NFKC")
      .match(/[\p{L}\p{M}\p{N}]+(?:[’'&\-.·][\p{L}\p{M}\p{N}]+)*|[^\p{L}\p{M}\p{N}\s]/gu) ?? []
  )
    .map((word) => word.replace(/[’']s$/u, ""))
    .join(" ")} `;
