// A labelled file as a table in memory, whatever its format, compression and encoding: what evaluations read.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { LeapError } from "./errors.ts";
import { openInput, readRecords } from "./lines.ts";
import type { Row } from "./types.ts";

export interface Table {
  /** Base name, as people know the file. */
  readonly name: string;
  readonly columns: readonly string[];
  readonly rows: readonly Row[];
  /** Line of each row in the file. */
  readonly lines: readonly number[];
  readonly sha256: string;
  /** Lines that are no records, with the reason. */
  readonly rejected: readonly { readonly line: number; readonly reason: string }[];
  /** The first line is a record like the others; columns are called 1, 2, 3 and on. */
  readonly headless?: boolean;
}

/** Reads all of it; where the first line is no header, columns bear numbers. Throws LeapError on a missing or unreadable file, and on one without a row. */
export async function readTable(file: string): Promise<Table> {
  const input = await openInput(file);
  const rows: Row[] = [];
  const lines: number[] = [];
  const rejected: { line: number; reason: string }[] = [];
  const columns = new Set<string>();
  const scratch = await mkdtemp(path.join(tmpdir(), "leap-table-"));
  try {
    const { sha256 } = await readRecords(
      input,
      {
        record(value, line) {
          if (typeof value !== "object" || value === null || Array.isArray(value)) {
            rejected.push({ line, reason: "not_a_record: a row is an object with named fields" });
            return;
          }
          for (const column of Object.keys(value)) columns.add(column);
          rows.push(value as Row);
          lines.push(line);
        },
        reject(line, reason) {
          rejected.push({ line, reason });
        },
      },
      scratch,
    );
    if (rows.length === 0)
      throw new LeapError(
        `invalid file: ${input.name} holds no row${rejected[0] ? ` (line ${rejected[0].line}: ${rejected[0].reason})` : ""}.`,
      );
    const read = { name: input.name, columns: [...columns], rows, lines, sha256, rejected };
    return numberedWithoutHeader(turned(read));
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/**
 * A first line whose cell is one of the few values of its own column is no header but a record: `0,1467810369,…` above rows that start with 0 or
 * 4. Data sets such as Sentiment140 and the exports of Tatoeba come like that.
 */
function numberedWithoutHeader(table: Table): Table {
  const { columns, rows, lines } = table;
  if ((lines[0] ?? 0) < 2 || rows.length < fewestRows || columns.every((name) => /^\d*$/.test(name)))
    return table;
  const isRecord = columns.some((column) => {
    const values = rows.map((row) => row[column]);
    if (values.some((value) => typeof value !== "string")) return false;
    const times = values.filter((value) => (value as string).trim() === column).length;
    return times > 1 && new Set(values).size <= Math.min(mostValues, rows.length / 2);
  });
  if (!isRecord) return table;
  const numbered = (row: Row): Row =>
    Object.fromEntries(columns.map((column, index) => [String(index + 1), row[column] ?? null]));
  const first = Object.fromEntries(columns.map((column) => [column, column]));
  return {
    ...table,
    columns: columns.map((_, index) => String(index + 1)),
    rows: [first, ...rows].map(numbered),
    lines: [1, ...lines],
    headless: true,
  };
}

/** `{"text": {"0": …, "1": …}, "label": {…}}`, as pandas writes a table by default, or with lists: one object of columns is turned into rows. */
function turned(table: Table): Table {
  const [only] = table.rows;
  if (table.rows.length !== 1 || only === undefined || table.columns.length < 2) return table;
  const parts = Object.values(only);
  if (!parts.every((part) => typeof part === "object" && part !== null)) return table;
  const keys = parts.map((part) => Object.keys(part as object));
  const [first] = keys;
  if (first === undefined || first.length < 2 || keys.some((own) => own.join() !== first.join()))
    return table;
  const rows = first.map((key) =>
    Object.fromEntries(Object.entries(only).map(([column, part]) => [column, (part as Row)[key]])),
  );
  return { ...table, rows, lines: rows.map((_, index) => index + 1) };
}

const fewestRows = 10;
/** A column of more values than this is no label whose words a header could repeat. */
const mostValues = 200;

/** The column as people wrote it, in any case. Throws LeapError with the columns there are. */
export function columnNamed(table: Table, name: string): string {
  const found =
    table.columns.find((column) => column === name) ??
    table.columns.find((column) => column.trim().toLowerCase() === name.trim().toLowerCase());
  if (found === undefined)
    throw new LeapError(
      table.headless
        ? `unknown column: ${name} in ${table.name}, whose first line is a record like the others and names no columns. Number them, from 1 to ${table.columns.length}: ${samples(table)}.`
        : `unknown column: ${name} in ${table.name}. It has ${table.columns.join(", ")}.`,
    );
  return found;
}

const samples = ({ columns, rows }: Table): string =>
  columns.map((column) => `${column} = ${String(rows[0]?.[column] ?? "").slice(0, 30)}`).join(", ");
