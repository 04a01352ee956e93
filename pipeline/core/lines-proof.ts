// Proves from the bytes of a line that it already says what its row says, so that it may stand for the row. Whatever is unusual is
// not proven, and left to JSON.parse and the parser, whose rows are always right.
import type { Tallied, Tally } from "./ingest-tally.ts";
import { instantAt } from "./lines-instant.ts";
import { hasEscapes, isTrimmed, stringEnd } from "./lines-strings.ts";
import type { Saying, Standing } from "./types.ts";

export interface LineProver {
  /** The end of the line of UTF-8 that begins at `from`, where its line feed or the block's end is; -1 when it is not proven. */
  prove(block: Buffer, from: number): number;
  /** What the proven lines say in the columns of the tally. */
  tallied(): Tallied;
}

/** DuckDB has to be told how long a line may be. */
const LONGEST_LINE = 1 << 20;
/** More columns than a bit mask holds are not read. */
const MOST_COLUMNS = 30;
const MOST_KEYS = 200;
/** Fifteen digits are a safe integer. */
const MOST_DIGITS = 15;
/** A column with more distinct words is no list of markets, and must not fill the memory. */
const MOST_WORDS = 1000;

const SPACE = 32;
const QUOTE = 34;
const COMMA = 44;
const MINUS = 45;
const POINT = 46;
const ZERO = 48;
const COLON = 58;
const LINE_FEED = 10;
const OPEN_LIST = 91;
const CLOSED_LIST = 93;
const OPEN = 123;
const CLOSED = 125;

const TRUE = Buffer.from("true");
const FALSE = Buffer.from("false");
const NULL = Buffer.from("null");

/** Whether a column may be looked for in the bytes of a line. */
export const isPlainColumn = (column: string): boolean =>
  column !== "" && column !== "__proto__" && JSON.stringify(column) === `"${column}"`;

interface Place {
  readonly field: string;
  readonly saying: Saying;
  readonly required: boolean;
  readonly words: Map<number, Word>;
  /** Of the line that is being read. */
  word: Word | null;
  first: number;
  last: number;
}

interface Word {
  readonly bytes: Uint8Array;
  readonly text: string;
  rows: number;
}

/** A prover for lines of that standing; null when it could not tell the columns apart in a line. */
export function createProver(standing: Standing, tally: Tally): LineProver | null {
  const columns = [...new Set(Object.values(standing.columns))];
  const fields = Object.keys(standing.columns);
  if (fields.length !== columns.length || fields.length > MOST_COLUMNS || !columns.every(isPlainColumn))
    return null;
  const places: Place[] = fields.map((field) => ({
    field,
    saying: standing.says[field] as Saying,
    required: standing.required.includes(field),
    words: new Map(),
    word: null,
    first: Number.POSITIVE_INFINITY,
    last: Number.NEGATIVE_INFINITY,
  }));
  const wordPlaces = places.filter(({ saying }) => saying.is === "word");
  const placeOf = new Map(fields.map((field, place) => [standing.columns[field] as string, place]));
  const required = places.reduce((mask, place, at) => (place.required ? mask | (1 << at) : mask), 0);
  const said = new Float64Array(fields.length);
  const holds = standing.holds((field) => fields.indexOf(field));
  /** The keys of the line before, as they stood: most lines of a file repeat them. */
  const layout: { key: Uint8Array; place: number }[] = [];
  let proven = 0;

  function prove(block: Buffer, from: number): number {
    if (block[from] !== OPEN) return -1;
    said.fill(Number.NaN);
    for (const place of wordPlaces) place.word = null;
    let seen = 0;
    let at = from + 1;
    for (let slot = 0; slot < MOST_KEYS; slot += 1) {
      while (block[at] === SPACE) at += 1;
      let expected = layout[slot];
      if (expected === undefined || !begins(block, at, expected.key)) {
        expected = keyAt(block, at);
        if (expected === undefined) return -1;
        layout[slot] = expected;
      }
      at += expected.key.length;
      while (block[at] === SPACE) at += 1;
      if (block[at] !== COLON) return -1;
      at += 1;
      while (block[at] === SPACE) at += 1;
      const { place } = expected;
      if (place === -1) at = foreignEnd(block, at);
      else {
        // The last of two equal keys counts for JSON.parse; others count the first, or refuse the line.
        if ((seen & (1 << place)) !== 0) return -1;
        seen |= 1 << place;
        at = valueEnd(block, at, place);
      }
      if (at === -1) return -1;
      while (block[at] === SPACE) at += 1;
      const after = block[at];
      at += 1;
      if (after === COMMA) continue;
      if (after !== CLOSED || (at !== block.length && block[at] !== LINE_FEED)) return -1;
      if (at - from > LONGEST_LINE || (seen & required) !== required || !holds(said)) return -1;
      note();
      return at;
    }
    return -1;
  }

  function keyAt(block: Buffer, at: number): { key: Uint8Array; place: number } | undefined {
    if (block[at] !== QUOTE) return undefined;
    const close = stringEnd(block, at + 1);
    if (close === -1 || hasEscapes()) return undefined;
    const name = block.toString("utf8", at + 1, close);
    return { key: Uint8Array.from(block.subarray(at, close + 1)), place: placeOf.get(name) ?? -1 };
  }

  /** Behind the value of a field that begins at `at`; -1 when the value is not what the row says. */
  function valueEnd(block: Buffer, at: number, index: number): number {
    const place = places[index] as Place;
    const { saying } = place;
    const first = block[at];
    if (first === NULL[0]) return begins(block, at, NULL) && !place.required ? at + 4 : -1;
    if (saying.is === "count") {
      const end = digitsEnd(block, at);
      if (end === -1) return -1;
      let count = 0;
      for (let digit = at; digit < end; digit += 1) count = count * 10 + (block[digit] as number) - ZERO;
      said[index] = count;
      return end;
    }
    said[index] = 1;
    if (saying.is === "value") return sameValueEnd(block, at, saying.same);
    if (first !== QUOTE) return -1;
    if (saying.is === "instant") {
      const length = block[at + 21] === QUOTE ? 20 : 24;
      const ms = block[at + 1 + length] === QUOTE ? instantAt(block, at + 1, length) : Number.NaN;
      said[index] = ms;
      return Number.isNaN(ms) ? -1 : at + length + 2;
    }
    if (saying.is === "word") {
      const end = wordEnd(block, at + 1);
      if (end === -1) return -1;
      place.word = known(place, block, at + 1, end, saying.same);
      return place.word ? end + 1 : -1;
    }
    const close = stringEnd(block, at + 1);
    if (close === -1 || close - at > saying.longest || !isTrimmed(block, at + 1, close)) return -1;
    if (saying.same && plainEnd(block, at + 1) !== close) {
      const word = parsed(block.toString("utf8", at, close + 1));
      if (typeof word !== "string" || !saying.same(word)) return -1;
    }
    return close + 1;
  }

  function note(): void {
    proven += 1;
    for (let at = 0; at < places.length; at += 1) {
      const place = places[at] as Place;
      if (place.word) place.word.rows += 1;
      else if (place.saying.is === "instant") {
        const ms = said[at] as number;
        if (ms < place.first) place.first = ms;
        if (ms > place.last) place.last = ms;
      }
    }
  }

  function tallied(): Tallied {
    const words: Record<string, Record<string, number>> = {};
    const ranges: Record<string, readonly [string, string]> = {};
    for (const column of tally.words) {
      const place = places.find(({ field }) => field === column);
      const found = [...(place?.words.values() ?? [])].map(({ text, rows }) => [text, rows] as const);
      const constant = standing.constants[column];
      const counts = constant === undefined ? found : [[String(constant), proven] as const];
      // A word may have stood in lines alone that something else disproved.
      words[column] = Object.fromEntries(counts.filter(([, rows]) => rows > 0));
    }
    for (const column of tally.ranges) {
      const place = places.find(({ field }) => field === column);
      if (place && place.first <= place.last)
        ranges[column] = [new Date(place.first).toISOString(), new Date(place.last).toISOString()];
    }
    return { words, ranges };
  }

  return { prove, tallied };
}

function begins(block: Uint8Array, from: number, word: Uint8Array): boolean {
  for (let at = 0; at < word.length; at += 1) if (block[from + at] !== word[at]) return false;
  return true;
}

/** Behind the digits of a whole number; -1 for none, a leading zero, or more than a safe integer has. */
function digitsEnd(block: Uint8Array, from: number): number {
  let at = from;
  while ((block[at] as number) >= ZERO && (block[at] as number) <= 57) at += 1;
  const count = at - from;
  return count === 0 || count > MOST_DIGITS || (block[from] === ZERO && count > 1) ? -1 : at;
}

/** Small letters, digits, underscores, hyphens and points stay as they are whatever is done to a name. */
const PLAIN = Uint8Array.from({ length: 256 }, (_, byte) =>
  /[a-z0-9._-]/.test(String.fromCharCode(byte)) ? 1 : 0,
);

function plainEnd(block: Uint8Array, from: number): number {
  let at = from;
  while (PLAIN[block[at] as number] === 1) at += 1;
  return at;
}

let wordHash = 0;

/** The closing quote of a word without escapes, whose hash (FNV-1a) it leaves behind. */
function wordEnd(block: Uint8Array, from: number): number {
  let hash = 0x811c9dc5;
  let at = from;
  for (; block[at] !== QUOTE; at += 1) {
    const byte = block[at];
    if (byte === undefined || byte < SPACE || byte === 92) return -1;
    hash = Math.imul(hash ^ byte, 0x01000193);
  }
  wordHash = hash;
  return at;
}

function known(
  { words }: Place,
  block: Buffer,
  from: number,
  end: number,
  same: (word: string) => boolean,
): Word | null {
  const found = words.get(wordHash);
  if (found) return found.bytes.length === end - from && begins(block, from, found.bytes) ? found : null;
  const text = block.toString("utf8", from, end);
  if (words.size >= MOST_WORDS || !same(text)) return null;
  const word = { bytes: Uint8Array.from(block.subarray(from, end)), text, rows: 0 };
  words.set(wordHash, word);
  return word;
}

/** Behind a value that no field asks for, read far enough to know that every reader of JSON takes it. */
function foreignEnd(block: Buffer, at: number): number {
  const first = block[at] as number;
  if (first === QUOTE) {
    const close = stringEnd(block, at + 1);
    return close === -1 ? -1 : close + 1;
  }
  return scalarEnd(block, at);
}

function scalarEnd(block: Buffer, at: number): number {
  const first = block[at] as number;
  if (first === NULL[0]) return begins(block, at, NULL) ? at + 4 : -1;
  if (first === TRUE[0]) return begins(block, at, TRUE) ? at + 4 : -1;
  if (first === FALSE[0]) return begins(block, at, FALSE) ? at + 5 : -1;
  if (first === OPEN_LIST) {
    const close = block.indexOf(CLOSED_LIST, at);
    if (close === -1 || close - at > LONGEST_LINE) return -1;
    const text = block.toString("utf8", at, close + 1);
    return text.includes("\\") || parsed(text) === undefined ? -1 : close + 1;
  }
  const whole = digitsEnd(block, first === MINUS ? at + 1 : at);
  if (whole === -1 || block[whole] !== POINT) return whole;
  let end = whole + 1;
  while ((block[end] as number) >= ZERO && (block[end] as number) <= 57) end += 1;
  return end === whole + 1 || end - at > MOST_DIGITS ? -1 : end;
}

/** 3.0 is a whole number to us and a fraction to others: a number counts as it would be written. */
function sameValueEnd(block: Buffer, at: number, same: (value: unknown) => boolean): number {
  const end = scalarEnd(block, at);
  if (end === -1) return -1;
  const text = block.toString("utf8", at, end);
  const value = parsed(text);
  return value === undefined || (typeof value === "number" && String(value) !== text) || !same(value)
    ? -1
    : end;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
