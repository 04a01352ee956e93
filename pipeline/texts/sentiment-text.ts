// A caption as the sentiment model reads it: what everybody writes in their own way (links, names, numbers, shouting) said in one way.
// Unlike the line of the matchers it keeps accents and punctuation, which carry mood.

/** Stands for a link. */
export const LINK = 0xe000;
/** Stands for the name of an account. */
export const NAME = 0xe001;
/** Stands for a number. */
export const NUMBER = 0x30;

/** What a reader sees before reading: counts over the raw text. */
export interface Look {
  /** Folded characters; starts and ends with a space. */
  readonly codes: Uint16Array;
  readonly length: number;
  readonly exclamations: number;
  readonly questions: number;
  readonly ellipses: number;
  readonly links: number;
  readonly names: number;
  readonly tags: number;
  /** Letters drawn out beyond three, such as sooooo. */
  readonly drawnOut: number;
  /** Words of three letters or more in capitals. */
  readonly shouted: number;
  /** Words in all. */
  readonly words: number;
}

/** A paste longer than this says the same as its beginning. */
const MAXIMUM = 4_000;
const buffer = new Uint16Array(4 * MAXIMUM + 16);

/** The look of a text. Its codes live in a buffer that the next call overwrites. */
export function lookOf(text: string): Look {
  const cut = text.length > MAXIMUM ? text.slice(0, MAXIMUM) : text;
  const plain = unescaped(cut);
  const folded = (notAscii.test(plain) ? plain.normalize("NFKC") : plain).slice(0, 2 * MAXIMUM);
  const lower = folded.toLowerCase();
  const size = lower.length;
  const cased = size === folded.length;
  let length = 0;
  buffer[length++] = 0x20;
  let exclamations = 0;
  let questions = 0;
  let ellipses = 0;
  let links = 0;
  let names = 0;
  let tags = 0;
  let drawnOut = 0;
  let shouted = 0;
  let words = 0;
  let run = 0;
  let capitals = 0;
  let letters = 0;
  for (let at = 0; at < size; at++) {
    let code = lower.charCodeAt(at);
    const begins = buffer[length - 1] === 0x20;
    if (begins && code === 0x68 && lower.startsWith("http", at) && !isLetter(lower.charCodeAt(at + 5) || 0)) {
      at = endOfRun(lower, at, size) - 1;
      links++;
      code = LINK;
    } else if (begins && code === 0x77 && lower.startsWith("www.", at)) {
      at = endOfRun(lower, at, size) - 1;
      links++;
      code = LINK;
    } else if (code === 0x40 && isLetter(lower.charCodeAt(at + 1) || 0)) {
      while (at + 1 < size && isNameCode(lower.charCodeAt(at + 1))) at++;
      names++;
      code = NAME;
    } else if (code >= 0x30 && code <= 0x39) {
      if (buffer[length - 1] === NUMBER) continue;
      code = NUMBER;
    } else if (code <= 0x20 || code === 0xa0 || code === 0x3000) code = 0x20;
    else if (code === 0x2019 || code === 0x2018 || code === 0x60 || code === 0xb4) code = 0x27;
    else if (code === 0x201c || code === 0x201d || code === 0xab || code === 0xbb) code = 0x22;
    else if (code === 0xfe0f || (code >= 0x200b && code <= 0x200f)) continue;
    if (code === 0x21) exclamations++;
    else if (code === 0x3f) questions++;
    else if (code === 0x23) tags++;
    else if (code === 0x2e && buffer[length - 1] === 0x2e && (length < 2 || buffer[length - 2] !== 0x2e))
      ellipses++;
    if (isLetter(code)) {
      letters++;
      if (cased && folded.charCodeAt(at) !== code) capitals++;
    } else {
      if (letters > 0) words++;
      if (letters >= 3 && capitals === letters) shouted++;
      letters = 0;
      capitals = 0;
    }
    if (code === buffer[length - 1]) {
      if (code === 0x20) continue;
      run++;
      if (run === 3 && isLetter(code)) drawnOut++;
      if (run >= 3) continue;
    } else run = 0;
    buffer[length++] = code;
  }
  if (letters > 0) words++;
  if (letters >= 3 && capitals === letters) shouted++;
  if (buffer[length - 1] !== 0x20) buffer[length++] = 0x20;
  return {
    codes: buffer,
    length,
    exclamations,
    questions,
    ellipses,
    links,
    names,
    tags,
    drawnOut,
    shouted,
    words,
  };
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: ASCII is the quick way out, and it includes controls.
const notAscii = /[^\x00-\x7f]/;

/** Exports of other tools write ’ as \u2019, and & as &amp;. */
function unescaped(text: string): string {
  let plain = text;
  if (plain.includes("\\u"))
    plain = plain.replace(/\\u([0-9a-f]{4})/gi, (_, hex: string) =>
      String.fromCharCode(Number.parseInt(hex, 16)),
    );
  if (plain.includes("&"))
    plain = plain.replace(/&(amp|lt|gt|quot|#39);/g, (_, name: string) => entities[name] ?? " ");
  return plain;
}

const entities: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'" };

const letterTable = new Uint8Array(65_536);
for (let code = 0; code < 65_536; code++) {
  if ((code < 0xd800 || code > 0xdfff) && /[\p{L}\p{M}]/u.test(String.fromCharCode(code)))
    letterTable[code] = 1;
}

export function isLetter(code: number): boolean {
  return letterTable[code] === 1;
}

function isNameCode(code: number): boolean {
  return code < 0x80
    ? (code >= 0x61 && code <= 0x7a) || (code >= 0x30 && code <= 0x39) || code === 0x5f || code === 0x2e
    : false;
}

function endOfRun(text: string, from: number, size: number): number {
  let end = from;
  while (end < size && text.charCodeAt(end) > 0x20) end++;
  return end;
}
