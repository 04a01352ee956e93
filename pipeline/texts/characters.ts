// What kind of thing a character is, by table: the one question the text engines ask millions of times.

export const SEPARATOR = 0;
/** Letters and digits of scripts that put spaces between words. */
export const SPACED = 1;
export const HANGUL = 2;
export const KANA = 3;
export const KANJI = 4;
/** Emoji and other pictures; also halves of surrogate pairs. */
export const PICTURE = 5;

const kinds = new Uint8Array(65_536);

function mark(kind: number, ranges: readonly (readonly [number, number])[]): void {
  for (const [from, to] of ranges) kinds.fill(kind, from, to + 1);
}

const letterOrDigit = /[\p{L}\p{N}\p{M}]/u;
for (let code = 0; code < 65_536; code++) {
  if ((code < 0xd800 || code > 0xdfff) && letterOrDigit.test(String.fromCharCode(code))) kinds[code] = SPACED;
}
mark(HANGUL, [
  [0x1100, 0x11ff],
  [0x3130, 0x318f],
  [0xa960, 0xa97f],
  [0xac00, 0xd7ff],
]);
mark(KANA, [
  [0x3041, 0x3096],
  [0x309d, 0x309f],
  [0x30a1, 0x30fa],
  [0x30fc, 0x30ff],
  [0x31f0, 0x31ff],
]);
mark(KANJI, [
  [0x3005, 0x3007],
  [0x3400, 0x4dbf],
  [0x4e00, 0x9fff],
  [0xf900, 0xfaff],
]);
mark(PICTURE, [
  [0x2190, 0x21ff],
  [0x2300, 0x23ff],
  [0x2600, 0x27bf],
  [0x2b00, 0x2bff],
  [0xd800, 0xdfff],
]);
// The joiner and the variation selector belong to a picture and say nothing by themselves.
mark(SEPARATOR, [
  [0x200b, 0x200f],
  [0xfe00, 0xfe0f],
]);

/** Kind of a UTF-16 code unit. */
export function kindOf(code: number): number {
  return kinds[code] as number;
}

export function isCjk(kind: number): boolean {
  return kind >= HANGUL && kind <= KANJI;
}

/** Katakana, with its long mark: a foreign word is one run of it. */
export function isKatakana(code: number): boolean {
  return code >= 0x30a1 && code <= 0x30ff && code !== 0x30fb;
}
