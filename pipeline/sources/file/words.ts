// Words of a row: captions without control characters, tags, markets, kinds of media, truth values. Pure.

/** Longer than any caption a platform allows (Facebook: 63,206); what is longer is no caption and is cut. */
export const LONGEST_TEXT = 100_000;

// Control characters break feeds and terminals; tab and line ends are kept, lone surrogates are replaced.
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufffe\uffff]/;
const CONTROLS = new RegExp(CONTROL, "g");

export function cleanText(text: string): string {
  let clean = CONTROL.test(text) ? text.replace(CONTROLS, "") : text;
  if (!clean.isWellFormed()) clean = clean.toWellFormed();
  clean = clean.trim();
  return clean.length > LONGEST_TEXT ? `${clean.slice(0, LONGEST_TEXT).toWellFormed()}…` : clean;
}

/** A tag as it is counted: lower case, compatibility characters folded, without # and blanks, as a hashtag would be written. */
export function cleanTag(text: string): string {
  return cleanText(text)
    .normalize("NFKC")
    .toLowerCase()
    .replace(/^[#＃"'[\]\s]+|["'[\]\s]+$/gu, "")
    .replace(/\s+/gu, "");
}

/** Tags of one cell: an array, JSON in a cell, #words in a row, or a separated list. */
export function splitTags(value: unknown, separator: string | undefined): string[] {
  const items = Array.isArray(value)
    ? value.map(tagName)
    : typeof value === "string"
      ? splitCell(value, separator)
      : [];
  const tags = new Set<string>();
  for (const item of items) {
    const tag = cleanTag(item);
    if (tag !== "" && tag.length <= 100 && tag !== "[none]" && tag !== "none") tags.add(tag);
  }
  return [...tags];
}

function splitCell(cell: string, separator: string | undefined): string[] {
  const text = cell.trim();
  if (text.startsWith("[") && text.endsWith("]")) {
    try {
      const parsed: unknown = JSON.parse(text);
      if (Array.isArray(parsed)) return parsed.map(tagName);
    } catch {
      return text.slice(1, -1).split(separator ?? ",");
    }
  }
  if (separator) return text.split(separator);
  if (text.includes("#")) return text.split(/[#＃,;\s]+/u);
  return text.split(text.includes("|") ? "|" : text.includes(";") ? ";" : ",");
}

// Platforms wrap a tag as {name}, {title} or {text}.
function tagName(item: unknown): string {
  if (typeof item === "string") return item;
  const { name, title, text } = (item ?? {}) as { name?: unknown; title?: unknown; text?: unknown };
  return String(name ?? title ?? text ?? "");
}

const MEDIA: readonly (readonly [RegExp, string])[] = [
  [/carousel|sidecar|album|mixed|^8$/i, "carousel"],
  [/video|reel|clip|igtv|short|live|^2$/i, "video"],
  [/image|photo|picture|^1$/i, "image"],
  [/review|rating/i, "review"],
  [/text|status|tweet|link|note/i, "text"],
];

export const mediaType = (value: string): string =>
  MEDIA.find(([pattern]) => pattern.test(value))?.[1] ?? "other";

export const isTrue = (value: unknown): boolean =>
  value === true ||
  value === 1 ||
  (typeof value === "string" && /^(true|yes|y|1|ja|oui|t)$/i.test(value.trim()));

let names: Map<string, string> | undefined;

/** ISO 3166 code in lower case for a code, a locale or a country's name in one of five languages; `zz` when it is none. */
export function marketOf(value: string): string {
  const text = value.trim().toLowerCase();
  if (/^[a-z]{2}$/.test(text)) return text === "uk" ? "gb" : text;
  const locale = /^[a-z]{2}[-_]([a-z]{2})$/.exec(text);
  if (locale) return locale[1] as string;
  names ??= countryNames();
  return names.get(text) ?? "zz";
}

function countryNames(): Map<string, string> {
  const known = new Map<string, string>([
    ["usa", "us"],
    ["uk", "gb"],
    ["england", "gb"],
    ["korea", "kr"],
    ["republic of korea", "kr"],
    ["eire", "ie"],
  ]);
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  for (const language of ["en", "de", "fr", "ja", "ko"]) {
    const display = new Intl.DisplayNames([language], { type: "region", fallback: "none" });
    for (const first of alphabet)
      for (const second of alphabet) {
        // Codes of countries that are no more, such as DD, would claim the names of their heirs.
        if (Intl.getCanonicalLocales(`und-${first}${second}`)[0] !== `und-${first}${second}`) continue;
        const name = display.of(first + second);
        if (name && !known.has(name.toLowerCase()))
          known.set(name.toLowerCase(), (first + second).toLowerCase());
      }
  }
  return known;
}
