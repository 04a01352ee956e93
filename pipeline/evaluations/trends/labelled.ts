// Labelled series as people bring them: one row a step, in any order, with or without a name for the series.
import { LeapError } from "../../core/errors.ts";
import type { Given } from "../../core/evaluation.ts";
import { columnNamed, type Table } from "../../core/table.ts";
import type { Row } from "../../core/types.ts";

export interface LabelledSeries {
  readonly id: string;
  /** Names of the steps, as people wrote them. */
  readonly stamps: readonly string[];
  /** NaN where the file has no value for a step. */
  readonly counts: Float64Array;
  /** Whether the step belongs to a burst; null where nobody said. */
  readonly burst: readonly boolean[] | null;
  /** First position that is scored. */
  readonly scoredFrom: number;
}

export interface ReadSeries {
  readonly series: readonly LabelledSeries[];
  /** Length of a step in days; null where the file numbers its steps. */
  readonly stepDays: number | null;
  readonly notes: readonly string[];
}

const usualNames = {
  id: "id series series_id unique_id item_id item kpi_id metric_id term topic hashtag name key keyword".split(
    " ",
  ),
  date: ["date", "ds", "day", "t", "timestamp", "time", "datetime", "week", "step", "index", "jour", "tag"],
  value: ["value", "y", "count", "counts", "posts", "views", "log_views", "mentions", "n", "total", "volume"],
  label: ["label", "burst", "is_burst", "anomaly", "is_anomaly", "outlier", "is_outlier", "truth", "target"],
};

/** Throws LeapError on a missing column, a value that is no amount, a stamp that is no date or number, and a label outside the scheme. */
export function labelledSeries(read: Table, given: Given): ReadSeries {
  const { table, wide } = stacked(read, given);
  const columns = columnsOf(table, given);
  const { value: valueColumn, date: dateColumn } = columns;
  if (!valueColumn)
    throw new LeapError(
      `missing column: value in ${table.name}. It has ${table.columns.join(", ")}; name it with --value.`,
    );
  const points = table.rows.map((row, i) => {
    const line = table.lines[i] as number;
    return {
      id: columns.id ? String(row[columns.id] ?? "") : "",
      stamp: dateColumn ? String(row[dateColumn] ?? "") : String(i),
      at: dateColumn ? positionOf(row, dateColumn, table, line) : { days: null, place: i },
      value: amountOf(row, valueColumn, table, line, given["log"] !== undefined),
      burst: columns.label ? labelOf(row, columns.label, table, line) : null,
    };
  });
  const isDated = points.every(({ at }) => at.days !== null);
  const step = isDated ? commonStep(points) : 1;
  const last = given["last"] === undefined ? Number.POSITIVE_INFINITY : wholeNumber("last", given["last"]);
  const series = [...Map.groupBy(points, ({ id }) => id)].map(([id, own]) =>
    alongSteps(id, own, step, isDated, last),
  );
  const twice = points.length - new Set(points.map(({ id, at }) => `${at.place} ${id}`)).size;
  // Two series in one column of values, taken for one, would be a mixture of both.
  if (columns.id === null && twice > points.length / 10)
    throw new LeapError(
      `missing column: id in ${table.name}. ${twice} of ${points.length} rows name a step again, such as several series would; which of ${table.columns.join(", ")} tells them apart? Name it with --id.`,
    );
  const notes = [
    ...(wide === null ? [] : [`one series a column: ${wide.join(", ")}`]),
    `read as ${Object.entries(columns)
      .flatMap(([role, column]) => (column ? [`${role} = ${column}`] : []))
      .join(", ")}`,
  ];
  if (twice > 0) notes.push(`${twice} rows name a step of their series again; the last of each counts`);
  if (!columns.label) notes.push("no label column: bursts are listed, nothing is scored");
  if (series.some(({ counts }) => counts.some((count) => !Number.isNaN(count) && !Number.isInteger(count))))
    notes.push(
      "values that are no whole numbers carry no counting noise: they are read in thousandths of their series' median",
    );
  return { series: series.map(inThousandths), stepDays: isDated ? step : null, notes };
}

export function wholeNumber(option: string, value: string): number {
  const number = Number(value);
  if (Number.isInteger(number) && number > 0) return number;
  throw new LeapError(`invalid --${option}: ${value}. Give a whole number above zero.`);
}

/** A day and then only numbers, without a label: every column is a series. It is stacked, one value a row; other tables stay as they are. */
function stacked(
  table: Table,
  given: Given,
): { readonly table: Table; readonly wide: readonly string[] | null } {
  const { id, date, value, label } = columnsOf(table, given);
  const others = table.columns.filter((column) => column !== date);
  const isNumber = (cell: unknown) =>
    cell === null || /^\s*(?:nan|na|null|<?\d+(?:\.\d+)?)?\s*$/i.test(String(cell));
  const isWide =
    date !== null &&
    [id, value, label].every((column) => column === null) &&
    others.length > 1 &&
    others.every((column) => table.rows.slice(0, 50).every((row) => isNumber(row[column])));
  if (!isWide) return { table, wide: null };
  const rows = table.rows.flatMap((row) =>
    others.map((series) => ({ series, date: row[date], value: row[series] ?? null })),
  );
  const lines = table.lines.flatMap((line) => others.map(() => line));
  return { table: { ...table, columns: ["series", "date", "value"], rows, lines }, wide: others };
}

function columnsOf(table: Table, given: Given) {
  const named = columnOf(table, "id", given["id"]);
  const values = named === null ? new Set() : new Set(table.rows.map((row) => String(row[named])));
  // A column that numbers the rows names no series.
  const id = given["id"] === undefined && values.size === table.rows.length ? null : named;
  const date = columnOf(table, "date", given["date"]);
  const label = columnOf(table, "label", given["label"]);
  const others = table.columns.filter((column) => ![named, date, label].includes(column));
  const value =
    columnOf(table, "value", given["value"]) ?? (others.length === 1 ? (others[0] as string) : null);
  return { id, date, value, label };
}

function columnOf(table: Table, role: keyof typeof usualNames, named: string | undefined): string | null {
  if (named !== undefined) return columnNamed(table, named);
  for (const usual of usualNames[role]) {
    const found = table.columns.find((column) => column.trim().toLowerCase().replace(/[ -]/g, "_") === usual);
    if (found !== undefined) return found;
  }
  return null;
}

interface Position {
  /** Days since 1970 of a date; null of a step number. */
  readonly days: number | null;
  readonly place: number;
}

function positionOf(row: Row, column: string, table: Table, line: number): Position {
  const written =
    row[column] instanceof Date ? (row[column] as Date).toISOString() : String(row[column] ?? "").trim();
  if (/^\d+(?:\.0+)?$/.test(written) && written.length < 8) return { days: null, place: Number(written) };
  const instant = instantOf(written);
  if (Number.isNaN(instant))
    throw new LeapError(
      `invalid date: ${written || "(empty)"} in ${table.name}, line ${line}. Write 2026-11-20 or number the steps.`,
    );
  return { days: instant / 86_400_000, place: instant / 86_400_000 };
}

/** ISO dates, weeks and instants, seconds or milliseconds since 1970, 20261120, and what JavaScript reads besides; UTC where nothing else is said. */
function instantOf(written: string): number {
  if (/^\d{10}(?:\.\d+)?$/.test(written)) return 1000 * Number(written);
  if (/^\d{13}$/.test(written)) return Number(written);
  const [, year, week] = /^(\d{4})-?W(\d{2})$/i.exec(written) ?? [];
  if (year !== undefined) return mondayOf(Number(year), Number(week));
  const day = written.replace(/^(\d{4})(\d{2})(\d{2})$/, "$1-$2-$3");
  const iso = /^\d{4}-\d{2}-\d{2}$/.test(day) ? `${day}T00:00:00` : day.replace(" ", "T");
  const hasZone = /[zZ]$|T.*[+-]\d{2}:?\d{2}$/.test(iso);
  const instant = Date.parse(hasZone ? iso : `${iso}Z`);
  return Number.isNaN(instant) ? Date.parse(`${written} UTC`) : instant;
}

/** The week with the fourth of January is the first (ISO 8601). */
function mondayOf(year: number, week: number): number {
  const fourth = Date.UTC(year, 0, 4);
  const weekday = (new Date(fourth).getUTCDay() + 6) % 7;
  return fourth + (7 * (week - 1) - weekday) * 86_400_000;
}

function amountOf(row: Row, column: string, table: Table, line: number, isLog: boolean): number {
  const written = row[column];
  if (written === null || written === undefined || /^\s*(?:nan|na|null|none)?\s*$/i.test(String(written)))
    return Number.NaN;
  // Exports of Google Trends write <1.
  const value = Number(String(written).replace(/^</, ""));
  const amount = isLog ? Math.exp(value) : value;
  if (Number.isFinite(amount) && amount >= 0) return amount;
  throw new LeapError(
    `invalid value: ${String(written)} in ${table.name}, line ${line}. Bursts are read in counts or amounts of zero or more${isLog ? "" : "; for natural logarithms add --log"}.`,
  );
}

const yes = /^(?:1|1\.0+|true|t|yes|y|burst|spike|anomaly|anomalous|outlier)$/i;
const no = /^(?:0|0\.0+|-1|false|f|no|n|quiet|normal|usual|inlier|)$/i;

function labelOf(row: Row, column: string, table: Table, line: number): boolean {
  const written = String(row[column] ?? "").trim();
  if (yes.test(written)) return true;
  if (no.test(written)) return false;
  throw new LeapError(
    `unknown label: ${written} in ${table.name}, line ${line}. A step is 1 (burst) or 0 (quiet).`,
  );
}

interface Point {
  readonly stamp: string;
  readonly at: Position;
  readonly value: number;
  readonly burst: boolean | null;
}

/** The gap between neighbours that is most common, in days. */
function commonStep(points: readonly (Point & { id: string })[]): number {
  const gaps = new Map<number, number>();
  for (const own of Map.groupBy(points, ({ id }) => id).values()) {
    const places = own.map(({ at }) => at.place).sort((a, b) => a - b);
    for (let i = 1; i < places.length; i++) {
      const gap = Math.round(((places[i] as number) - (places[i - 1] as number)) * 86_400) / 86_400;
      if (gap > 0) gaps.set(gap, (gaps.get(gap) ?? 0) + 1);
    }
  }
  return [...gaps].sort(([, a], [, b]) => b - a)[0]?.[0] ?? 1;
}

/** Steps that no row tells of are missing; of rows that share a step the last stands. */
function alongSteps(
  id: string,
  points: readonly Point[],
  step: number,
  isDated: boolean,
  last: number,
): LabelledSeries {
  const first = points.reduce((least, { at }) => Math.min(least, at.place), Number.POSITIVE_INFINITY);
  const placed = new Map(points.map((point) => [Math.round((point.at.place - first) / step), point]));
  const length = [...placed.keys()].reduce((most, place) => Math.max(most, place)) + 1;
  // Steps of calendar months differ in length, and a file of few rows over ages is no series: its rows then follow each other.
  const isSparse = length > 4 * points.length + 400;
  const steps = isSparse
    ? new Map([...placed.values()].sort((a, b) => a.at.place - b.at.place).map((point, i) => [i, point]))
    : placed;
  const count = isSparse ? steps.size : length;
  const along = Array.from({ length: count }, (_, i) => steps.get(i));
  return {
    id,
    stamps: along.map((point, i) => point?.stamp ?? (isDated ? dayOf(first + i * step) : String(first + i))),
    counts: Float64Array.from(along, (point) => point?.value ?? Number.NaN),
    burst: points.some(({ burst }) => burst !== null) ? along.map((point) => point?.burst ?? false) : null,
    scoredFrom: Math.max(0, count - last),
  };
}

const dayOf = (days: number): string => new Date(days * 86_400_000).toISOString().slice(0, 10);

function inThousandths(series: LabelledSeries): LabelledSeries {
  const known = series.counts.filter((count) => !Number.isNaN(count)).sort();
  if (known.every(Number.isInteger)) return series;
  const middle = (known[Math.floor(known.length / 2)] as number) || (known.at(-1) as number) || 1;
  return { ...series, counts: series.counts.map((count) => (1000 * count) / middle) };
}
