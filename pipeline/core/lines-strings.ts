// Strings of a line of JSON, told from its bytes: where one ends, and whether its words would be taken as they stand. The bytes are
// known to be UTF-8.

const QUOTE = 34;
const BACKSLASH = 92;
const TAB = 9;
const LINE_FEED = 10;
const RETURN = 13;

/** Bytes that neither end a string nor need a second look. 0xEF may begin U+FFFE and U+FFFF, which are no characters. */
const ORDINARY = Uint8Array.from({ length: 256 }, (_, byte) =>
  byte >= 32 && byte !== QUOTE && byte !== BACKSLASH && byte !== 0x7f && byte !== 0xef ? 1 : 0,
);

/** Behind the last escape of the string that was read last; -1 when it has none. */
let lastEscape = -1;
let lastEscapeIsBlank = false;

/** Whether the string that `stringEnd` read last holds an escape. */
export const hasEscapes = (): boolean => lastEscape !== -1;

/** The closing quote of the string that begins at `from`; -1 where it holds control characters, half characters or no such quote. */
export function stringEnd(block: Uint8Array, from: number): number {
  let at = from;
  lastEscape = -1;
  for (;;) {
    while (ORDINARY[block[at] as number] === 1) at += 1;
    const byte = block[at];
    if (byte === QUOTE) return at;
    if (byte === BACKSLASH) {
      at = escapeEnd(block, at);
      if (at === -1) return -1;
      lastEscape = at;
    } else if (byte === 0xef) {
      if (block[at + 1] === 0xbf && (block[at + 2] as number) >= 0xbe) return -1;
      at += 3;
    } else return -1;
  }
}

/** Whether `trim` would leave the string alone that `stringEnd` read last, and it is not empty. */
export function isTrimmed(block: Uint8Array, from: number, close: number): boolean {
  if (close === from) return false;
  if (lastEscape === close ? lastEscapeIsBlank : isBlank(codeBefore(block, close))) return false;
  if (block[from] !== BACKSLASH) return !isBlank(codeAt(block, from));
  escapeEnd(block, from);
  return !lastEscapeIsBlank;
}

const SIMPLE: ReadonlyMap<number, number> = new Map(
  Object.entries({ '"': QUOTE, "\\": BACKSLASH, "/": 47, n: LINE_FEED, t: TAB, r: RETURN }).map(
    ([letter, code]) => [letter.charCodeAt(0), code],
  ),
);

/** Behind the escape that begins at `from`; -1 for one that stands for a control character or half a character, or for nothing. */
function escapeEnd(block: Uint8Array, from: number): number {
  const simple = SIMPLE.get(block[from + 1] as number);
  if (simple !== undefined) {
    lastEscapeIsBlank = simple <= RETURN;
    return from + 2;
  }
  const code = unitAt(block, from);
  if (code === -1 || (code < 32 && code !== TAB && code !== LINE_FEED && code !== RETURN)) return -1;
  if (code === 0x7f || code >= 0xfffe) return -1;
  lastEscapeIsBlank = isBlank(code);
  if (code < 0xd800 || code > 0xdfff) return from + 6;
  if (code > 0xdbff) return -1;
  const second = unitAt(block, from + 6);
  return second >= 0xdc00 && second <= 0xdfff ? from + 12 : -1;
}

/** The UTF-16 unit that an escape such as `\u00e9` stands for; -1 when none begins at `from`. */
function unitAt(block: Uint8Array, from: number): number {
  if (block[from] !== BACKSLASH || block[from + 1] !== 117) return -1;
  let unit = 0;
  for (let at = from + 2; at < from + 6; at += 1) {
    const digit = block[at] as number;
    if (digit >= 48 && digit <= 57) unit = unit * 16 + digit - 48;
    else if ((digit | 32) >= 97 && (digit | 32) <= 102) unit = unit * 16 + (digit | 32) - 87;
    else return -1;
  }
  return unit;
}

/** What `trim` takes away. */
const isBlank = (code: number): boolean =>
  code === 32 || (code <= RETURN && code >= TAB) || (code >= 0xa0 && BLANKS.has(code));
const BLANKS: ReadonlySet<number> = new Set(
  [...Array(0x10000).keys()].filter((code) => code >= 0xa0 && String.fromCharCode(code).trim() === ""),
);

/** The character at `at`; those beyond U+FFFF, of which none is blank, as 0. */
function codeAt(block: Uint8Array, at: number): number {
  const first = block[at] as number;
  if (first < 0x80) return first;
  const second = (block[at + 1] as number) & 0x3f;
  if (first < 0xe0) return ((first & 0x1f) << 6) | second;
  if (first < 0xf0) return ((first & 0x0f) << 12) | (second << 6) | ((block[at + 2] as number) & 0x3f);
  return 0;
}

function codeBefore(block: Uint8Array, end: number): number {
  let at = end - 1;
  while (((block[at] as number) & 0xc0) === 0x80) at -= 1;
  return codeAt(block, at);
}
