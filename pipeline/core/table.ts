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
}

/** Reads all of it. Throws LeapError on a missing or unreadable file, and on one without a row. */
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
    return { name: input.name, columns: [...columns], rows, lines, sha256, rejected };
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/** The column as people wrote it, in any case. Throws LeapError with the columns there are. */
export function columnNamed(table: Table, name: string): string {
  const found =
    table.columns.find((column) => column === name) ??
    table.columns.find((column) => column.trim().toLowerCase() === name.trim().toLowerCase());
  if (found === undefined)
    throw new LeapError(`unknown column: ${name} in ${table.name}. It has ${table.columns.join(", ")}.`);
  return found;
}
