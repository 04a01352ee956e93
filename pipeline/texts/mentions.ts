// Which terms and brands a caption names, by their spellings in any script. Built once, asked millions of times.
import { HANGUL, isCjk, isKatakana, kindOf, SPACED } from "./characters.ts";
import { fold } from "./fold.ts";
import { type Line, needleOf, SPACE, TAG } from "./line.ts";
import { Trie } from "./trie.ts";

/** One spelling of a term. `not` holds phrases that contain the spelling and mean something else: ice cream is no cream. */
export interface TermSpelling {
  readonly term: string;
  readonly language: string;
  readonly variant: string;
  readonly not?: readonly string[];
}

export interface BrandSpelling {
  readonly brand: string;
  readonly variant: string;
}

/** Sorted and distinct. */
export interface Mentions {
  readonly terms: readonly string[];
  /** `term|language|variant` */
  readonly variants: readonly string[];
  readonly brands: readonly string[];
}

export type MentionFinder = (line: Line, language: string) => Mentions;

type Meaning =
  | { readonly kind: "term"; readonly term: string; readonly language: string; readonly variant: string }
  | { readonly kind: "brand"; readonly brand: string }
  | { readonly kind: "not" };

const nothing: Mentions = { terms: [], variants: [], brands: [] };

/**
 * Words of scripts with spaces match whole (plural s allowed for terms); Hangul, kana and kanji match inside a run, since particles
 * attach; the longest spelling wins and what it covers is not read again. A hashtag matches with the spaces of a spelling removed.
 */
export function mentionFinder(
  terms: readonly TermSpelling[],
  brands: readonly BrandSpelling[],
): MentionFinder {
  const trie = new Trie<Meaning[]>();
  const learn = (spelling: string, meaning: Meaning) => {
    for (const needle of needlesOf(spelling)) {
      const meanings = trie.get(needle);
      if (meanings) meanings.push(meaning);
      else trie.set(needle, [meaning]);
    }
  };
  for (const { brand, variant } of brands) learn(variant, { kind: "brand", brand });
  for (const { term, language, variant, not } of terms) {
    learn(variant, { kind: "term", term, language, variant });
    for (const phrase of not ?? []) learn(phrase, { kind: "not" });
  }
  // Last, so that a plural we made never stands before one the taxonomy lists.
  for (const { term, language, variant } of terms) {
    for (const needle of needlesOf(variant).map(pluralOf)) {
      if (needle && !trie.get(needle)) trie.set(needle, [{ kind: "term", term, language, variant }]);
    }
  }
  return (line, language) => find(trie, line, language);
}

function find(trie: Trie<Meaning[]>, { codes, length }: Line, language: string): Mentions {
  const terms = new Set<string>();
  const variants = new Set<string>();
  const brands = new Set<string>();
  let inTag = false;
  for (let at = 1; at < length - 1; ) {
    const code = codes[at] as number;
    const kind = kindOf(code);
    if (code === TAG) inTag = true;
    else if (code === SPACE) inTag = false;
    const starts =
      code === TAG ||
      isCjk(kind) ||
      (kind === SPACED && !inTag && kindOf(codes[at - 1] as number) !== SPACED);
    const found = starts ? trie.longest(codes, length, at, standsAlone) : null;
    if (!found) {
      at++;
      continue;
    }
    for (const meaning of chosen(found.value, language)) {
      if (meaning.kind === "brand") brands.add(meaning.brand);
      else if (meaning.kind === "term") {
        terms.add(meaning.term);
        variants.add(`${meaning.term}|${meaning.language}|${meaning.variant}`);
      }
    }
    at = found.end;
  }
  if (terms.size === 0 && brands.size === 0) return nothing;
  return { terms: [...terms].sort(), variants: [...variants].sort(), brands: [...brands].sort() };
}

/** One meaning a term: the spelling of the post's language, else English, else the first by language. */
function chosen(meanings: readonly Meaning[], language: string): readonly Meaning[] {
  if (meanings.length === 1) return meanings;
  const best = new Map<string, Meaning>();
  const worth = (meaning: Meaning) =>
    meaning.kind !== "term"
      ? "0"
      : meaning.language === language
        ? "0"
        : meaning.language === "en"
          ? "1"
          : `2${meaning.language}`;
  for (const meaning of meanings) {
    const key =
      meaning.kind === "term" ? meaning.term : meaning.kind === "brand" ? `brand ${meaning.brand}` : "";
    const rival = best.get(key);
    if (!rival || worth(meaning) < worth(rival)) best.set(key, meaning);
  }
  return [...best.values()];
}

/** Whether codes[from, end) is a word of its own, and not a part of a longer one. */
function standsAlone(codes: Uint16Array, from: number, end: number): boolean {
  const first = codes[from] as number;
  const last = codes[end - 1] as number;
  const before = codes[from - 1] as number;
  const after = codes[end] as number;
  if (first === TAG) return after === SPACE || isCjk(kindOf(last));
  if (kindOf(last) === SPACED && kindOf(after) === SPACED) return false;
  const size = end - from;
  // クリップ holds リップ and スクリプト too: a short foreign word counts only where a foreign word starts.
  if (isKatakana(first) && size <= 3 && isKatakana(before)) return false;
  if (isKatakana(last) && size <= 2 && isKatakana(after)) return false;
  // One syllable is a word only at the start of one: 팩 in 시트 팩, not in 임팩트.
  if (size === 1 && kindOf(first) === HANGUL && (kindOf(before) === HANGUL || kindOf(after) === HANGUL))
    return false;
  return true;
}

/** Every way a spelling is written in a line: as it is, and as a tag. */
function needlesOf(spelling: string): number[][] {
  const plain = needleOf(spelling.replace(/^#/, ""));
  if (plain.length === 0) return [];
  const needles = spacings(plain);
  const joined = plain.filter((code) => code !== SPACE);
  needles.push([TAG, ...joined]);
  return distinct(needles);
}

function pluralOf(needle: readonly number[]): number[] | null {
  const last = needle.at(-1) as number;
  const isLetter = kindOf(last) === SPACED && last > 0x39;
  return needle.length >= 4 && isLetter && last !== 0x73 ? [...needle, 0x73] : null;
}

/** Beside Hangul, kana and kanji writers space as they like: 비타민C, 비타민 C; 글래스 스킨, 글래스스킨. */
function spacings(needle: readonly number[]): number[][] {
  let ways: number[][] = [[]];
  needle.forEach((code, i) => {
    const before = needle[i - 1] ?? SPACE;
    const after = needle[i + 1] ?? SPACE;
    if (code === SPACE && (isCjk(kindOf(before)) || isCjk(kindOf(after)))) {
      ways = ways.flatMap((way) => [[...way, SPACE], way]);
    } else if (code !== SPACE && before !== SPACE && isCjk(kindOf(before)) !== isCjk(kindOf(code))) {
      ways = ways.flatMap((way) => [
        [...way, SPACE, code],
        [...way, code],
      ]);
    } else ways = ways.map((way) => [...way, code]);
  });
  return ways;
}

function distinct(needles: readonly number[][]): number[][] {
  return [...new Map(needles.map((needle) => [String.fromCharCode(...needle), needle])).values()];
}

/** Spellings that would match each other: the same after folding. For checks of a taxonomy. */
export function sameSpelling(one: string, other: string): boolean {
  return fold(one) === fold(other);
}
