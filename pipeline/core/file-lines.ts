// The lines of a file as bytes, in blocks, so that a file larger than the memory can be gone through.
import { closeSync, openSync, readSync } from "node:fs";

export interface FileLine {
  /** Without its line end; valid until the next line is taken. */
  readonly line: Buffer;
  /** Where it begins in the file. */
  readonly start: number;
  /** From 1. */
  readonly number: number;
}

const BLOCK_BYTES = 1 << 20;

/** Every line of a file in its order; a last one without a line end is a line, an empty rest is none. */
export function* fileLines(path: string): Generator<FileLine> {
  const fd = openSync(path, "r");
  try {
    let block = Buffer.allocUnsafe(BLOCK_BYTES);
    let kept = 0;
    let start = 0;
    let number = 0;
    for (;;) {
      if (kept === block.length) {
        const larger = Buffer.allocUnsafe(block.length * 2);
        block.copy(larger, 0, 0, kept);
        block = larger;
      }
      const got = readSync(fd, block, kept, block.length - kept, null);
      const filled = kept + got;
      let from = 0;
      for (let end = block.indexOf(10); end !== -1 && end < filled; end = block.indexOf(10, from)) {
        number += 1;
        yield { line: block.subarray(from, end), start: start + from, number };
        from = end + 1;
      }
      if (got === 0) {
        if (filled > from)
          yield { line: block.subarray(from, filled), start: start + from, number: number + 1 };
        return;
      }
      block.copy(block, 0, from, filled);
      start += from;
      kept = filled - from;
    }
  } finally {
    closeSync(fd);
  }
}
