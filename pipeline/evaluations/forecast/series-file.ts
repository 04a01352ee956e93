// Files of many series → series by id: wide tables (one series a row, as M3 and M4 come, or one a column), packed ones (all values in one cell or
// list) and long ones (id, time, value). Rows are turned into numbers as they pass, because a wide file of thousands of columns does not fit twice.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { LeapError } from "../../core/errors.ts";
import { openInput, readRecords } from "../../core/lines.ts";
import type { Row } from "../../core/types.ts";
import { type ColumnTable, seriesInColumns, tableOfColumns } from "./column-table.ts";
import { type LongColumns, longColumns, longSeries, timeIn } from "./long-table.ts";
import type { NamedColumns, NamedSeries, SeriesFile } from "./named-series.ts";
import { numberOf } from "./number.ts";
import { readTsf } from "./tsf-file.ts";
import { wideColumns, wideValues } from "./wide-table.ts";

/**
 * What `continues` another file may hold one value a series: the truth of a horizon of one.
 * Throws LeapError on a file without a series, an unknown column, and a long table whose value column nobody can tell.
 */
export async function readSeriesFile(
  file: string,
  named: NamedColumns,
  continues = false,
): Promise<SeriesFile> {
  if (/\.tsf$/i.test(file)) return readTsf(file);
  const input = await openInput(file);
  const scratch = await mkdtemp(path.join(tmpdir(), "leap-series-"));
  const wide: NamedSeries[] = [];
  const long: { id: string; time: unknown; value: number }[] = [];
  const rejected: string[] = [];
  const rows: Row[] = [];
  const read: { columns: Shape | null } = { columns: null };
  try {
    await readRecords(
      input,
      {
        record(value, line) {
          if (typeof value !== "object" || value === null || Array.isArray(value)) {
            rejected.push(`line ${line}: a row is an object with named fields`);
            return;
          }
          const row = value as Row;
          read.columns ??= columnsOf(row, named, input.name);
          const { columns } = read;
          if ("table" in columns) {
            for (const column of columns.table.series) refuseWords(row, column, input.name, line);
            rows.push(row);
            return;
          }
          if ("long" in columns) {
            const { id, time, value: y } = columns.long;
            refuseWords(row, y, input.name, line);
            long.push({
              id: id === null ? "series" : String(row[id]),
              time: time === null ? long.length : timeIn(row, columns.long),
              value: numberOf(row[y]),
            });
            return;
          }
          wide.push(wideValues(row, columns.wide, input.name, line));
        },
        reject(line, reason) {
          rejected.push(`line ${line}: ${reason}`);
        },
      },
      scratch,
    );
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
  const isLong = long.length > 0;
  const told =
    read.columns && "table" in read.columns
      ? seriesInColumns(rows, read.columns.table, input.name)
      : isLong
        ? longSeries(long, input.name, continues || named.id !== undefined)
        : { series: wide, notes: [] };
  if (told.series.length === 0)
    throw new LeapError(
      `invalid file: ${input.name} holds no series${rejected[0] ? ` (${rejected[0]})` : ""}.`,
    );
  return {
    name: input.name,
    shape: isLong ? "long" : "wide",
    series: told.series,
    notes: [
      ...readingOf(read.columns, input.name),
      ...told.notes,
      ...(rejected.length > 0 ? [`${rejected.length} lines are no records; first: ${rejected[0]}.`] : []),
    ],
  };
}

/** Which of several columns of numbers was taken must be seen. */
function readingOf(shape: Shape | null, file: string): string[] {
  if (shape === null || !("long" in shape)) return [];
  const { id, time, value } = shape.long;
  return [`${file} was read as ${id ?? "one series"}, ${time ?? "order of rows"}, ${value}.`];
}

type Shape =
  | { readonly wide: readonly string[] }
  | { readonly long: LongColumns }
  | { readonly table: ColumnTable };

function refuseWords(row: Row, column: string, file: string, line: number): void {
  if (Number.isNaN(numberOf(row[column])) && isWritten(row[column]))
    throw new LeapError(
      `invalid value: ${file} line ${line}: ${column} = ${JSON.stringify(row[column])}, which is no number. Empty, NA and NaN stand for a missing value; --value names another column.`,
    );
}

const isWritten = (text: unknown): boolean =>
  text !== null && text !== undefined && !/^(|na|n\/a|nan|null|none|-|\.)$/i.test(String(text).trim());

function columnsOf(row: Row, named: NamedColumns, file: string): Shape {
  const names = Object.keys(row);
  const table = tableOfColumns(row, names, named);
  if (table) return { table };
  const long = longColumns(row, names, named, file);
  return long ? { long } : { wide: wideColumns(row, names, named.id, file) };
}
