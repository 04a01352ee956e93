// From texts to themes: counts phrases in a group of texts and outside it, and keeps those that mark the group.
import { benjaminiHochberg } from "../../stats/benjamini-hochberg.ts";
import { binomialTail } from "../../stats/binomial-tail.ts";
import { logOdds } from "../../stats/log-odds.ts";
import type { Phrase } from "../../texts/phrases.ts";
import type { CountedText } from "./texts.ts";

export interface Theme {
  /** As written most often. */
  readonly written: string;
  /** Language of most texts that use it. */
  readonly language: string;
  /** Distinct texts in the group, and outside it. */
  readonly posts: number;
  readonly postsElsewhere: number;
  /** Distinct named authors in the group; null where the source names none. */
  readonly authors: number | null;
  readonly z: number;
  /** The group's texts that use it. */
  readonly texts: readonly CountedText[];
}

/** Texts of the group that must use a phrase. */
const fewestPosts = 5;
/** Authors that must use it, so that no phrase leads to a person. */
const fewestAuthors = 3;
/** Share of the phrases of a list that chance alone may have put there. */
const mostFalse = 0.1;
/** Pseudo-uses of the prior: a tenth of what was counted, so that a word used five times needs to be nearly exclusive; more would drown small markets. */
const priorStrength = (uses: number) => Math.min(1_000, uses / 10);

/** Phrases that mark `group` against `rest`, surest first. */
export function markingPhrases(
  group: readonly CountedText[],
  rest: readonly CountedText[],
  pick: (text: CountedText) => readonly Phrase[],
): Theme[] {
  const inside = new Map<string, Uses>();
  let insideTotal = 0;
  for (const text of group) {
    for (const phrase of pick(text)) {
      insideTotal++;
      let uses = inside.get(phrase.key);
      if (!uses) {
        uses = {
          texts: [],
          authors: new Set(),
          unnamed: 0,
          written: new Map(),
          languages: new Map(),
          outside: 0,
        };
        inside.set(phrase.key, uses);
      }
      uses.texts.push(text);
      for (const author of text.authors) uses.authors.add(author);
      uses.unnamed += text.unnamed;
      add(uses.written, phrase.written);
      add(uses.languages, text.language);
    }
  }
  let outsideTotal = 0;
  for (const text of rest) {
    for (const { key } of pick(text)) {
      outsideTotal++;
      const uses = inside.get(key);
      if (uses) uses.outside++;
    }
  }
  const candidates = [...inside.values()].filter(
    (uses) =>
      uses.texts.length >= fewestPosts &&
      uses.authors.size + uses.unnamed >= fewestAuthors &&
      insideTotal + outsideTotal > uses.texts.length + uses.outside,
  );
  const share = insideTotal / (insideTotal + outsideTotal);
  // Which phrases belong is asked of the counts; which come first, of the log-odds, whose prior keeps a rare phrase from leading a list.
  const q = benjaminiHochberg(
    candidates.map((uses) => binomialTail(uses.texts.length, uses.texts.length + uses.outside, share)),
  );
  return candidates
    .filter((_, i) => (q[i] as number) < mostFalse)
    .map((uses) => ({
      written: mostOften(uses.written),
      language: mostOften(uses.languages),
      posts: uses.texts.length,
      postsElsewhere: uses.outside,
      authors: uses.authors.size || null,
      z: logOdds(
        { inside: uses.texts.length, outside: uses.outside },
        { inside: insideTotal, outside: outsideTotal },
        priorStrength(insideTotal + outsideTotal),
      ).z,
      texts: uses.texts,
    }))
    .sort(surestFirst);
}

interface Uses {
  readonly texts: CountedText[];
  readonly authors: Set<string>;
  unnamed: number;
  readonly written: Map<string, number>;
  readonly languages: Map<string, number>;
  outside: number;
}

/** The first `length` themes that say different things: of "white" and "white cast" the one that says more. */
export function distinctThemes(themes: readonly Theme[], length: number): Theme[] {
  let chosen: Theme[] = [];
  for (const theme of [...themes].sort(surestFirst)) {
    const rivals = chosen.filter(
      (other) => overlaps(other.written, theme.written) || saidTogether(other, theme),
    );
    // A longer phrase says more than its part; of two that share a word, or stand in the same texts, the surer one stays.
    const saysMore = rivals.every(
      (other) =>
        theme.written.length > other.written.length &&
        contains(theme.written.toLowerCase(), other.written.toLowerCase()) &&
        theme.posts >= 0.6 * other.posts,
    );
    if (saysMore) chosen = [...chosen.filter((other) => !rivals.includes(other)), theme];
    // Every theme is held against those chosen, so a list needs no more than twice its length of them.
    if (chosen.length >= 2 * length) break;
  }
  return chosen.sort(surestFirst).slice(0, length);
}

/** Two phrases that stand mostly in the same texts, such as "customs" and "fees", are one theme. */
function saidTogether(one: Theme, other: Theme): boolean {
  if (one.language !== other.language) return false;
  const texts = new Set(one.texts);
  const shared = other.texts.filter((text) => texts.has(text)).length;
  return shared > 0.5 * (one.texts.length + other.texts.length - shared);
}

/** One phrase is a part of the other, or two pairs share a word. */
function overlaps(one: string, other: string): boolean {
  const [a, b] = [one.toLowerCase(), other.toLowerCase()];
  return contains(a, b) || contains(b, a) || (spaced.test(a) && spaced.test(b) && sharesWord(a, b));
}

/** By words or, where words are not spaced, by characters. */
const contains = (long: string, short: string): boolean =>
  spaced.test(short) ? ` ${long} `.includes(` ${short} `) : long.includes(short);

const spaced = /^[\p{Script=Latin}\p{Script=Hangul}\s]+$/u;

/** Two pairs that share a word, such as "leaves white" and "white cast", are cut from one saying. */
function sharesWord(one: string, other: string): boolean {
  const words = new Set(one.split(" "));
  return words.size > 1 && other.includes(" ") && other.split(" ").some((word) => words.has(word));
}

/** Of two that stand in the same texts the longer word says more: customer service rather than help. */
function surestFirst(one: Theme, other: Theme): number {
  return (
    other.z - one.z ||
    other.posts - one.posts ||
    other.written.length - one.written.length ||
    (one.written < other.written ? -1 : 1)
  );
}

function add(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function mostOften(counts: ReadonlyMap<string, number>): string {
  const [best = ["", 0]] = [...counts].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
  return best[0];
}
