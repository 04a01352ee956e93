// Text in the encodings that spreadsheets still write, for tests: TextEncoder knows only UTF-8, so its decoder is turned round.

import { createDecoder } from "../core/encodings.ts";

const tables = new Map<string, Map<string, number[]>>();

/** Bytes of the text in `utf-8`, `utf-16le`, `utf-16be` (with byte order mark), `windows-1252`, `euc-kr` or `shift_jis`. */
export function legacyBytes(text: string, encoding: string): Buffer {
  if (encoding === "utf-8") return Buffer.from(text);
  if (encoding === "utf-8-bom") return Buffer.from(`\ufeff${text}`);
  if (encoding.startsWith("utf-16")) {
    const bytes = Buffer.from(`\ufeff${text}`, "utf16le");
    return encoding === "utf-16be" ? bytes.swap16() : bytes;
  }
  const table = tableOf(encoding);
  return Buffer.from(
    [...text].flatMap((character) => {
      const bytes = table.get(character);
      if (!bytes) throw new Error(`${encoding} has no ${character}`);
      return bytes;
    }),
  );
}

function tableOf(encoding: string): Map<string, number[]> {
  const known = tables.get(encoding);
  if (known) return known;
  const decoder = createDecoder(encoding);
  const table = new Map<string, number[]>();
  const add = (bytes: number[]) => {
    const text = decoder.decode(new Uint8Array(bytes));
    if ([...text].length === 1 && text !== "\ufffd" && !table.has(text)) table.set(text, bytes);
  };
  for (let lead = 0; lead < 256; lead += 1) add([lead]);
  if (encoding !== "windows-1252")
    for (let lead = 0x81; lead < 0xff; lead += 1)
      for (let trail = 0x40; trail < 0xff; trail += 1) add([lead, trail]);
  tables.set(encoding, table);
  return table;
}
