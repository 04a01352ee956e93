// Every accepted row of a source's bronze, one after the other, whatever receipt it came with: for what asks about people, not about posts.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { LeapError } from "./errors.ts";
import { fileLines } from "./file-lines.ts";
import type { RawParts, Receipt, Row } from "./types.ts";

export interface BronzeRow {
  readonly receipt: Receipt;
  readonly thing: string;
  readonly row: Row;
}

/** Receipts of a source, by name of their folder; unfinished collections have none. */
export function* bronzeReceipts(
  folder: string,
): Generator<{ readonly home: string; readonly receipt: Receipt }> {
  if (!existsSync(folder)) return;
  for (const id of readdirSync(folder).sort()) {
    const home = join(folder, id);
    const file = join(home, "receipt.json");
    if (existsSync(file)) yield { home, receipt: JSON.parse(readFileSync(file, "utf8")) as Receipt };
  }
}

/** `folder` is `<state>/bronze/<source>`. Throws a LeapError for a part that is missing or holds no JSON. */
export function* bronzeRows(folder: string): Generator<BronzeRow> {
  for (const { home, receipt } of bronzeReceipts(folder))
    for (const [thing, { parts, raw }] of Object.entries(receipt.things)) {
      const all = [
        ...parts.map((part) => ({ part, raw: null })),
        ...(raw?.parts ?? []).map((part) => ({ part, raw: raw as RawParts })),
      ];
      for (const { part, raw: said } of all)
        for (const { line, number } of partLines(home, part))
          if (line.length > 0) yield { receipt, thing, row: rowOf(line, said, join(home, part), number) };
    }
}

/** The lines of a part. Throws a LeapError when it is gone. */
export function partLines(home: string, part: string) {
  const path = join(home, part);
  if (!existsSync(path))
    throw new LeapError(`missing part: ${path}, named by its receipt. Remove the folder and collect again.`);
  return fileLines(path);
}

/** The row of a line; of a line that was kept as it came, by where its fields stand. Throws a LeapError for no JSON. */
export function rowOf(line: Buffer, raw: RawParts | null, path: string, number: number): Row {
  let said: Row;
  try {
    said = JSON.parse(line.toString("utf8")) as Row;
  } catch {
    throw new LeapError(`invalid part: ${path}:${number} is no JSON. Remove the folder and collect again.`);
  }
  if (!raw) return said;
  const fields = Object.entries(raw.columns).map(([name, column]) => [name, said[column]] as const);
  return {
    ...raw.constants,
    ...Object.fromEntries(fields.filter(([, value]) => value !== null && value !== undefined)),
  };
}
