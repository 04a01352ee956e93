// A journal that is only ever added to: one JSON line an entry, on the disk before the call returns, each holding a hash of itself.
// A process that is killed leaves at most one torn line at the end, which was never said to be kept.
import { createHash } from "node:crypto";
import {
  closeSync,
  existsSync,
  fstatSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
  writeSync,
} from "node:fs";
import { dirname } from "node:path";

export type KeptLine =
  /** Lines count from 1. */
  | { readonly line: number; readonly state: "whole"; readonly entry: Record<string, unknown> }
  /** No JSON: most likely what a killed process left. */
  | { readonly line: number; readonly state: "torn" }
  /** JSON that does not bear its own hash. */
  | { readonly line: number; readonly state: "changed" };

/** SHA-256 over the entry as JSON, in the order of its keys, without the hash itself. */
export const entryHash = (entry: Record<string, unknown>): string => {
  const { sha256: _own, ...rest } = entry;
  return createHash("sha256").update(JSON.stringify(rest)).digest("hex");
};

/** Every whole line of a journal; nothing where there is no file. A last line without its line end is left out. */
export function readLines(file: string): KeptLine[] {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, "utf8").split("\n");
  lines.pop();
  return lines.map((text, index) => lineOf(text, index + 1));
}

/** Adds entries, each with its hash, and returns when they are on the disk. */
export function appendLines(file: string, entries: readonly Record<string, unknown>[]): void {
  if (entries.length === 0) return;
  mkdirSync(dirname(file), { recursive: true });
  // What a killed process left of a line becomes a line of its own, which bears no hash.
  const torn = existsSync(file) && !endsWithLine(file);
  const text = entries.map((entry) => `${JSON.stringify({ ...entry, sha256: entryHash(entry) })}\n`).join("");
  const fd = openSync(file, "a", 0o600);
  try {
    writeSync(fd, torn ? `\n${text}` : text);
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}

function endsWithLine(file: string): boolean {
  const fd = openSync(file, "r");
  try {
    const { size } = fstatSync(fd);
    const last = Buffer.alloc(1);
    return size === 0 || (readSync(fd, last, 0, 1, size - 1) === 1 && last[0] === 10);
  } finally {
    closeSync(fd);
  }
}

function lineOf(text: string, line: number): KeptLine {
  let entry: unknown;
  try {
    entry = JSON.parse(text);
  } catch {
    return { line, state: "torn" };
  }
  return isEntry(entry) && entry["sha256"] === entryHash(entry)
    ? { line, state: "whole", entry }
    : { line, state: "changed" };
}

const isEntry = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
