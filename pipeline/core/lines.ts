// Input files as a stream of records with their line numbers, whatever the format, compression and encoding.
// `openInput` decides what a file is, once; `readRecords` then hands every record, or why there is none, to a sink.
import { createHash } from "node:crypto";
import { readSync } from "node:fs";
import { open } from "node:fs/promises";
import { basename } from "node:path";
import { createDecoder, createEncodingSurvey, type EncodingChoice } from "./encodings.ts";
import { decompressed, isTruncated, readHead } from "./lines-bytes.ts";
import { readCsv } from "./lines-csv.ts";
import { type Format, recogniseFormat } from "./lines-format.ts";
import { readJsonItems } from "./lines-json.ts";
import { createNdjsonSplitter, readNdjsonRange } from "./lines-ndjson.ts";
import { parquetAsNdjson } from "./lines-parquet.ts";
import { type LineSink, newlines } from "./lines-sink.ts";

export interface Input {
  readonly path: string;
  /** Base name, as people know the file. */
  readonly name: string;
  readonly bytes: number;
  readonly format: Format;
}

/** Large plain NDJSON can be read in byte ranges; everything else is read from its beginning. */
export const isSplittable = (input: Input): boolean =>
  input.format.kind === "ndjson" && !input.format.gzip && input.format.encoding === "utf-8";

/** Looks at the head of a file. Throws a LeapError on what is not a table of records. */
export async function openInput(path: string): Promise<Input> {
  const head = await readHead(path);
  const format = await recogniseFormat(path, head);
  return { path, name: basename(path), bytes: head.size, format };
}

/**
 * Hands every record of the input to the sink, in file order. `scratch` is a folder for intermediate files.
 * Resolves to the file's checksum and what a reader should be told.
 */
export async function readRecords(
  input: Input,
  sink: LineSink,
  scratch: string,
  onProgress: (bytes: number) => void = () => {},
): Promise<{ sha256: string; notes: string[] }> {
  const { format } = input;
  const { kind, gzip } = format;
  if (kind === "parquet") {
    const ndjson = await parquetAsNdjson(input.path, gzip, scratch);
    try {
      readNdjsonRange(ndjson.path, { start: 0, end: ndjson.bytes }, sink, onProgress);
    } finally {
      await ndjson.remove();
    }
    return { sha256: await checksum(input.path), notes: [] };
  }
  const { sha256, choice, lines, bytes } = await survey(input);
  const truncated = gzip && (await isTruncated(input.path, bytes));
  const notes = notesOf(input, choice);
  const text = decodedText(input, choice, onProgress);
  const guarded = choice.misfits.length > 0 || choice.encoding !== "utf-8" ? guard(sink, choice) : sink;
  let last = 0;
  const counted: LineSink = {
    record(value, line, raw) {
      last = line;
      guarded.record(value, line, raw);
    },
    reject(line, reason, raw) {
      last = line;
      // The line that the cut tore apart is reported once, as the cut.
      if (truncated && line >= lines) return;
      guarded.reject(line, reason, raw);
    },
  };
  if (kind === "ndjson") {
    const splitter = createNdjsonSplitter(counted);
    for await (const chunk of text) splitter.push(chunk);
    splitter.end();
  } else if (format.kind === "csv") {
    await readCsv(text, format, input.name, counted);
  } else {
    await readJsonItems(text, counted);
  }
  if (truncated) {
    sink.reject(Math.max(lines, last), "truncated_gzip: the compressed data end before the file does", "");
    notes.push(
      `${input.name}: truncated gzip; ${Math.max(0, lines - 1)} whole lines before the cut were read`,
    );
  }
  return { sha256, notes };
}

/** sha256 of the bytes as they lie on the disk. */
export async function checksum(path: string): Promise<string> {
  const hash = createHash("sha256");
  // One buffer for all of it: a new one per block is half of the cost.
  const block = Buffer.allocUnsafe(1 << 20);
  const handle = await open(path);
  try {
    for (;;) {
      const { bytesRead } = await handle.read(block, 0, block.length, null);
      if (bytesRead === 0) break;
      hash.update(block.subarray(0, bytesRead));
    }
  } finally {
    await handle.close();
  }
  return hash.digest("hex");
}

async function survey(
  input: Input,
): Promise<{ sha256: string; choice: EncodingChoice; lines: number; bytes: number }> {
  const hash = createHash("sha256");
  const encodings = createEncodingSurvey(input.name);
  let lines = 0;
  let bytes = 0;
  let endsInside = false;
  for await (const chunk of decompressed(input.path, input.format.gzip, (raw) => hash.update(raw))) {
    encodings.push(chunk);
    bytes += chunk.length;
    for (let at = chunk.indexOf(10); at !== -1; at = chunk.indexOf(10, at + 1)) lines += 1;
    endsInside = chunk.at(-1) !== 10;
  }
  if (endsInside) lines += 1;
  return { sha256: hash.digest("hex"), choice: encodings.decide(), lines, bytes };
}

function notesOf(input: Input, choice: EncodingChoice): string[] {
  const notes: string[] = [];
  if (choice.encoding !== "utf-8") notes.push(`${input.name}: read as ${choice.encoding}`);
  if (choice.misfits.length > 0)
    notes.push(`${input.name}: ${choice.misfits.length} lines are not ${choice.encoding}`);
  return notes;
}

async function* decodedText(
  input: Input,
  choice: EncodingChoice,
  onProgress: (bytes: number) => void,
): AsyncGenerator<string> {
  const decoder = createDecoder(choice.encoding);
  for await (const chunk of decompressed(input.path, input.format.gzip, (raw) => onProgress(raw.length))) {
    yield decoder.decode(chunk, { stream: true });
  }
  yield decoder.decode();
}

// A record that touches a line foreign to the file's encoding is refused: decoding it would invent characters.
function guard(sink: LineSink, choice: EncodingChoice): LineSink {
  const reason = `mixed_encoding: not valid ${choice.encoding}`;
  const legacy = choice.encoding !== "utf-8";
  return {
    record(value, line, raw) {
      const text = raw().replace(/\n$/, "");
      if (touches(choice.misfits, line, line + newlines(text)) || (legacy && text.includes("\ufffd")))
        sink.reject(line, reason, text);
      else sink.record(value, line, raw);
    },
    reject: (line, why, raw) => sink.reject(line, why, raw),
  };
}

function touches(sorted: readonly number[], from: number, to: number): boolean {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] as number) < from) low = middle + 1;
    else high = middle;
  }
  return low < sorted.length && (sorted[low] as number) <= to;
}

/** Byte ranges of about equal size that begin and end at line ends. */
export function lineRanges(fd: number, bytes: number, parts: number): { start: number; end: number }[] {
  const cuts = [0];
  const block = Buffer.alloc(1 << 16);
  for (let part = 1; part < parts; part += 1) {
    let at = Math.max(cuts.at(-1) as number, Math.floor((bytes * part) / parts));
    for (;;) {
      const got = readSync(fd, block, 0, block.length, at);
      const end = block.subarray(0, got).indexOf(10);
      if (got === 0 || end !== -1) {
        at += got === 0 ? 0 : end + 1;
        break;
      }
      at += got;
    }
    if (at < bytes && at > (cuts.at(-1) as number)) cuts.push(at);
  }
  return cuts.map((start, index) => ({ start, end: cuts[index + 1] ?? bytes }));
}
