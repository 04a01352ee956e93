// One input, or one byte range of it, from records to an accepted part and its rejects. Runs in the main thread or a worker.
import { closeSync, openSync, writeSync } from "node:fs";
import { createComparison } from "./ingest-standing.ts";
import { createTally, type Tallied, type Tally } from "./ingest-tally.ts";
import { type Input, readRecords } from "./lines.ts";
import { createFlatReader } from "./lines-flat.ts";
import { readNdjsonRange } from "./lines-ndjson.ts";
import type { AsIsSink, LineSink } from "./lines-sink.ts";
import type { LineModule, LineParser, Standing } from "./types.ts";

export interface Job {
  readonly input: Input;
  /** Byte range of a splittable input; null reads all of it. */
  readonly range: { readonly start: number; readonly end: number } | null;
  /** Accepted rows, canonical NDJSON. */
  readonly part: string;
  /** Accepted lines that say what their rows say, byte for byte; only made when there are some. */
  readonly raw: string;
  /** Rejected lines as `[line, reason, raw]`, one JSON array a line; lines count from the range's beginning. */
  readonly rejects: string;
  readonly scratch: string;
  readonly tally: Tally;
}

export interface JobResult {
  readonly received: number;
  readonly kept: number;
  /** Lines among the kept ones that stand in the raw part. */
  readonly standing: number;
  /** Lines read, to shift the line numbers of the ranges behind this one. */
  readonly lines: number;
  /** Null for a range: nobody saw the whole file. */
  readonly sha256: string | null;
  readonly notes: readonly string[];
  readonly tallied: Tallied;
}

/** What a LineModule makes of its options, once per thread. */
export interface Prepared {
  readonly parse: LineParser;
  readonly standing: Standing | null;
}

export const prepared = (module: LineModule, options: unknown): Prepared => ({
  parse: module.prepare(options),
  standing: module.standing?.(options) ?? null,
});

const RAW_CHARACTERS = 2000;

export async function runJob(
  job: Job,
  { parse, standing }: Prepared,
  onProgress: (bytes: number) => void = () => {},
): Promise<JobResult> {
  const accepted = createBufferedFile(job.part);
  const rejected = createBufferedFile(job.rejects);
  const { name } = job.input;
  const tally = createTally(job.tally);
  let received = 0;
  let kept = 0;
  const reject = (line: number, reason: string, raw: string) => {
    received += 1;
    rejected.write(JSON.stringify([line, reason, trimmed(raw)]));
  };
  const stood = createBufferedFile(job.raw, "lazily");
  let standingLines = 0;
  function asIsSink(standing: Standing): AsIsSink | undefined {
    const reader = createFlatReader([...new Set(Object.values(standing.columns))]);
    if (!reader) return undefined;
    const same = createComparison(standing);
    return {
      reader,
      record(value, line, text, from, end) {
        const outcome = parse(value, name, reader.isClean());
        if (!outcome.ok) {
          reject(line, outcome.reason, text.slice(from, end));
          return false;
        }
        received += 1;
        kept += 1;
        tally.add(outcome.row);
        if (same(outcome.row, value)) {
          standingLines += 1;
          return true;
        }
        accepted.write(JSON.stringify(outcome.row));
        return false;
      },
      keep: stood.append,
    };
  }
  const sink: LineSink = {
    record(value, line, raw) {
      const outcome = parse(value, name);
      if (!outcome.ok) {
        reject(line, outcome.reason, raw());
        return;
      }
      received += 1;
      kept += 1;
      tally.add(outcome.row);
      accepted.write(JSON.stringify(outcome.row));
    },
    reject,
    asIs: standing && job.range ? asIsSink(standing) : undefined,
  };
  try {
    if (job.range) {
      const lines = readNdjsonRange(job.input.path, job.range, sink, onProgress);
      return {
        received,
        kept,
        standing: standingLines,
        lines,
        sha256: null,
        notes: [],
        tallied: tally.result(),
      };
    }
    const { sha256, notes } = await readRecords(job.input, sink, job.scratch, onProgress);
    return { received, kept, standing: 0, lines: 0, sha256, notes, tallied: tally.result() };
  } finally {
    accepted.close();
    stood.close();
    rejected.close();
  }
}

// Half a character at the cut would be no valid JSON text for others to read.
const trimmed = (raw: string) =>
  raw
    .replace(/[\r\n]+$/, "")
    .slice(0, RAW_CHARACTERS)
    .toWellFormed();

const BUFFER_BYTES = 1 << 22;

interface BufferedFile {
  write(line: string): void;
  /** Whole lines. The file's last one gets its line end when it has none. */
  append(lines: Buffer): void;
  close(): void;
}

/** Lines in large synchronous writes: the reader waits for the disk, so memory stays flat. */
function createBufferedFile(path: string, lazily?: "lazily"): BufferedFile {
  let fd = lazily ? -1 : openSync(path, "w");
  let buffer: Buffer | undefined;
  let filled = 0;
  let last = 10;
  function put(bytes: Buffer, to: number): void {
    if (fd === -1 && to > 0) fd = openSync(path, "w");
    for (let from = 0; from < to; ) from += writeSync(fd, bytes, from, to - from);
  }
  function flush(): void {
    if (buffer) put(buffer, filled);
    filled = 0;
  }
  function room(most: number): Buffer {
    buffer ??= Buffer.allocUnsafe(BUFFER_BYTES);
    if (filled + most > buffer.length) {
      flush();
      if (most > buffer.length) buffer = Buffer.allocUnsafe(most);
    }
    return buffer;
  }
  return {
    write(line) {
      // No UTF-16 unit takes more than three bytes of UTF-8.
      const target = room(line.length * 3 + 1);
      filled += target.write(line, filled);
      target[filled] = 10;
      filled += 1;
    },
    append(lines) {
      last = lines.at(-1) ?? last;
      if (lines.length > BUFFER_BYTES / 4) {
        flush();
        put(lines, lines.length);
        return;
      }
      const target = room(lines.length);
      filled += lines.copy(target, filled);
    },
    close() {
      if (last !== 10) room(1)[filled++] = 10;
      flush();
      if (fd !== -1) closeSync(fd);
    },
  };
}
