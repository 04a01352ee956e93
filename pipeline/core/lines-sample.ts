// The first records of a file and its columns, without reading the rest: what a mapping is proposed from.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createDecoder } from "./encodings.ts";
import type { Input } from "./lines.ts";
import { readHead } from "./lines-bytes.ts";
import { readCsv } from "./lines-csv.ts";
import { readJsonItems } from "./lines-json.ts";
import { createNdjsonSplitter, readNdjsonRange } from "./lines-ndjson.ts";
import { parquetAsNdjson } from "./lines-parquet.ts";
import type { LineSink } from "./lines-sink.ts";

export interface Sample {
  readonly records: readonly Readonly<Record<string, unknown>>[];
  /** Columns in the order of their first sight; nested records as paths such as snippet.title. */
  readonly columns: readonly string[];
  /** Header of a delimited file, also when no row follows it. */
  readonly header: readonly string[] | null;
  /** Lines among the sampled ones that are no records. */
  readonly rejected: number;
}

const MOST_RECORDS = 3000;

export async function sampleRecords(input: Input): Promise<Sample> {
  const records: Record<string, unknown>[] = [];
  let rejected = 0;
  let header: readonly string[] | null = null;
  const sink: LineSink = {
    record(value) {
      if (
        records.length < MOST_RECORDS &&
        typeof value === "object" &&
        value !== null &&
        !Array.isArray(value)
      )
        records.push(value as Record<string, unknown>);
    },
    reject() {
      rejected += 1;
    },
  };
  const { format } = input;
  if (format.kind === "parquet") {
    await sampleParquet(input, sink);
  } else {
    const head = await readHead(input.path);
    const bytes = head.whole
      ? head.bytes
      : head.bytes.subarray(0, head.bytes.lastIndexOf(10) + 1 || undefined);
    const text = createDecoder(format.encoding).decode(bytes);
    if (format.kind === "ndjson") {
      const splitter = createNdjsonSplitter(sink);
      splitter.push(text);
      splitter.end();
    } else if (format.kind === "csv") {
      await readCsv(once(text), format, input.name, sink, (columns) => {
        header = columns;
      });
    } else {
      await readJsonItems(once(text), sink);
      // The sample ends inside the document; that is not the document's fault.
      if (!head.whole && rejected > 0) rejected -= 1;
    }
  }
  const columns = new Set<string>(header ?? []);
  for (const record of records.slice(0, 500)) collectPaths(record, "", 0, columns);
  return { records, columns: [...columns], header, rejected };
}

async function* once(text: string): AsyncGenerator<string> {
  yield text;
}

async function sampleParquet(input: Input, sink: LineSink): Promise<void> {
  const scratch = await mkdtemp(join(tmpdir(), "leap-sample-"));
  try {
    const ndjson = await parquetAsNdjson(input.path, input.format.gzip, scratch, MOST_RECORDS);
    readNdjsonRange(ndjson.path, { start: 0, end: ndjson.bytes }, sink);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

const DEEPEST = 5;

function collectPaths(
  record: Record<string, unknown>,
  prefix: string,
  depth: number,
  into: Set<string>,
): void {
  for (const [key, value] of Object.entries(record)) {
    const path = prefix + key;
    if (typeof value === "object" && value !== null && !Array.isArray(value) && depth < DEEPEST)
      collectPaths(value as Record<string, unknown>, `${path}.`, depth + 1, into);
    else into.add(path);
  }
}
