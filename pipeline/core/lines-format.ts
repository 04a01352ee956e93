// What a file is: by its content first, by its name where the content leaves it open.
import { isUtf8 } from "node:buffer";
import { createDecoder, type Encoding, legacyEncoding, markOf } from "./encodings.ts";
import { LeapError } from "./errors.ts";
import type { Head } from "./lines-bytes.ts";

export type Format =
  | { readonly kind: "ndjson" | "json" | "parquet"; readonly gzip: boolean; readonly encoding: Encoding }
  | {
      readonly kind: "csv";
      readonly gzip: boolean;
      readonly encoding: Encoding;
      readonly delimiter: string;
      /** False where quotation marks are part of the text, as in most files with tabs. */
      readonly quoted: boolean;
    };

const NEXT = "Import takes CSV, TSV, NDJSON, JSON and Parquet, also gzipped.";

const MAGIC: readonly { bytes: readonly number[]; is: string; next: string }[] = [
  {
    bytes: [0x50, 0x4b, 0x03, 0x04],
    is: "a zip or Excel (xlsx) file",
    next: "Unpack it, or save the sheet as CSV.",
  },
  { bytes: [0xd0, 0xcf, 0x11, 0xe0], is: "an old Excel (xls) file", next: "Save the sheet as CSV." },
  { bytes: [0x89, 0x50, 0x4e, 0x47], is: "a PNG picture", next: NEXT },
  { bytes: [0xff, 0xd8, 0xff], is: "a JPEG picture", next: NEXT },
  { bytes: [0x47, 0x49, 0x46, 0x38], is: "a GIF picture", next: NEXT },
  { bytes: [0x25, 0x50, 0x44, 0x46], is: "a PDF document", next: NEXT },
  { bytes: [0x42, 0x5a, 0x68], is: "a bzip2 file", next: "Unpack it first." },
  { bytes: [0x28, 0xb5, 0x2f, 0xfd], is: "a zstd file", next: "Unpack it first." },
  { bytes: [0xfd, 0x37, 0x7a, 0x58], is: "an xz file", next: "Unpack it first." },
  { bytes: [0x37, 0x7a, 0xbc, 0xaf], is: "a 7z file", next: "Unpack it first." },
  { bytes: [0x53, 0x51, 0x4c, 0x69], is: "a SQLite database", next: "Export the table as CSV." },
];

export async function recogniseFormat(path: string, head: Head): Promise<Format> {
  const { bytes, gzip } = head;
  if (bytes.subarray(0, 4).toString("latin1") === "PAR1") return { kind: "parquet", gzip, encoding: "utf-8" };
  for (const { bytes: magic, is, next } of MAGIC) {
    if (magic.every((byte, index) => bytes[index] === byte))
      throw new LeapError(`unknown format: ${path} is ${is}. ${next}`);
  }
  const mark = markOf(bytes);
  const whole = head.whole ? bytes : bytes.subarray(0, bytes.lastIndexOf(10) + 1 || bytes.length);
  const encoding = mark?.encoding ?? (isUtf8(whole) || mostlyUtf8(whole) ? "utf-8" : legacyEncoding(whole));
  const text = createDecoder(encoding).decode(whole);
  if (text.slice(0, 4096).includes("\0") && controlShare(text.slice(0, 4096)) > 0.02)
    throw new LeapError(`unknown format: ${path} is not text. ${NEXT}`);
  const start = text.trimStart();
  if (start === "")
    throw new LeapError(`invalid file: ${path} holds only blank lines. Export it again, or leave it out.`);
  if (/^<(!doctype|html|\?xml|rss|feed)/i.test(start))
    throw new LeapError(`unknown format: ${path} is a web page or XML, perhaps an error page. ${NEXT}`);
  if (start.startsWith("[") && /^\[\s*(\{|\]|$)/.test(start)) return { kind: "json", gzip, encoding };
  if (start.startsWith("{")) return { kind: jsonKind(start), gzip, encoding };
  const delimiter = sniffDelimiter(path, text);
  return { kind: "csv", gzip, encoding, delimiter, quoted: delimiter !== "\t" || isQuoted(text) };
}

// One object a line, or one object with the records in an array inside.
function jsonKind(text: string): "ndjson" | "json" {
  const lines = text.split("\n", 50).filter((line) => line.trim() !== "");
  const first = parsed(lines[0] ?? "");
  if (first === undefined) return lines.slice(1).some((line) => isObject(parsed(line))) ? "ndjson" : "json";
  if (lines.length > 1) return "ndjson";
  const holdsRecords = Object.values(first as object).some(
    (value) => Array.isArray(value) && value.length > 0 && value.every(isObject),
  );
  const holdsOwnFields = Object.keys(first as object).some((key) =>
    /^(id|text|caption|body|snippet|data\.|timestamp)/i.test(key),
  );
  return holdsRecords && !holdsOwnFields ? "json" : "ndjson";
}

/** The character that splits most lines into the same number of cells. Quoted stretches do not count. */
export function sniffDelimiter(path: string, text: string): string {
  const declared = /^\ufeff?sep=(.)\r?\n/i.exec(text);
  if (declared) return declared[1] as string;
  const lines = text
    .replace(/"(?:[^"]|"")*"/g, '""')
    .split(/\r?\n/, 101)
    .filter((line) => line !== "");
  let best = /\.tsv(\.gz)?$/i.test(path) ? "\t" : ",";
  let bestScore = 0;
  for (const delimiter of [",", ";", "\t", "|"]) {
    const cells = lines.map((line) => line.split(delimiter).length);
    const header = cells[0] ?? 1;
    if (header < 2) continue;
    const score = (cells.filter((count) => count === header).length / cells.length) * Math.log2(header + 1);
    if (score > bestScore) {
      best = delimiter;
      bestScore = score;
    }
  }
  return best;
}

/**
 * A quote that opens on a line and closes on another tears its row in two, so that neither line has all cells. Where most lines with an odd number
 * of quotes are whole rows nevertheless, people wrote the quotes: read as marks, two of them would swallow every row between.
 */
function isQuoted(text: string): boolean {
  const lines = text.split(/\r?\n/).filter((line) => line !== "");
  const cells = lines[0]?.split("\t").length;
  const odd = lines.filter((line) => line.split('"').length % 2 === 0);
  const whole = odd.filter((line) => line.split("\t").length === cells);
  return odd.length === 0 || whole.length <= odd.length / 2;
}

function mostlyUtf8(bytes: Buffer): boolean {
  let valid = 0;
  let invalid = 0;
  for (let from = 0, end = 0; from < bytes.length; from = end + 1) {
    end = bytes.indexOf(10, from);
    if (end === -1) end = bytes.length;
    const line = bytes.subarray(from, end);
    if (line.every((byte) => byte < 128)) continue;
    if (isUtf8(line)) valid += 1;
    else invalid += 1;
  }
  return valid >= invalid;
}

function controlShare(text: string): number {
  let controls = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code < 9 || (code > 13 && code < 32) || code === 0xfffd) controls += 1;
  }
  return controls / Math.max(1, text.length);
}

const isObject = (value: unknown) => typeof value === "object" && value !== null && !Array.isArray(value);

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
