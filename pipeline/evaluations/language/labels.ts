// What people write for a language: codes of two or three letters, English names, native names; and what counts as "other".
import { LeapError } from "../../core/errors.ts";
import type { Table } from "../../core/table.ts";
import { lexiconLanguages } from "../../texts/lexicon.ts";

/** A language that we read, `other` for one that we do not, `und` for a text that tells none. */
export type Spoken = (typeof lexiconLanguages)[number] | "other" | "und";

/** The class of a code of ISO 639-1. */
export function spokenOf(code: string): Spoken {
  if (code === "und") return "und";
  return lexiconLanguages.find((language) => language === code) ?? "other";
}

/** Languages whose own names people may write out; a code needs no entry. */
const named =
  "ar bg bn ca cs da de el en es et fa fi fr he hi hr hu id it ja ko lt lv ms nl no pl pt ro ru sk sl sr sv sw ta te th tl tr uk ur vi zh".split(
    " ",
  );
const letters = [..."abcdefghijklmnopqrstuvwxyz"];
const codes = letters.flatMap((first) => letters.map((second) => first + second));
/** Spellings of well-known data sets, and names beside the official one. */
const names = new Map([
  ["portugeese", "pt"],
  ["portugese", "pt"],
  ["sweedish", "sv"],
  ["pushto", "ps"],
  ["farsi", "fa"],
  ["mandarin", "zh"],
  ["tagalog", "tl"],
]);
for (const reader of ["en", "de", "fr", "es", "ja", "ko"]) {
  const nameOf = new Intl.DisplayNames([reader], { type: "language", fallback: "none" });
  for (const code of codes) {
    const name = nameOf.of(code)?.toLowerCase();
    if (name && !names.has(name)) names.set(name, code);
  }
}
for (const code of named) {
  const name = new Intl.DisplayNames([code], { type: "language" }).of(code);
  if (name) names.set(name.toLowerCase(), code);
}
/** Countries for languages, as many data sets have them. */
const mistaken = new Map([
  ["jp", "ja"],
  ["kr", "ko"],
  ["cn", "zh"],
]);
const none = new Set(["und", "unknown", "none", "undetermined", "zxx", "qme", "qht", "qst", "?"]);
const other = new Set(["other", "others", "rest", "mul", "mis"]);

export interface SpokenLabels {
  readonly truth: readonly Spoken[];
  /** Labels taken for languages that we do not read although no table at hand knows them. */
  readonly unlisted: readonly string[];
}

/**
 * Throws LeapError with line and value on what names no language. Of the 7,000 codes of three letters (ISO 639-3) the tables at hand know some
 * hundred: one that they lack is a language that we do not read, as long as most labels of the file are languages beyond doubt.
 */
export function languagesOf(table: Table, column: string): SpokenLabels {
  const values = table.rows.map((row) => String(row[column] ?? "").trim());
  const read = new Map([...new Set(values)].map((value) => [value, languageNamed(value)]));
  const unlisted = [...read].flatMap(([value, spoken]) =>
    spoken === null && unlistedCode.test(value) ? [value] : [],
  );
  const tolerant = unlisted.length * 2 < read.size;
  const truth = values.map((value, i) => {
    const spoken = read.get(value) ?? (tolerant && unlistedCode.test(value) ? "other" : null);
    if (spoken) return spoken;
    throw new LeapError(
      `unknown label: ${value === "" ? "(empty)" : value} in line ${table.lines[i]} of ${table.name}, column ${column}. Expected a code such as de or deu, a name such as German or Deutsch, other, or unknown.`,
    );
  });
  return { truth, unlisted };
}

/** `egl`, and codes of Wikipedia such as `map-bms`. */
const unlistedCode = /^[a-z]{3}(?:[-_][a-z]{2,8})*$/;

/** Null for what names no language. */
export function languageNamed(value: string): Spoken | null {
  const word = value.toLowerCase().replace(/^__label__/, "");
  if (none.has(word)) return "und";
  if (other.has(word)) return "other";
  const name = names.get(word) ?? mistaken.get(word);
  if (name) return spokenOf(name);
  const code = /^([a-z]{2,3})(?:[-_.@][a-z0-9]+)*$/.exec(word)?.[1];
  if (!code) return null;
  const canonical = Intl.getCanonicalLocales(code)[0] as string;
  // A code that no table knows comes back as it went in, and has no name.
  const known = new Intl.DisplayNames(["en"], { type: "language", fallback: "none" }).of(canonical);
  return known ? spokenOf(canonical) : null;
}
