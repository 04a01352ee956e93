// Where readers put what they find: a record, or a line that is none.
import type { LineProver } from "./lines-proof.ts";

export interface LineSink {
  /** `raw` gives the record as it stood in the file. */
  record(value: unknown, line: number, raw: () => string): void;
  /** A line that is no record. `reason` is a code and its words. */
  reject(line: number, reason: string, raw: string): void;
  /** For readers that hold the bytes of their lines; others never ask. */
  readonly asIs?: AsIsSink | undefined;
}

/** Takes lines that are proven to need no rewriting as the bytes that they are. */
export interface AsIsSink {
  readonly prover: LineProver;
  /** One or more proven lines at `from` of the file, in its order; only the last line of a file may lack its line end. */
  keep(lines: Buffer, from: number, count: number): void;
}

export function newlines(text: string): number {
  let count = 0;
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) count += 1;
  return count;
}
