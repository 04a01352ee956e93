// What a caller wants to know about the accepted rows without reading them again: how often a word stands in a column, and
// the smallest and largest value of another.
import type { Row } from "./types.ts";

export interface Tally {
  /** Columns whose words are counted; meant for few distinct words. */
  readonly words: readonly string[];
  /** Columns of text, such as ISO instants, whose range is kept. */
  readonly ranges: readonly string[];
}

export interface Tallied {
  readonly words: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly ranges: Readonly<Record<string, readonly [first: string, last: string]>>;
}

/** A column with more distinct words is no list of markets, and must not fill the memory. */
const MOST_WORDS = 1000;

/** A word may be a slice of the text that it was read from, and would keep all of it in memory. */
const alone = (word: string): string => Buffer.from(word).toString();

/** What `<` says, by looking no further than the first difference. */
function isBefore(one: string, other: string): boolean {
  const both = Math.min(one.length, other.length);
  for (let at = 0; at < both; at += 1) {
    const step = one.charCodeAt(at) - other.charCodeAt(at);
    if (step !== 0) return step < 0;
  }
  return one.length < other.length;
}

export function createTally({ words, ranges }: Tally): { add(row: Row): void; result(): Tallied } {
  const counts = words.map((column) => [column, new Map<string, { rows: number }>()] as const);
  const bounds = ranges.map((column) => ({ column, first: "", last: "" }));
  return {
    add(row) {
      for (const [column, count] of counts) {
        const word = row[column];
        if (typeof word !== "string") continue;
        const known = count.get(word);
        if (known !== undefined) known.rows += 1;
        else if (count.size < MOST_WORDS) count.set(alone(word), { rows: 1 });
      }
      for (const bound of bounds) {
        const value = row[bound.column];
        if (typeof value !== "string") continue;
        if (bound.first === "" || isBefore(value, bound.first)) bound.first = alone(value);
        if (isBefore(bound.last, value)) bound.last = alone(value);
      }
    },
    result: () => ({
      words: Object.fromEntries(
        counts.map(([column, count]) => [
          column,
          sorted(new Map([...count].map(([word, { rows }]) => [word, rows]))),
        ]),
      ),
      ranges: Object.fromEntries(
        bounds
          .filter(({ first }) => first !== "")
          .map(({ column, first, last }) => [column, [first, last] as const]),
      ),
    }),
  };
}

export function mergeTallies(tallies: readonly Tallied[]): Tallied {
  const words: Record<string, Map<string, number>> = {};
  const ranges: Record<string, [string, string]> = {};
  for (const tallied of tallies) {
    for (const [column, counts] of Object.entries(tallied.words)) {
      words[column] ??= new Map();
      for (const [word, count] of Object.entries(counts))
        words[column].set(word, (words[column].get(word) ?? 0) + count);
    }
    for (const [column, [first, last]] of Object.entries(tallied.ranges)) {
      const known = ranges[column] ?? [first, last];
      const bounds = [first, last, ...known].sort();
      ranges[column] = [bounds[0] as string, bounds[3] as string];
    }
  }
  return {
    words: Object.fromEntries(Object.entries(words).map(([column, counts]) => [column, sorted(counts)])),
    ranges,
  };
}

/** Most frequent first, then by name: the same rows give the same order, however they were split. */
const sorted = (counts: ReadonlyMap<string, number>): Record<string, number> =>
  Object.fromEntries([...counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1)));
