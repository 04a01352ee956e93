// One value a row: which series, when, how much. Columns are found by their names; times are put in order, and weeks that nobody wrote down
// become gaps.
import { LeapError } from "../../core/errors.ts";
import type { Row } from "../../core/types.ts";
import type { NamedColumns, NamedSeries } from "./named-series.ts";
import { numberOf } from "./number.ts";
import { timesOf } from "./times.ts";

export interface LongColumns {
  /** Null: the file is one series. */
  readonly id: string | null;
  /** Null: rows stand in order. */
  readonly time: string | null;
  /** Column of the month, quarter or week where `time` holds years alone. */
  readonly part?: string;
  readonly value: string;
}

export const names = {
  id: /^(unique_?id|series(_?(id|name|no))?|id|item(_?id)?|store(_?(id|nbr))?|sku|product(_?id)?|entity|key|name|group|category|term|geo|country|market|page|article)$/i,
  time: /^(ds|date(time)?|time(stamp)?|t|week|month|day|hour|year|quarter|period|step|index|idx|tag|jour|datum|semaine|woche)$/i,
  value: /^(y|value|values|target|val|sales|count|views|amount|demand|quantity|qty|units|visits|volume|x)$/i,
  valueLike: /(value|sales|views|count|visits|demand|target|quantity|revenue|price|amount|volume)/i,
};

/** Null where the table is wide. Throws LeapError on an unknown column, and where columns of numbers leave the choice open. */
export function longColumns(
  row: Row,
  columns: readonly string[],
  named: NamedColumns,
  file: string,
): LongColumns | null {
  const given = (name: string | undefined): string | undefined => {
    if (name === undefined) return undefined;
    const found = columns.find((column) => column.trim().toLowerCase() === name.trim().toLowerCase());
    if (found === undefined)
      throw new LeapError(`unknown column: ${name} in ${file}. It has ${columns.slice(0, 20).join(", ")}.`);
    return found;
  };
  const like = (pattern: RegExp, but: readonly (string | undefined)[]) =>
    columns.find((column) => pattern.test(column.trim()) && !but.includes(column));
  const time = given(named.time) ?? like(names.time, [named.id, named.value]);
  const value = given(named.value) ?? like(names.value, [time]);
  const isNamed = named.time !== undefined || named.value !== undefined;
  // A wide table may have a column called t or x; only a table of few columns with a time is long.
  if (!isNamed && (columns.length > 40 || time === undefined)) return null;
  if (!isNamed && columns.filter((column) => /^[a-z]{0,2}_?\d+$/i.test(column.trim())).length > 3)
    return null;
  const id = given(named.id) ?? like(names.id, [time, value]) ?? null;
  const y = value ?? guessedValue(row, columns, [id, time]);
  if (y === null)
    throw new LeapError(
      `missing value column: ${file} has ${columns.join(", ")}. Which one holds the numbers? Name it with --value.`,
    );
  const part =
    time !== undefined && /^(year|jahr|année|annee)$/i.test(time.trim())
      ? columns.find((column) => parts.test(column.trim()) && ![id, time, y].includes(column))
      : undefined;
  return { id, time: time ?? null, value: y, ...(part === undefined ? {} : { part }) };
}

const parts = /^(month|quarter|week|monat|quartal|woche|mois|trimestre|semaine)$/i;

/** When a row was: `1990` and a month `3` are 1990-03, a quarter 1990Q3, a week 1990-W03. */
export function timeIn(row: Row, { time, part }: LongColumns): unknown {
  if (time === null || part === undefined) return time === null ? null : row[time];
  const [year, within] = [String(row[time]).trim(), String(row[part]).trim().padStart(2, "0")];
  if (/^q|^tri/i.test(part.trim())) return `${year}Q${within.replace(/\D/g, "").replace(/^0/, "")}`;
  return /^(w|s)/i.test(part.trim()) ? `${year}-W${within}` : `${year}-${within}`;
}

function guessedValue(
  row: Row,
  columns: readonly string[],
  but: readonly (string | null | undefined)[],
): string | null {
  const numeric = columns.filter((column) => !but.includes(column) && !Number.isNaN(numberOf(row[column])));
  if (numeric.length === 1) return numeric[0] as string;
  const like = numeric.filter((column) => names.valueLike.test(column));
  return like.length === 1 ? (like[0] as string) : null;
}

/**
 * Rows grouped by id, in the order of their times, with a gap for every step left out. Ids keep the order of the file.
 * One value a series is taken for a row number as id, unless `oneValueEach` says that it may be so.
 */
export function longSeries(
  rows: readonly { readonly id: string; readonly time: unknown; readonly value: number }[],
  file: string,
  oneValueEach = false,
): { readonly series: NamedSeries[]; readonly notes: string[] } {
  const times = timesOf(
    rows.map(({ time }) => time),
    file,
  );
  const groups = Map.groupBy(
    rows.map((row, i) => ({ ...row, at: times[i] as number })),
    ({ id }) => id,
  );
  let [twice, gaps] = [0, 0];
  const series = [...groups].map(([id, members]) => {
    const ordered = members.toSorted((a, b) => a.at - b.at);
    const once = ordered.filter((row, i) => row.at !== ordered[i + 1]?.at);
    twice += ordered.length - once.length;
    const step = usualStep(once.map(({ at }) => at));
    const values: number[] = [];
    once.forEach(({ at, value }, i) => {
      const before = once[i - 1]?.at;
      const missed = before === undefined || step === null ? 0 : Math.round((at - before) / step) - 1;
      for (let j = 0; j < Math.min(missed, mostMissed); j++) values.push(Number.NaN);
      gaps += Math.max(0, missed);
      values.push(value);
    });
    return { id, values: Float64Array.from(values) };
  });
  // Several series taken for one would be a mixture of all: better to ask.
  if (twice > rows.length / 10)
    throw new LeapError(
      `invalid times: ${twice} of ${rows.length} rows in ${file} name a time of their series again. Which column tells the series apart? Name it with --id; --time names another column of times.`,
    );
  if (!oneValueEach && series.length > 1 && series.every(({ values }) => values.length === 1))
    throw new LeapError(
      `invalid id: each of the ${series.length} series in ${file} has one value. Which column names the series? Name it with --id.`,
    );
  return {
    series,
    notes: [
      ...(twice > 0 ? [`${twice} rows name a time of their series again; the last of each counts.`] : []),
      ...(gaps > 0 ? [`${gaps} steps have no row; they are gaps, not zeros.`] : []),
    ],
  };
}

/** A hole of more steps than this is a break in the data, not a gap to be bridged. */
const mostMissed = 500;

/**
 * The distance of two neighbours of which all others are multiples: the commonest, else the smallest. Months differ by a tenth and still count.
 * Null where there is none, and for working days, whose weekends are no gaps.
 */
function usualStep(times: readonly number[]): number | null {
  const counts = new Map<number, number>();
  for (let i = 1; i < times.length; i++) {
    const step = (times[i] as number) - (times[i - 1] as number);
    counts.set(step, (counts.get(step) ?? 0) + 1);
  }
  if (counts.size === 0) return null;
  const [commonest] = [...counts].reduce((most, one) => (one[1] > most[1] ? one : most));
  const smallest = [...counts.keys()].reduce((least, step) => Math.min(least, step));
  const distances = times.length - 1;
  if ((counts.get(3 * commonest) ?? 0) > distances / 7) return null;
  const isMultiple = (of: number) => (one: number) =>
    Math.round(one / of) >= 1 && Math.abs(one / of - Math.round(one / of)) < 0.15;
  return [commonest, smallest].find((step) => [...counts.keys()].every(isMultiple(step))) ?? null;
}
