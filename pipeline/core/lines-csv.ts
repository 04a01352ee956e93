// Delimited text: records keyed by the header. A ragged row is refused; a stray quote costs its own line, not its neighbours.
import { once } from "node:events";
import { type CsvError, type Info, parse } from "csv-parse";
import { parse as parseAtOnce } from "csv-parse/sync";
import { LeapError } from "./errors.ts";
import type { LineSink } from "./lines-sink.ts";
import { newlines } from "./lines-sink.ts";

/** A quote that stays open for longer than this was never meant to be one. */
const LONGEST_RECORD_CHARACTERS = 1 << 23;

interface ParsedRecord {
  readonly info: Info;
  readonly record: string[];
  readonly raw: string;
}

/** `quoted` is false where quotation marks are part of the text. */
export interface Dialect {
  readonly delimiter: string;
  readonly quoted: boolean;
}

/** Hands over one record per row. Throws a LeapError on a header that names a column twice. */
export async function readCsv(
  text: AsyncIterable<string>,
  { delimiter, quoted }: Dialect,
  name: string,
  sink: LineSink,
  onHeader: (columns: readonly string[]) => void = () => {},
): Promise<void> {
  const pieces = text[Symbol.asyncIterator]();
  let header: readonly string[] | null = null;
  let firstLine = 1;
  let rest: string | null = "";
  while (rest !== null) {
    const open: { line: number; raw: string } | null = await parsePart(
      prefixed(rest, pieces),
      { delimiter, quoted },
      firstLine,
      (parsed, line) => {
        if (header !== null) deliver(parsed, header, { delimiter, quoted }, line, sink);
        else if (!/^sep=.?$/i.test(parsed.raw.trim())) {
          header = checkedHeader(parsed.record, name, line);
          onHeader(header);
        }
      },
    );
    rest = null;
    if (open) {
      const end = open.raw.indexOf("\n");
      const line = end === -1 ? open.raw : open.raw.slice(0, end);
      sink.reject(open.line, "unclosed_quote: a quote opens here and never closes", line);
      if (end !== -1) rest = open.raw.slice(end + 1);
      firstLine = open.line + 1;
    }
  }
}

// Runs one parser over the pieces. Returns the text from an unclosed quote on, when there is one.
async function parsePart(
  pieces: AsyncIterable<string>,
  dialect: Dialect,
  firstLine: number,
  onRecord: (parsed: ParsedRecord, line: number) => void,
): Promise<{ line: number; raw: string } | null> {
  const parser = parse({ ...LENIENT, ...optionsOf(dialect), bom: firstLine === 1 });
  let open: { line: number; raw: string } | null = null;
  let fed = 0;
  let consumed = 0;
  const startOf = (lines: number, raw: string) =>
    firstLine + lines - 1 - newlines(raw.endsWith("\n") ? raw.slice(0, -1) : raw);
  parser.on("data", (parsed: ParsedRecord) => {
    consumed += parsed.raw.length;
    onRecord(parsed, startOf(parsed.info.lines, parsed.raw));
  });
  parser.on("skip", (error: CsvError & { lines: number }, raw: string) => {
    open = { line: startOf(error.lines, raw), raw };
  });
  const finished = once(parser, "end");
  for await (const piece of pieces) {
    if (piece === "") continue;
    fed += piece.length;
    if (!parser.write(piece)) await Promise.race([once(parser, "drain"), finished]);
    if (fed - consumed > LONGEST_RECORD_CHARACTERS) break;
  }
  parser.end();
  await finished;
  return open;
}

const LENIENT = {
  info: true,
  raw: true,
  relax_column_count: true,
  relax_quotes: true,
  skip_records_with_error: true,
} as const;

const optionsOf = ({ delimiter, quoted }: Dialect) => (quoted ? { delimiter } : { delimiter, quote: null });

// Continues an iterator that an earlier part did not finish; ending this part must not end the file.
async function* prefixed(first: string, rest: AsyncIterator<string>): AsyncGenerator<string> {
  if (first !== "") yield first;
  for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value;
}

function checkedHeader(cells: readonly string[], name: string, line: number): string[] {
  const header = cells.map((cell, index) => cell.trim() || `column_${index + 1}`);
  const twice = new Set(header.filter((column, index) => header.indexOf(column) !== index));
  if (twice.size > 0) {
    const named = [...twice].map((column) => `"${column}"`).join(", ");
    throw new LeapError(
      `invalid header: ${name} line ${line} names ${named} more than once. Give each column its own name.`,
    );
  }
  return header;
}

function deliver(
  parsed: ParsedRecord,
  header: readonly string[],
  dialect: Dialect,
  line: number,
  sink: LineSink,
): void {
  const cells = parsed.record;
  if (cells.length === 1 && cells[0] === "") return;
  const end = parsed.raw.indexOf("\n");
  const severalLines = end !== -1 && end < parsed.raw.length - 1;
  const ragged = cells.length !== header.length;
  // Quotes come in pairs; an odd one over several lines opened in one row and was closed by another's.
  const stray = dialect.quoted && severalLines && parsed.raw.split('"').length % 2 === 0;
  if (!ragged && !stray) {
    const row: Record<string, string> = {};
    for (let index = 0; index < cells.length; index += 1)
      row[header[index] as string] = cells[index] as string;
    sink.record(row, line, () => parsed.raw);
    return;
  }
  const reason = stray
    ? "stray_quote: a quote opens here that another row closes"
    : `ragged_row: ${cells.length} cells where the header has ${header.length}`;
  if (!severalLines) {
    sink.reject(line, reason, parsed.raw);
    return;
  }
  // A ragged row over several lines is mostly one stray quote that swallowed good rows: give those another chance.
  sink.reject(line, reason, parsed.raw.slice(0, end));
  const swallowed = parseAtOnce(parsed.raw.slice(end + 1), {
    ...LENIENT,
    ...optionsOf(dialect),
  }) as unknown as ParsedRecord[];
  for (const row of swallowed) {
    const body = row.raw.endsWith("\n") ? row.raw.slice(0, -1) : row.raw;
    deliver(row, header, dialect, line + row.info.lines - newlines(body), sink);
  }
}
