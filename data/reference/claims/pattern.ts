// The notation of patterns, and how it becomes a regular expression over folded text.
//
//   {name}   one of the wording's named alternatives
//   a b      a, then b: parted by a space, hyphen or comma in spaced scripts, adjoining in Japanese and Korean
//   a ?b     the same, or written as one word
//   a ~ b    a, then b within four words, or eight characters
//   a … b    a, then b within the sentence, 70 characters at most, or 24
//   a & b    both in that nearness, in either order
//   all else is a regular expression; letters are written as people write them and folded here, so ä stands for a and ae
import type { ClaimLanguage, Wording } from "../../contract/claims.ts";
import { hiragana } from "./folded.ts";

export const isJoined = (language: ClaimLanguage): boolean => language === "ja" || language === "ko";

/** One expression for all patterns of a kind; global, over text folded by `spaced` or `joined`. Throws on an unknown {name}. */
export function expressionOf(
  patterns: readonly string[],
  wording: Pick<Wording, "language" | "words">,
): RegExp {
  const joins = isJoined(wording.language);
  const sources = patterns
    .flatMap((pattern) => ordersOf(pattern))
    .map((pattern) => sourceOf(pattern, wording));
  const all = sources.join("|");
  return new RegExp(joins ? `(?:${all})` : `(?<![a-z0-9])(?:${all})(?![a-z0-9])`, "g");
}

/** Where `pattern` is found: [start, end) each. In place of `matchAll`, which copies the expression and has it compiled anew whenever caches are full. */
export function placesOf(pattern: RegExp, text: string): [number, number][] {
  const places: [number, number][] = [];
  pattern.lastIndex = 0;
  for (let found = pattern.exec(text); found !== null; found = pattern.exec(text)) {
    places.push([found.index, found.index + found[0].length]);
    if (found[0] === "") pattern.lastIndex++;
  }
  return places;
}

/** Whether a global `pattern` is found anywhere. */
export function isFound(pattern: RegExp, text: string): boolean {
  pattern.lastIndex = 0;
  return pattern.test(text);
}

/**
 * Patterns in bundles that are worth looking for together: those without `&`, and those with the same words before it. Where `needs`, those words, is
 * nowhere in a text, its bundle need not be tried: most copy names no scar, and need not be searched for every verb that ends one.
 */
export function bundlesOf(patterns: readonly string[]): { needs: string | null; patterns: string[] }[] {
  const bundles = new Map<string | null, string[]>();
  for (const pattern of patterns) {
    const needs = pattern.includes(" & ") ? (pattern.split(" & ")[0] ?? null) : null;
    bundles.set(needs, [...(bundles.get(needs) ?? []), pattern]);
  }
  return [...bundles].map(([needs, patterns]) => ({ needs, patterns }));
}

function ordersOf(pattern: string): string[] {
  const [one, other, ...more] = pattern.split(" & ");
  if (one === undefined || other === undefined) return [pattern];
  if (more.length > 0) throw new Error(`invalid pattern: ${pattern}. One & only.`);
  return [`${one} … ${other}`, `${other} … ${one}`];
}

function sourceOf(pattern: string, wording: Pick<Wording, "language" | "words">): string {
  const gaps = isJoined(wording.language) ? joinedGaps : spacedGaps;
  return foldPattern(pattern.replace(/ [~…]?$/, ""), wording.language)
    .split(/( … | ~ | \?| )/)
    .map((part) => gaps[part as keyof typeof gaps] ?? expanded(part, wording))
    .join("");
}

const expansions = new WeakMap<object, Map<string, string>>();

function expanded(part: string, wording: Pick<Wording, "language" | "words">): string {
  const known = expansions.get(wording.words) ?? new Map<string, string>();
  expansions.set(wording.words, known);
  return part.replace(/\{([a-z_]+)\}/g, (_, name: string) => {
    let source = known.get(name);
    if (source === undefined) {
      const words = wording.words[name];
      if (words === undefined) throw new Error(`unknown word: {${name}} in ${wording.language}`);
      source = `(?:${sourceOf(words, wording)})`;
      known.set(name, source);
    }
    return source;
  });
}

const spacedGaps = {
  " ": "[^a-z0-9.!?;\\n]{1,3}",
  " ?": "[^a-z0-9.!?;\\n]{0,3}",
  " ~ ": "(?:[^a-z0-9.!?;\\n]{1,4}[a-z0-9]+){0,4}?[^a-z0-9.!?;\\n]{1,4}",
  " … ": "(?![a-z0-9])[^.!?;\\n]{1,70}?(?<![a-z0-9])",
} as const;
const joinedGaps = {
  " ": "",
  " ?": "",
  " ~ ": "[^。.!?;\\n]{0,8}?",
  " … ": "[^。.!?;\\n]{0,24}?",
} as const;

const umlauts: Readonly<Record<string, string>> = { ä: "ae?", ö: "oe?", ü: "ue?", ß: "ss", œ: "oe" };

/** Letters as text is folded; signs of the notation stay. */
function foldPattern(pattern: string, language: ClaimLanguage): string {
  if (isJoined(language)) return hiragana(pattern.normalize("NFKC").replaceAll("...", "…"));
  const spelled =
    language === "de" ? pattern.replace(/[äöüß]/g, (letter) => umlauts[letter] ?? letter) : pattern;
  return spelled
    .replace(/œ/g, "oe")
    .replace(/[’]/g, "'")
    .replace(/[\u00c0-\u024f]/g, (letter) => letter.normalize("NFD").replace(/[\u0300-\u036f]/g, ""));
}
