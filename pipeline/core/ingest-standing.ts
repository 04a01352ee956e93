// Lines that stand for their rows as they came. Nothing is written as long as all of them do: then the input itself is the part. From the
// first line on that does not, they are written to a part of their own.
import { closeSync, openSync, readSync, writeSync } from "node:fs";

export interface StandingLines {
  /** Whole lines at `from` of the input, in its order; only the last line of a file may lack its line end. */
  keep(lines: Buffer, from: number): void;
  /** True when every byte of the range stands, and no part was written. */
  close(): boolean;
}

const BLOCK_BYTES = 1 << 22;

export function createStandingLines(
  input: string,
  range: { readonly start: number; readonly end: number },
  part: string,
): StandingLines {
  let fd = -1;
  /** Everything before stands and was not written. */
  let whole = range.start;
  let last = 10;
  let pending: Buffer[] = [];
  let pendingBytes = 0;

  function flush(): void {
    if (pendingBytes > 0) writeAll(fd, Buffer.concat(pending, pendingBytes));
    pending = [];
    pendingBytes = 0;
  }
  function begin(): void {
    fd = openSync(part, "w");
    last = copyBytes(input, { start: range.start, end: whole }, fd);
  }
  return {
    keep(lines, from) {
      if (fd === -1 && from === whole) {
        whole += lines.length;
        return;
      }
      if (fd === -1) begin();
      last = lines.at(-1) ?? last;
      // The reader uses its block again.
      pending.push(Buffer.from(lines));
      pendingBytes += lines.length;
      if (pendingBytes >= BLOCK_BYTES) flush();
    },
    close() {
      if (fd === -1 && whole === range.end) return true;
      if (fd === -1 && whole > range.start) begin();
      if (fd === -1) return false;
      flush();
      if (last !== 10) writeSync(fd, "\n");
      closeSync(fd);
      return false;
    },
  };
}

/** Copies a range of a file to the end of an open one, and says the last byte. */
export function copyBytes(path: string, range: { start: number; end: number }, to: number): number {
  const fd = openSync(path, "r");
  const block = Buffer.allocUnsafe(BLOCK_BYTES);
  let last = 10;
  try {
    for (let at = range.start; at < range.end; ) {
      const got = readSync(fd, block, 0, Math.min(block.length, range.end - at), at);
      if (got === 0) break;
      writeAll(to, block.subarray(0, got));
      last = block[got - 1] as number;
      at += got;
    }
  } finally {
    closeSync(fd);
  }
  return last;
}

function writeAll(fd: number, bytes: Buffer): void {
  for (let from = 0; from < bytes.length; ) from += writeSync(fd, bytes, from);
}
