// Where readers put what they find: a record, or a line that is none.
import type { FlatReader, FlatRecord } from "./lines-flat.ts";

export interface LineSink {
  /** `raw` gives the record as it stood in the file. */
  record(value: unknown, line: number, raw: () => string): void;
  /** A line that is no record. `reason` is a code and its words. */
  reject(line: number, reason: string, raw: string): void;
  /** For readers that hold the bytes of their lines; others never ask. */
  readonly asIs?: AsIsSink | undefined;
}

/** Takes lines that need no rewriting as the bytes that they are. */
export interface AsIsSink {
  readonly reader: FlatReader;
  /** A record that the reader gave of `text[from, end)`. True when the line says what its row says: the reader then hands over its bytes. */
  record(value: FlatRecord, line: number, text: string, from: number, end: number): boolean;
  /** Bytes of one or more whole lines, in file order; only the last line of a file may lack its line end. */
  keep(lines: Buffer): void;
}

export function newlines(text: string): number {
  let count = 0;
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) count += 1;
  return count;
}
