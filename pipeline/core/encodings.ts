// Which characters a file's bytes stand for. A byte order mark decides; then valid UTF-8; then the best of the encodings
// that spreadsheets write, by how sane the decoded text looks. Lines that do not fit the choice are named, not guessed at.
import { isAscii, isUtf8 } from "node:buffer";
import chardet from "chardet";
import { createKoreanDecoder } from "./encodings-korean.ts";
import { LeapError } from "./errors.ts";

/** A label that TextDecoder understands. */
export type Encoding = string;

/** Decodes pieces of a stream; a byte order mark at its beginning is no part of the text. */
export function createDecoder(encoding: Encoding): {
  decode(bytes?: Uint8Array, options?: { stream?: boolean }): string;
} {
  return encoding === "euc-kr" ? createKoreanDecoder() : new TextDecoder(encoding);
}

export interface EncodingChoice {
  readonly encoding: Encoding;
  /** Bytes of byte order mark to skip. */
  readonly bom: number;
  /** Sorted 1-based numbers of the lines that are not written in `encoding`. */
  readonly misfits: readonly number[];
}

/** More misfits than this are no accident, and would not fit in memory as a list. */
const MOST_MISFITS = 1_000_000;
const SAMPLE_BYTES = 256 * 1024;

/** Reads a file's decompressed chunks once; `decide` then says how to decode them. */
export function createEncodingSurvey(name: string): {
  push(chunk: Uint8Array): void;
  decide(): EncodingChoice;
} {
  let head: Buffer = Buffer.alloc(0);
  let marked: { encoding: Encoding; bom: number } | undefined;
  let settled = false;
  let carry: Buffer = Buffer.alloc(0);
  let line = 1;
  const sample: Buffer[] = [];
  let sampled = 0;
  let invalid = 0;
  let multibyte = 0;
  const invalidLines: number[] = [];
  const multibyteLines: number[] = [];

  function readLine(bytes: Buffer): void {
    if (!isAscii(bytes)) {
      if (isUtf8(bytes)) {
        multibyte += 1;
        if (multibyteLines.length < MOST_MISFITS) multibyteLines.push(line);
      } else {
        invalid += 1;
        if (invalidLines.length < MOST_MISFITS) invalidLines.push(line);
        if (sampled < SAMPLE_BYTES) {
          sample.push(bytes.subarray(0, 8192));
          sampled += Math.min(bytes.length, 8192);
        }
      }
    }
    line += 1;
  }

  function readLines(block: Buffer): void {
    let from = 0;
    for (let end = block.indexOf(10); end !== -1; end = block.indexOf(10, from)) {
      readLine(block.subarray(from, end));
      from = end + 1;
    }
    carry = Buffer.from(block.subarray(from));
  }

  return {
    push(chunk) {
      if (!settled) {
        head = Buffer.concat([head, chunk]);
        if (head.length < 4) return;
        settled = true;
        marked = markOf(head);
        chunk = head;
      }
      if (marked && marked.encoding !== "utf-8") return;
      readLines(carry.length > 0 ? Buffer.concat([carry, chunk]) : Buffer.from(chunk));
    },
    decide() {
      if (!settled) {
        marked = markOf(head);
        carry = head;
      }
      if (marked && marked.encoding !== "utf-8") return { ...marked, misfits: [] };
      if (carry.length > 0) readLine(carry);
      const bom = marked?.bom ?? 0;
      if (marked || multibyte >= invalid) {
        if (invalid > MOST_MISFITS) {
          throw new LeapError(
            `invalid encoding: ${name} mixes encodings in ${invalid} lines. Save it as UTF-8 and import it again.`,
          );
        }
        return { encoding: "utf-8", bom, misfits: invalidLines };
      }
      // In a legacy file a line that is valid multi-byte UTF-8 is foreign: by chance it practically never is.
      return { encoding: legacyEncoding(Buffer.concat(sample)), bom, misfits: multibyteLines };
    },
  };
}

/** Byte order mark, or the zero bytes that give UTF-16 without one away. */
export function markOf(head: Uint8Array): { encoding: Encoding; bom: number } | undefined {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return { encoding: "utf-8", bom: 3 };
  if (head[0] === 0xff && head[1] === 0xfe) return { encoding: "utf-16le", bom: 2 };
  if (head[0] === 0xfe && head[1] === 0xff) return { encoding: "utf-16be", bom: 2 };
  if (head.length >= 4 && head[0] !== 0 && head[1] === 0 && head[2] !== 0 && head[3] === 0)
    return { encoding: "utf-16le", bom: 0 };
  if (head.length >= 4 && head[0] === 0 && head[1] !== 0 && head[2] === 0 && head[3] !== 0)
    return { encoding: "utf-16be", bom: 0 };
  return undefined;
}

const SPREADSHEET_ENCODINGS = ["windows-1252", "euc-kr", "shift_jis"];
const KNOWN_TO_CHARDET: Readonly<Record<string, Encoding>> = {
  "ISO-8859-1": "windows-1252",
  "windows-1252": "windows-1252",
  "windows-1250": "windows-1250",
  "windows-1251": "windows-1251",
  "windows-1253": "windows-1253",
  "windows-1254": "windows-1254",
  "ISO-8859-2": "iso-8859-2",
  "ISO-8859-9": "windows-1254",
  "KOI8-R": "koi8-r",
  "EUC-KR": "euc-kr",
  Shift_JIS: "shift_jis",
  "EUC-JP": "euc-jp",
  GB18030: "gb18030",
  Big5: "big5",
};

/** The most plausible non-UTF-8 encoding of a sample of lines. Chardet proposes, the decoded text disposes. */
export function legacyEncoding(sample: Uint8Array): Encoding {
  const guesses = chardet.analyse(sample);
  const confidence = new Map<Encoding, number>(SPREADSHEET_ENCODINGS.map((encoding) => [encoding, 0]));
  for (const guess of guesses) {
    const encoding = KNOWN_TO_CHARDET[guess.name];
    if (encoding) confidence.set(encoding, Math.max(confidence.get(encoding) ?? 0, guess.confidence / 100));
  }
  let best = "windows-1252";
  let bestScore = Number.NEGATIVE_INFINITY;
  for (const [encoding, chardetSays] of confidence) {
    // Judged by the core of EUC-KR alone: Japanese bytes read as the rest of CP949 are syllables that nobody writes.
    const score = sanity(new TextDecoder(encoding).decode(sample), encoding) + 0.3 * chardetSays;
    if (score > bestScore) {
      best = encoding;
      bestScore = score;
    }
  }
  return best;
}

// Share of the non-ASCII characters that one expects in such a file, minus what no writer types: replacement and control
// characters, symbols of the private area, and runs of accented capitals, which are how Korean looks when read as Latin.
function sanity(text: string, encoding: Encoding): number {
  const foreign = text.replace(/\p{ASCII}/gu, "");
  if (foreign.length === 0) return 0;
  const count = (pattern: RegExp) => foreign.match(pattern)?.length ?? 0;
  const broken = count(/[\ufffd\p{Cc}\ue000-\uf8ff]/gu) / foreign.length;
  const expected = count(EXPECTED[encoding] ?? /\p{L}/gu) / foreign.length;
  const gibberish = (text.match(/[\u00a1-\u00ff]{4,}/g) ?? []).join("").length / foreign.length;
  return expected - 3 * broken - gibberish;
}

const EXPECTED: Readonly<Record<Encoding, RegExp>> = {
  "windows-1252": /[À-öø-ÿŒœŠšŽžŸ–—‘’“”„…€«»°·£§´¿¡ß]/gu,
  "euc-kr": /[\uac00-\ud7a3]/gu,
  shift_jis: /[\u3040-\u30ff\u4e00-\u9fff、。！？ー「」・]/gu,
  "euc-jp": /[\u3040-\u30ff\u4e00-\u9fff、。！？ー「」・]/gu,
  // Chinese without kana or hangul is the last guess: any pair of high bytes decodes to some Han character.
  gb18030: /[\u7684\u4e00\u662f\u4e86\u6211\u4e0d\u4eba\u5728\u4ed6\u6709]/gu,
  big5: /[\u7684\u4e00\u662f\u4e86\u6211\u4e0d\u4eba\u5728\u4ed6\u6709]/gu,
};
