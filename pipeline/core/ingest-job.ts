// One input, or one byte range of it, from records to an accepted part and its rejects. Runs in the main thread or a worker.
import { closeSync, openSync, writeSync } from "node:fs";
import { createStandingLines } from "./ingest-standing.ts";
import { createTally, mergeTallies, type Tallied, type Tally } from "./ingest-tally.ts";
import { type Input, readRecords } from "./lines.ts";
import { readNdjsonRange } from "./lines-ndjson.ts";
import { createProver } from "./lines-proof.ts";
import type { LineSink } from "./lines-sink.ts";
import type { LineModule, LineParser, Standing } from "./types.ts";

export interface Job {
  readonly input: Input;
  /** Byte range of a splittable input; null reads all of it. */
  readonly range: { readonly start: number; readonly end: number } | null;
  /** Accepted rows, canonical NDJSON. */
  readonly part: string;
  /** Accepted lines that say what their rows say, byte for byte; only made when they are some and not all. */
  readonly raw: string;
  /** Rejected lines as `[line, reason, raw]`, one JSON array a line; lines count from the range's beginning. */
  readonly rejects: string;
  readonly scratch: string;
  readonly tally: Tally;
}

export interface JobResult {
  readonly received: number;
  readonly kept: number;
  /** Lines among the kept ones that stand for their rows as they came. */
  readonly standing: number;
  /** All of the range stands: there is no raw part, since the input is one. */
  readonly whole: boolean;
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
  const stood = job.range ? createStandingLines(job.input.path, job.range, job.raw) : null;
  let standingLines = 0;
  const prover = standing && job.range ? createProver(standing, job.tally) : null;
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
    asIs:
      prover && stood
        ? {
            prover,
            keep(lines, from, count) {
              received += count;
              kept += count;
              standingLines += count;
              stood.keep(lines, from);
            },
          }
        : undefined,
  };
  try {
    if (job.range) {
      const lines = readNdjsonRange(job.input.path, job.range, sink, onProgress);
      return {
        received,
        kept,
        standing: standingLines,
        whole: stood?.close() ?? false,
        lines,
        sha256: null,
        notes: [],
        tallied: mergeTallies([tally.result(), ...(prover ? [prover.tallied()] : [])]),
      };
    }
    const { sha256, notes } = await readRecords(job.input, sink, job.scratch, onProgress);
    return { received, kept, standing: 0, whole: false, lines: 0, sha256, notes, tallied: tally.result() };
  } finally {
    accepted.close();
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
  close(): void;
}

/** Lines in large synchronous writes: the reader waits for the disk, so memory stays flat. */
function createBufferedFile(path: string): BufferedFile {
  const fd = openSync(path, "w");
  let buffer: Buffer | undefined;
  let filled = 0;
  function flush(): void {
    for (let from = 0; buffer && from < filled; ) from += writeSync(fd, buffer, from, filled - from);
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
    close() {
      flush();
      closeSync(fd);
    },
  };
}
