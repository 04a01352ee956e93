// One series a column, times down the rows: how the tourism competition, NN5 and exports of spreadsheets come.
import type { Row } from "../../core/types.ts";
import { longSeries, names } from "./long-table.ts";
import type { NamedColumns, NamedSeries } from "./named-series.ts";
import { numberOf } from "./number.ts";

export interface ColumnTable {
  readonly time: string;
  /** Names of the series. */
  readonly series: readonly string[];
}

/**
 * Null where the table is long or has one series a row. A table of columns has a time first and numbers in all others, and nobody named a
 * column of it; a sole column of values is a long table of one series.
 */
export function tableOfColumns(
  row: Row,
  columns: readonly string[],
  named: NamedColumns,
): ColumnTable | null {
  if (named.id !== undefined || named.value !== undefined) return null;
  const time =
    named.time === undefined
      ? firstOf(columns)
      : columns.find((column) => column.trim().toLowerCase() === named.time?.trim().toLowerCase());
  if (time === undefined) return null;
  if (named.time === undefined && !names.time.test(time.trim()) && !isDate(row[time])) return null;
  const others = columns.filter((column) => column !== time);
  if (others.length < 2 || others.some((column) => isNamedOtherwise(column, others.length))) return null;
  return others.every((column) => isNumber(row[column])) ? { time, series: others } : null;
}

/** `id`, `sales`, `year` beside a time make a long table, as long as there are few columns. */
const isNamedOtherwise = (column: string, count: number): boolean =>
  count <= 6 && [names.id, names.value, names.time].some((pattern) => pattern.test(column.trim()));

const isNumber = (cell: unknown): boolean =>
  cell === null || /^(|na|n\/a|nan|null|-)$/i.test(String(cell).trim()) || !Number.isNaN(numberOf(cell));

/** A first column without a name, as exports of pandas have it, is known by its cells. */
const isDate = (cell: unknown): boolean =>
  cell instanceof Date ||
  /^(\d{4}-\d{1,2}(-\d{1,2})?|\d{1,2}[./-]\d{1,2}[./-]\d{4})([ T].*)?$/.test(String(cell).trim());

// JavaScript puts keys like "1" before all others.
const firstOf = (columns: readonly string[]): string | undefined =>
  columns.find((column) => !/^\d+$/.test(column.trim()));

/** Each column in the order of the times. Cells without a number before the first and after the last are no part of a series. */
export function seriesInColumns(
  rows: readonly Row[],
  { time, series }: ColumnTable,
  file: string,
): { readonly series: NamedSeries[]; readonly notes: string[] } {
  const told = longSeries(
    rows.flatMap((row) => series.map((id) => ({ id, time: row[time], value: numberOf(row[id]) }))),
    file,
  );
  return {
    series: told.series.map(({ id, values }) => ({ id, values: trimmed(values) })),
    notes: [`${file} was read as one series a column, times in ${time}.`, ...told.notes],
  };
}

function trimmed(values: Float64Array): Float64Array {
  const isKnown = (value: number) => !Number.isNaN(value);
  const first = values.findIndex(isKnown);
  return first < 0 ? new Float64Array() : values.slice(first, values.findLastIndex(isKnown) + 1);
}
