// A caption as one line of folded characters that every matcher reads: URLs, e-mail addresses and punctuation gone, tags marked.
import { kindOf, PICTURE, SEPARATOR } from "./characters.ts";
import { fold } from "./fold.ts";

/** Between words. */
export const SPACE = 0x20;
/** Ends a sentence: . ! ? … and the line's end. */
export const STOP = 0x01;
/** Ends a clause: comma, semicolon, colon, dash. */
export const PAUSE = 0x02;
/** Opens a hashtag; its characters follow joined, up to the next space. */
export const TAG = 0x23;

export interface Line {
  /** Starts and ends with a separator, so that a look to the left or right never leaves it. */
  readonly codes: Uint16Array;
  readonly length: number;
}

/** Captions beyond this are a paste, not a caption; the rest is not read. */
const MAXIMUM = 10_000;
const buffer = new Uint16Array(2 * MAXIMUM + 8);

/**
 * The line of a text. It lives in a buffer that the next call overwrites: read it before asking for another.
 * `mentions` of accounts (@name) stay as words, since @cosrx names a brand.
 */
export function lineOf(text: string): Line {
  const folded = fold(withPictures(text.length > MAXIMUM ? text.slice(0, MAXIMUM) : text));
  const size = Math.min(folded.length, 2 * MAXIMUM);
  let length = 0;
  buffer[length++] = STOP;
  let at = 0;
  while (at < size) {
    const code = folded.charCodeAt(at);
    const kind = kindOf(code);
    if (kind !== SEPARATOR) {
      if (code === 0x68 && isUrl(folded, at, "http")) at = skipUrl(folded, at, size);
      else if (code === 0x77 && isUrl(folded, at, "www.")) at = skipUrl(folded, at, size);
      else {
        buffer[length++] = code;
        at++;
      }
      continue;
    }
    if (code === TAG || code === 0xff03) {
      at++;
      if (at < size && isTagCode(folded.charCodeAt(at))) {
        if (buffer[length - 1] !== SPACE) buffer[length++] = SPACE;
        buffer[length++] = TAG;
        // Underscores join a tag's words: #glass_skin and #glassskin are one tag.
        for (; at < size && isTagCode(folded.charCodeAt(at)); at++) {
          const tagCode = folded.charCodeAt(at);
          if (tagCode !== 0x5f) buffer[length++] = tagCode;
        }
        buffer[length++] = SPACE;
      }
      continue;
    }
    if (
      code === 0x40 &&
      at > 0 &&
      at + 1 < size &&
      isWordCode(folded, at - 1) &&
      isWordCode(folded, at + 1)
    ) {
      // name@host: an e-mail address says nothing about a product and something about a person.
      while (length > 1 && !isBreak(buffer[length - 1] as number)) length--;
      at = skipUrl(folded, at, size);
      continue;
    }
    if (
      isApostrophe(code) &&
      at + 1 < size &&
      folded.charCodeAt(at + 1) === 0x74 &&
      !isWordCode(folded, at + 2)
    ) {
      // don't, isn't, won't: one word, so that a negation is one entry.
      at++;
      continue;
    }
    const mark = markOf(code, folded, at);
    const last = buffer[length - 1] as number;
    if (mark === SPACE) {
      if (!isBreak(last)) buffer[length++] = SPACE;
    } else if (last === SPACE) buffer[length - 1] = mark;
    else if (last !== STOP) buffer[length++] = mark;
    at++;
  }
  buffer[length++] = STOP;
  return { codes: buffer, length };
}

/** Emoticons as the emoji they stand for, since punctuation is lost below. */
function withPictures(text: string): string {
  return emoticon.test(text) ? text.replace(gladEmoticon, " 😊 ").replace(sadEmoticon, " 🙁 ") : text;
}

const emoticon = /[:;=^xX-][-'.^_D]?[()DP^-]/;
const gladEmoticon = /(?<=^|[\s\p{L}.!?])(?:[:;=]-?[)DP]+|[xX]D+|\^[_.]?\^)(?![\p{L}\p{N}])/gu;
const sadEmoticon = /(?<=^|[\s\p{L}.!?])(?:[:;=]['-]?\(+|-[._]-)(?![\p{L}\p{N}])/gu;

/** True for what stands between words. */
export function isBreak(code: number): boolean {
  return code === SPACE || code === STOP || code === PAUSE;
}

/** A needle in the line's own spelling, without the breaks at its ends. */
export function needleOf(words: string): number[] {
  const { codes, length } = lineOf(words);
  const needle = Array.from(codes.subarray(0, length)).map((code) => (isBreak(code) ? SPACE : code));
  while (needle.length > 0 && needle[0] === SPACE) needle.shift();
  while (needle.length > 0 && needle.at(-1) === SPACE) needle.pop();
  return needle;
}

function markOf(code: number, text: string, at: number): number {
  switch (code) {
    case 0x0a:
    case 0x21:
    case 0x3f:
    case 0x2026:
    case 0x3002:
    case 0x7c:
      return STOP;
    case 0x2e:
      // Dr.Jart+ and 3.5 are words; a full stop has space behind it.
      return at + 1 >= text.length || !isWordCode(text, at + 1) ? STOP : SPACE;
    case 0x2c:
    case 0x3a:
    case 0x3b:
    case 0x3001:
    case 0x2013:
    case 0x2014:
    case 0x28:
    case 0x29:
    case 0x22:
      return PAUSE;
    default:
      return SPACE;
  }
}

function isWordCode(text: string, at: number): boolean {
  const kind = at < text.length ? kindOf(text.charCodeAt(at)) : SEPARATOR;
  return kind !== SEPARATOR && kind !== PICTURE;
}

function isTagCode(code: number): boolean {
  const kind = kindOf(code);
  return code === 0x5f || (kind !== SEPARATOR && kind !== PICTURE);
}

function isApostrophe(code: number): boolean {
  return code === 0x27 || code === 0x2019;
}

function isUrl(text: string, at: number, start: "http" | "www."): boolean {
  if (at > 0 && isWordCode(text, at - 1)) return false;
  if (!text.startsWith(start, at)) return false;
  return start === "www." || text.startsWith("://", at + 4) || text.startsWith("s://", at + 4);
}

function skipUrl(text: string, at: number, size: number): number {
  let end = at;
  while (end < size && text.charCodeAt(end) > 0x20) end++;
  return end;
}
