// What a text of a model must hold before it may stand on a page. Everything a model writes is taken for hostile: a caption may have told it what to say.

/** Letters, marks, spaces and the punctuation of prose; no brackets that could begin markup, no slash, no at sign, no control or direction character. */
const PLAIN = /^[\p{L}\p{M}\p{Zs}\p{N}.,;:!?'"’‘“”„«»‹›()%&+\-–—…·、。，！？：；「」『』（）・ー〜～]*$/u;
const LINK =
  /(?:https?|www|ftp|javascript|mailto)\s*[:.]|(?<!\p{L})data\s*:|\b[\p{L}\p{N}-]+\.(?:com|net|org|io|co|de|fr|jp|kr|cn|ru|info|biz|shop|xyz|app|me|ly|ai|eu|us|uk)\b/iu;
/** Any word, dot, lower-case word without a space: an address under whatever ending. “Dr.Jart” is none, “p.m.” neither. Or an address read aloud. */
const ADDRESS = /[\p{L}\p{N}-]{2,}\.\p{Ll}{2,}|\bdot (?:com|net|org|io|shop)\b/u;
/** Letters that show nothing, and towers of marks that cover the lines around them. */
const HIDDEN = /[\u115f\u1160\u3164\uffa0]|\p{M}{4,}/u;
/** Digits and number signs of every script. */
const DIGIT = /\p{N}/u;
/** `{metric_id}` or `{metric_id|format}`. */
const PLACEHOLDER = /\{([^{}|]+)(?:\|([a-z0-9_ ]+))?\}/g;

/** Null for plain words of at most `longest` characters; else what is wrong. */
export function plainText(text: string, longest: number): string | null {
  if (text.trim() === "") return "a text is empty";
  if (Array.from(text).length > longest) return `a text is longer than ${longest} characters`;
  if (LINK.test(text) || ADDRESS.test(text)) return "a text holds a link or an address";
  if (HIDDEN.test(text) || !PLAIN.test(text))
    return "a text holds characters that are not prose: no markup, symbols, @, #, or line breaks";
  return null;
}

/** Null when the text holds no digit of any script. */
export const noDigits = (text: string): string | null =>
  DIGIT.test(text) ? "a text holds a digit: numbers stand as placeholders only" : null;

/** The ids of the placeholders of a template, in order. */
export const placeholdersOf = (template: string): string[] =>
  [...template.matchAll(PLACEHOLDER)].map((match) => match[1] as string);

/** The template without its placeholders. */
export const wordsOf = (template: string): string => template.replaceAll(PLACEHOLDER, "");

/** Null when `quote` stands in `source`, both after NFKC and with spaces folded. */
export function quoteOf(quote: string, source: string): string | null {
  const wanted = folded(quote);
  if (wanted === "") return "a quote is empty";
  return folded(source).includes(wanted) ? null : "a quote does not stand in its source";
}

const folded = (text: string): string => text.normalize("NFKC").replaceAll(/\s+/g, " ").trim();

const ECHO_WORDS = 8;

/**
 * Null when no text of the answer repeats eight words in a row of the rules it was given. The rules are those that were sent, so the check stands with
 * whoever sends them.
 */
export function repeatsNone(answer: unknown, rules: string): string | null {
  const known = wordsOfRules(rules);
  const repeats = (value: unknown): boolean => {
    if (typeof value === "object" && value !== null) return Object.values(value).some(repeats);
    if (typeof value !== "string") return false;
    const words = wordsIn(value);
    return words.some(
      (_, start) =>
        start + ECHO_WORDS <= words.length &&
        known.includes(` ${words.slice(start, start + ECHO_WORDS).join(" ")} `),
    );
  };
  return repeats(answer) ? "a text repeats the rules" : null;
}

/** The same rules are asked about for every answer of a task, a thousand times in a row; cutting them into words takes longer than all other checks. */
let lastRules = { rules: "", known: "" };
function wordsOfRules(rules: string): string {
  if (lastRules.rules !== rules) lastRules = { rules, known: ` ${wordsIn(rules).join(" ")} ` };
  return lastRules.known;
}

const wordsIn = (text: string): string[] =>
  text
    .normalize("NFKC")
    .toLowerCase()
    .match(/[\p{L}\p{M}\p{N}]+/gu) ?? [];

/** The first of the checks' complaints. */
export const firstOf = (...complaints: readonly (string | null)[]): string | null =>
  complaints.find((complaint) => complaint !== null) ?? null;
