// What people write for negative, neutral and positive, and what stars say. Anything else is refused, with its line.
import { LeapError } from "../../core/errors.ts";
import type { Table } from "../../core/table.ts";
import type { Polarity } from "../../texts/polarity.ts";

export interface Labels {
  readonly truth: readonly Polarity[];
  /** What the values were taken for, in words. */
  readonly scheme: string;
}

const words: Readonly<Record<Polarity, string>> = {
  negative:
    "negative neg n n+ - -- negativ negatif négatif negativo negativa bad unhappy 부정 ネガティブ 否定 負 label_0",
  neutral: "neutral neu 0 o = neutre neutro none objective mixed both 중립 ニュートラル 中立 label_1",
  positive:
    "positive pos p p+ + ++ positiv positif positivo positiva good happy 긍정 ポジティブ 肯定 正 label_2",
};
const wordOf = new Map(
  Object.entries(words).flatMap(([polarity, list]) =>
    list
      .split(" ")
      .filter((word) => word !== "0")
      .map((word) => [word, polarity as Polarity] as const),
  ),
);

/** Degrees are of the same polarity: `very positive`, `Extremely Negative`. */
const degree =
  /^(?:__label__)?(?:(?:very|extremely|strongly|strong|highly|somewhat|slightly|weakly|weak)[ _-]+)?/;

const polarityOf = (value: string): Polarity | undefined => {
  const word = value.toLowerCase();
  return wordOf.get(word.replaceAll(" ", "_")) ?? wordOf.get(word.replace(degree, "").replaceAll(" ", "_"));
};

/** Number schemes in use, told apart by which values a column holds. */
const numberSchemes: readonly (readonly [says: string, of: Readonly<Record<number, Polarity>>])[] = [
  ["0 negative, 1 positive", { 0: "negative", 1: "positive" }],
  ["−1 negative, 1 positive", { [-1]: "negative", 1: "positive" }],
  ["1 negative, 2 positive", { 1: "negative", 2: "positive" }],
  ["0 negative, 4 positive", { 0: "negative", 4: "positive" }],
  ["0 negative, 1 neutral, 2 positive", { 0: "negative", 1: "neutral", 2: "positive" }],
  ["−1 negative, 0 neutral, 1 positive", { [-1]: "negative", 0: "neutral", 1: "positive" }],
  ["0 negative, 2 neutral, 4 positive", { 0: "negative", 2: "neutral", 4: "positive" }],
  ["1 negative, 2 neutral, 3 positive", { 1: "negative", 2: "neutral", 3: "positive" }],
  [
    "0 and 1 negative, 2 neutral, 3 and 4 positive",
    { 0: "negative", 1: "negative", 2: "neutral", 3: "positive", 4: "positive" },
  ],
  [
    "−2 and −1 negative, 0 neutral, 1 and 2 positive",
    { [-2]: "negative", [-1]: "negative", 0: "neutral", 1: "positive", 2: "positive" },
  ],
];

/** Labels of a column of words or numbers. Throws LeapError on a value outside every scheme and on a file with one class. */
export function labelsOf(table: Table, column: string): Labels {
  const values = table.rows.map((row) => String(row[column] ?? "").trim());
  const numbers = values.map((value) =>
    /^[-−+]?\d+(\.0+)?$/.test(value) ? Number(value.replace("−", "-")) : null,
  );
  const numeric = numbers.filter((value) => value !== null).length > values.length / 2;
  if (!numeric) {
    const truth = values.map((value, i) => {
      const polarity = polarityOf(value);
      if (!polarity) throw unknownLabel(table, column, i, value, "negative, neutral, positive");
      return polarity;
    });
    return twoClasses(table, column, { truth, scheme: "words" });
  }
  const odd = numbers.indexOf(null);
  if (odd >= 0)
    throw unknownLabel(table, column, odd, values[odd] as string, "numbers, as in the other lines");
  const held = [...new Set(numbers as number[])].sort((one, other) => one - other);
  if (held.length === 1) throw oneClass(table, column, String(held[0]));
  const scheme = numberSchemes.find(
    ([, of]) =>
      held.every((value) => of[value] !== undefined) &&
      // A scale of five is one only where both ends are seen: 1 to 4 may be stars.
      (of[3] === undefined || of[4] === undefined || (held.includes(0) && held.includes(4))),
  );
  if (!scheme) {
    const outside = numbers.findIndex((value) => ![-2, -1, 0, 1, 2, 3, 4].includes(value as number));
    throw unknownLabel(
      table,
      column,
      Math.max(0, outside),
      values[Math.max(0, outside)] as string,
      "0/1, 0/1/2, −1/0/1, 0/2/4, 0 to 4 or −2 to 2; for stars name the column with --stars",
    );
  }
  const [says, of] = scheme;
  return { truth: (numbers as number[]).map((value) => of[value] as Polarity), scheme: says };
}

/**
 * Labels of stars: of five, 3 is neutral; of ten, 5 and 6. Data sets that count from 0 to 4 mean one star more.
 * Throws LeapError on what is no number of stars.
 */
export function starsOf(table: Table, column: string): Labels {
  const stars = table.rows.map((row, i) => {
    const value = String(row[column] ?? "").trim();
    const number = starsIn(value);
    if (!(number >= 0 && number <= 10))
      throw unknownLabel(table, column, i, value, "stars from 1 to 5 or 1 to 10");
    return number;
  });
  const fromZero =
    stars.includes(0) && stars.includes(4) && stars.every((value) => value <= 4 && Number.isInteger(value));
  if (fromZero) {
    const truth = stars.map((value) => (value < 2 ? "negative" : value > 2 ? "positive" : "neutral"));
    const scheme = "stars counted from 0 to 4: 0 and 1 negative, 2 neutral, 3 and 4 positive";
    return twoClasses(table, column, { truth, scheme });
  }
  const ten = stars.some((value) => value > 5);
  const [low, high] = ten ? [4.5, 6.5] : [2.5, 3.5];
  const truth = stars.map((value) => (value < low ? "negative" : value > high ? "positive" : "neutral"));
  const scheme = ten
    ? "stars of ten: to 4 negative, 5 and 6 neutral, from 7 positive"
    : "stars of five: 1 and 2 negative, 3 neutral, 4 and 5 positive";
  return twoClasses(table, column, { truth, scheme });
}

/** `4`, `4.0`, `4,0 von 5 Sternen`, `4/5`, `4 stars`, `★★★★☆`, `5つ星のうち4.0`; NaN for what says no number of stars. */
function starsIn(value: string): number {
  const drawn = /^((?:★|⭐\uFE0F?|🌟)+)☆*$/u.exec(value)?.[1];
  if (drawn !== undefined) return [...drawn.replaceAll("\uFE0F", "")].length;
  const written =
    /^5つ星のうち\s*(\d+(?:[.,]\d+)?)$/.exec(value) ??
    /^(?:별점\s*|rated\s+)?(\d+(?:[.,]\d+)?)\s*(?:(?:\/|out of|von|sur|de|of)\s*(?:5|10)(?:[.,]0)?)?\s*(?:stars?|sterne?n?|étoiles?|estrellas?|つ星|점|点)?$/i.exec(
      value,
    );
  return written ? Number((written[1] as string).replace(",", ".")) : Number.NaN;
}

function twoClasses(table: Table, column: string, labels: Labels): Labels {
  if (new Set(labels.truth).size < 2) throw oneClass(table, column, labels.truth[0] as string);
  return labels;
}

function oneClass(table: Table, column: string, value: string): LeapError {
  return new LeapError(
    `invalid labels: ${column} in ${table.name} holds one class, ${value}. Two are needed to tell right from wrong.`,
  );
}

function unknownLabel(table: Table, column: string, row: number, value: string, scheme: string): LeapError {
  return new LeapError(
    `unknown label: ${value === "" ? "(empty)" : value} in line ${table.lines[row]} of ${table.name}, column ${column}. Expected ${scheme}.`,
  );
}
