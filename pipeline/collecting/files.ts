// Small files of the desk, written so that a reader sees the old one or the new one, and a power cut leaves one of the two.
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from "node:fs";
import { dirname } from "node:path";
import type { z } from "zod";
import { LeapError } from "../core/errors.ts";

export function writeWhole(file: string, text: string, mode = 0o644): void {
  mkdirSync(dirname(file), { recursive: true });
  const staged = `${file}.staged-${process.pid}`;
  const fd = openSync(staged, "w", mode);
  try {
    writeFileSync(fd, text);
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
  renameSync(staged, file);
  const folder = openSync(dirname(file), "r");
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}

/** Null where there is no file. Throws a LeapError for one that does not parse. */
export function readWhole<Shape extends z.ZodType>(file: string, shape: Shape): z.output<Shape> | null {
  if (!existsSync(file)) return null;
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(file, "utf8"));
  } catch {
    throw new LeapError(`invalid file: ${file} is no JSON. Restore it, or remove it to begin anew.`);
  }
  const parsed = shape.safeParse(json);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new LeapError(
    `invalid file: ${file}: ${issue?.path.join(".")}: ${issue?.message}. Restore it, or remove it to begin anew.`,
  );
}
