// Where readers put what they find: a record, or a line that is none.

export interface LineSink {
  /** `raw` gives the record as it stood in the file. */
  record(value: unknown, line: number, raw: () => string): void;
  /** A line that is no record. `reason` is a code and its words. */
  reject(line: number, reason: string, raw: string): void;
}

export function newlines(text: string): number {
  let count = 0;
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) count += 1;
  return count;
}
