// Newline-delimited JSON: one record a line. Blank lines count as lines, not as records.
import { isUtf8 } from "node:buffer";
import { closeSync, openSync, readSync } from "node:fs";
import type { LineSink } from "./lines-sink.ts";

const LINE_FEED = 10;
const BLOCK_BYTES = 1 << 22;
/** No record is this long; a file without newlines must not fill the memory. */
const LONGEST_LINE_BYTES = 1 << 26;

/** Splits decoded text that arrives in pieces. Returns how many lines there were. */
export function createNdjsonSplitter(sink: LineSink, firstLine = 1) {
  let carry = "";
  let line = firstLine;
  return {
    push(chunk: string): void {
      let text = carry.length > 0 ? carry + chunk : chunk;
      if (line === 1 && text.charCodeAt(0) === 0xfeff) text = text.slice(1);
      let from = 0;
      for (let end = text.indexOf("\n"); end !== -1; end = text.indexOf("\n", from)) {
        readLine(text.slice(from, end), line, sink);
        line += 1;
        from = end + 1;
      }
      carry = text.slice(from);
      if (carry.length > LONGEST_LINE_BYTES) {
        sink.reject(line, `line_too_long: more than ${LONGEST_LINE_BYTES} characters`, carry);
        carry = "";
      }
    },
    end(): number {
      if (carry.length > 0) readLine(carry, line, sink);
      return carry.length > 0 ? line - firstLine + 1 : line - firstLine;
    },
  };
}

/**
 * Reads a range of a UTF-8 file that begins and ends at line ends, in large blocks. Line numbers count from 1 at the
 * range's beginning. Returns the number of lines.
 */
export function readNdjsonRange(
  path: string,
  range: { start: number; end: number },
  sink: LineSink,
  onProgress: (bytes: number) => void = () => {},
): number {
  const fd = openSync(path, "r");
  let block = Buffer.allocUnsafe(BLOCK_BYTES);
  let kept = 0;
  let at = range.start;
  let line = 1;
  let skipping = false;
  try {
    while (at < range.end || kept > 0) {
      if (kept === block.length) {
        if (kept >= LONGEST_LINE_BYTES) {
          if (!skipping)
            sink.reject(
              line,
              `line_too_long: more than ${LONGEST_LINE_BYTES} bytes`,
              block.toString("latin1", 0, 2000),
            );
          skipping = true;
          kept = 0;
        } else {
          const larger = Buffer.allocUnsafe(block.length * 2);
          block.copy(larger, 0, 0, kept);
          block = larger;
        }
      }
      const wanted = Math.min(block.length - kept, range.end - at);
      const got = wanted > 0 ? readSync(fd, block, kept, wanted, at) : 0;
      at += got;
      onProgress(got);
      const filled = kept + got;
      const atEnd = got === 0 || at >= range.end;
      const cut = atEnd ? filled : block.lastIndexOf(10, filled - 1) + 1;
      if (cut > 0) {
        let from = 0;
        if (skipping) {
          const end = block.subarray(0, cut).indexOf(10);
          from = end === -1 ? cut : end + 1;
          if (end !== -1) {
            line += 1;
            skipping = false;
          }
        }
        line = readBlock(block.subarray(from, cut), at - filled + from, line, sink);
      }
      block.copy(block, 0, cut, filled);
      kept = filled - cut;
      if (got === 0) break;
    }
  } finally {
    closeSync(fd);
  }
  return line - 1;
}

/** `start` is where the block lies in the file. */
function readBlock(block: Buffer, start: number, firstLine: number, sink: LineSink): number {
  const { asIs } = sink;
  const prover = asIs && isUtf8(block) ? asIs.prover : undefined;
  let line = firstLine;
  /** Where the lines began that stand and are not handed over yet. */
  let kept = 0;
  let lines = 0;
  let from = line === 1 && block[0] === 0xef && block[1] === 0xbb && block[2] === 0xbf ? 3 : 0;
  const handOver = () => {
    if (lines > 0) asIs?.keep(block.subarray(kept, from), start + kept, lines);
    lines = 0;
  };
  while (from < block.length) {
    let end = prover ? prover.prove(block, from) : -1;
    if (end !== -1) {
      if (lines === 0) kept = from;
      lines += 1;
    } else {
      handOver();
      end = block.indexOf(LINE_FEED, from);
      if (end === -1) end = block.length;
      const bytes = block.subarray(from, end);
      if (prover || isUtf8(bytes)) readLine(bytes.toString("utf8"), line, sink);
      else sink.reject(line, "mixed_encoding: not valid utf-8", bytes.toString("latin1"));
    }
    line += 1;
    from = Math.min(end + 1, block.length);
  }
  handOver();
  return line;
}

function readLine(text: string, line: number, sink: LineSink): void {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    if (text.trim() === "") return;
    sink.reject(line, `invalid_json: ${(error as Error).message.slice(0, 120)}`, text);
    return;
  }
  sink.record(value, line, () => text);
}
