// Reads a flat JSON object out of a line of text without building what nobody asks for: only the named columns, and only
// where the line is plain. Whatever is unusual is left to JSON.parse. What it does read, it reads as JSON.parse would.

export type FlatRecord = Record<string, unknown>;

/** A line without these and without escapes has clean words; text that was decoded has no half characters. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
const CONTROL = /[\u0000-\u0009\u000b-\u001f\u007f\ufffe\uffff]/g;

/** Reads the line `text[from, end)`. The record is the same object for every line; null says that JSON.parse must read it. */
export interface FlatReader {
  read(text: string, from: number, end: number): FlatRecord | null;
  /** Whether the words of the record that was read last are free of control characters and half characters. */
  isClean(): boolean;
}

/** A longer line is unusual, too; DuckDB has to be told how long a line may be. */
const LONGEST_LINE = 1 << 20;
/** More columns than a bit mask holds are not read. */
const MOST_COLUMNS = 30;
const MOST_KEYS = 200;
/** Fifteen digits are a safe integer. */
const MOST_DIGITS = 15;

const QUOTE = 34;
const COMMA = 44;
const POINT = 46;
const COLON = 58;
const CLOSED = 125;

/** Whether a column may be asked of a flat reader. */
export const isFlatColumn = (column: string): boolean =>
  column !== "" && column !== "__proto__" && JSON.stringify(column) === `"${column}"`;

/** A reader of these columns, or null when it could not tell them apart in a line. */
export function createFlatReader(columns: readonly string[]): FlatReader | null {
  if (columns.length > MOST_COLUMNS || !columns.every(isFlatColumn)) return null;
  const record: FlatRecord = Object.fromEntries(columns.map((column) => [column, undefined]));
  const places = new Map(columns.map((column, place) => [column, place]));
  /** The keys of the line before, as they stood: most lines of a file repeat them. */
  const layout: { key: string; place: number }[] = [];
  const all = 2 ** columns.length - 1;
  let known = "";
  let nextEscape = 0;
  let nextControl = 0;

  let clean = false;
  const read: FlatReader["read"] = (text, from, end) => {
    if (text !== known) {
      known = text;
      nextEscape = -1;
      nextControl = -1;
    }
    if (end - from > LONGEST_LINE || text.charCodeAt(from) !== 123) return null;
    if (nextControl < from) {
      CONTROL.lastIndex = from;
      nextControl = CONTROL.test(text) ? CONTROL.lastIndex - 1 : Number.POSITIVE_INFINITY;
    }
    if (nextControl < end) return null;
    if (nextEscape < from) nextEscape = positionOf("\\", text, from);
    clean = nextEscape >= end;
    let seen = 0;
    let at = from;
    for (let slot = 0; ; slot += 1) {
      at += 1;
      let expected = layout[slot];
      if (expected === undefined || !text.startsWith(expected.key, at)) {
        const close = text.indexOf('"', at + 1);
        if (text.charCodeAt(at) !== QUOTE || close === -1 || close > end || slot === MOST_KEYS) return null;
        // An escape in a key would make another name of it.
        if (nextEscape < at) nextEscape = positionOf("\\", text, at);
        if (nextEscape < close || text.charCodeAt(close + 1) !== COLON) return null;
        // A slice would keep the whole block of text alive.
        const key = Buffer.from(text.slice(at, close + 2)).toString();
        expected = { key, place: places.get(key.slice(1, -2)) ?? -1 };
        layout[slot] = expected;
      }
      const { key, place } = expected;
      at += key.length;
      // The last of two equal keys counts for JSON.parse; others count the first, or refuse the line.
      if (place !== -1 && (seen & (1 << place)) !== 0) return null;

      const first = text.charCodeAt(at);
      let value: unknown;
      if (first === QUOTE) {
        let close = text.indexOf('"', at + 1);
        if (close === -1 || close > end) return null;
        if (nextEscape < at) nextEscape = positionOf("\\", text, at);
        if (nextEscape < close) {
          close = closingQuote(text, close, at, end);
          if (close === -1) return null;
          // Half a character or a NUL is a string to us, and an error to others.
          value = parsed(text.slice(at, close + 1));
          if (typeof value !== "string" || !value.isWellFormed() || value.includes("\0")) return null;
        } else if (place !== -1) value = text.slice(at + 1, close);
        at = close + 1;
      } else if (first >= 48 && first <= 57) {
        const start = at;
        let number = 0;
        for (let digit = first; digit >= 48 && digit <= 57; digit = text.charCodeAt(at)) {
          number = number * 10 + digit - 48;
          at += 1;
        }
        if (at - start > MOST_DIGITS || (first === 48 && at - start > 1)) return null;
        value = number;
        if (text.charCodeAt(at) === POINT) {
          do at += 1;
          while (text.charCodeAt(at) >= 48 && text.charCodeAt(at) <= 57);
          // 3.0 is a whole number to us and a fraction to others; digits that no number holds are rounded by each in its way.
          value = Number(text.slice(start, at));
          if (String(value) !== text.slice(start, at)) return null;
        }
      } else if (first === 110 && text.startsWith("null", at)) {
        value = null;
        at += 4;
      } else if (first === 116 && text.startsWith("true", at)) {
        value = true;
        at += 4;
      } else if (first === 102 && text.startsWith("false", at)) {
        value = false;
        at += 5;
      } else if (first === 91) {
        const close = text.indexOf("]", at);
        if (close === -1 || close > end) return null;
        if (nextEscape < at) nextEscape = positionOf("\\", text, at);
        if (nextEscape < close) return null;
        value = parsed(text.slice(at, close + 1));
        if (value === null) return null;
        at = close + 1;
      } else return null;

      if (place !== -1) {
        seen |= 1 << place;
        record[columns[place] as string] = value;
      }
      const after = text.charCodeAt(at);
      if (after === COMMA) continue;
      if (after !== CLOSED || at + 1 !== end) return null;
      // What the line before said and this one does not.
      if (seen !== all)
        for (const [place, column] of columns.entries())
          if ((seen & (1 << place)) === 0) record[column] = undefined;
      return record;
    }
  };
  return { read, isClean: () => clean };
}

function positionOf(mark: string, text: string, from: number): number {
  const at = text.indexOf(mark, from);
  return at === -1 ? Number.POSITIVE_INFINITY : at;
}

/** The first quote from `close` on that no backslash escapes; -1 when the line ends before. */
function closingQuote(text: string, from: number, open: number, end: number): number {
  for (let close = from; close !== -1 && close < end; close = text.indexOf('"', close + 1)) {
    let backslashes = 0;
    while (close - backslashes - 1 > open && text.charCodeAt(close - backslashes - 1) === 92)
      backslashes += 1;
    if (backslashes % 2 === 0) return close;
  }
  return -1;
}

/** A string or an array; null when the text is none. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
