// Files of many series → series by id: wide tables (one series a row, as M3 and M4 come), packed ones (all values in one cell or list) and long ones
// (id, time, value). Rows are turned into numbers as they pass, because a wide file of thousands of columns does not fit twice.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { LeapError } from "../../core/errors.ts";
import { openInput, readRecords } from "../../core/lines.ts";
import type { Row } from "../../core/types.ts";
import { type LongColumns, longColumns, longSeries } from "./long-table.ts";
import { numberOf } from "./number.ts";
import { wideColumns, wideValues } from "./wide-table.ts";

export interface NamedSeries {
  readonly id: string;
  /** NaN where a value is missing inside the series. */
  readonly values: Float64Array;
}

export interface SeriesFile {
  readonly name: string;
  readonly shape: "wide" | "long";
  readonly series: readonly NamedSeries[];
  readonly notes: readonly string[];
}

/** Columns that the caller named, each overruling what the names suggest. */
export interface NamedColumns {
  readonly id?: string | undefined;
  readonly time?: string | undefined;
  readonly value?: string | undefined;
}

/** Throws LeapError on a file without a series, an unknown column, and a long table whose value column nobody can tell. */
export async function readSeriesFile(file: string, named: NamedColumns): Promise<SeriesFile> {
  const input = await openInput(file);
  const scratch = await mkdtemp(path.join(tmpdir(), "leap-series-"));
  const wide: NamedSeries[] = [];
  const long: { id: string; time: unknown; value: number }[] = [];
  const rejected: string[] = [];
  let columns: { readonly wide: readonly string[] } | { readonly long: LongColumns } | null = null;
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
          columns ??= columnsOf(row, named, input.name);
          if ("long" in columns) {
            const { id, time, value: y } = columns.long;
            const text = row[y];
            const number = numberOf(text);
            if (Number.isNaN(number) && isWritten(text))
              throw new LeapError(
                `invalid value: ${input.name} line ${line}: ${y} = ${JSON.stringify(text)}, which is no number. Empty, NA and NaN stand for a missing value; --value names another column.`,
              );
            long.push({
              id: id === null ? "series" : String(row[id]),
              time: time === null ? long.length : row[time],
              value: number,
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
  const told = isLong ? longSeries(long, input.name) : { series: wide, notes: [] };
  if (told.series.length === 0)
    throw new LeapError(
      `invalid file: ${input.name} holds no series${rejected[0] ? ` (${rejected[0]})` : ""}.`,
    );
  return {
    name: input.name,
    shape: isLong ? "long" : "wide",
    series: told.series,
    notes: [
      ...told.notes,
      ...(rejected.length > 0 ? [`${rejected.length} lines are no records; first: ${rejected[0]}.`] : []),
    ],
  };
}

const isWritten = (text: unknown): boolean =>
  text !== null && text !== undefined && !/^(|na|n\/a|nan|null|none|-|\.)$/i.test(String(text).trim());

function columnsOf(row: Row, named: NamedColumns, file: string) {
  const names = Object.keys(row);
  const long = longColumns(row, names, named, file);
  return long ? { long } : { wide: wideColumns(row, names, named.id, file) };
}
