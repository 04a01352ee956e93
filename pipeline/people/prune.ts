// Takes what speaks about somebody out of files that are JSON or lines of JSON: journals of an open collection, request logs, what runs remember,
// kept answers. Bronze has its own way; see core/rewrite-bronze.ts.
import { existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { entryHash } from "../core/journal.ts";
import type { StatePaths } from "../core/state.ts";

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** Folders of the state that are rewritten, rebuilt or deleted otherwise. */
const ELSEWHERE = new Set(["bronze", "published", "warehouse", "cache", "tokens"]);

/** Of these a line is one answer or one label, and goes whole. */
const WHOLE_LINES = /^(answers|people\/retained)\//;

/** Paths of the files that were changed, relative to the state. `names` says whether a text speaks about whom has to go. */
export function pruneFiles(state: StatePaths, names: (text: string) => boolean): string[] {
  if (!existsSync(state.root)) return [];
  const changed: string[] = [];
  for (const entry of readdirSync(state.root, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    const place = relative(state.root, path);
    if (!entry.isFile() || ELSEWHERE.has(place.split("/", 1)[0] as string)) continue;
    if (!/\.(json|jsonl|ndjson)$/.test(entry.name)) continue;
    const text = readFileSync(path, "utf8");
    if (text === "") continue;
    const pruned = entry.name.endsWith(".json")
      ? prunedDocument(text, names)
      : prunedLines(text, names, WHOLE_LINES.test(place));
    if (pruned === text) continue;
    writeFileSync(`${path}.new`, pruned, { flush: true });
    renameSync(`${path}.new`, path);
    changed.push(place);
  }
  return changed;
}

/** Takes ids, names and addresses (lower case) out of what runs remember, each as a word or a value of its own. Paths as in `pruneFiles`. */
export function forgetNames(state: StatePaths, gone: ReadonlySet<string>): string[] {
  const root = join(state.root, "collecting");
  if (gone.size === 0 || !existsSync(root)) return [];
  const changed: string[] = [];
  for (const source of readdirSync(root)) {
    const path = join(root, source, "kept.json");
    if (!existsSync(path)) continue;
    const text = readFileSync(path, "utf8");
    const left = `${JSON.stringify(withoutNames(JSON.parse(text) as Json, gone) ?? null, null, 2)}\n`;
    if (left === text) continue;
    writeFileSync(`${path}.new`, left, { flush: true });
    renameSync(`${path}.new`, path);
    changed.push(relative(state.root, path));
  }
  return changed;
}

/** One pass, whatever the number of names. A value in which one stands as a word goes whole; of a row with commas, its element. */
function withoutNames(value: Json, gone: ReadonlySet<string>): Json | undefined {
  const named = (text: string) => text.split(/\s+/).some((word) => gone.has(word.toLowerCase()));
  if (typeof value === "string") {
    const left = value.split(",").filter((part) => !named(part));
    return left.length === 0 ? undefined : left.join(",");
  }
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.flatMap((element) => withoutNames(element, gone) ?? []);
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]) => {
      const left = named(key) ? undefined : withoutNames(inner, gone);
      return left === undefined ? [] : [[key, left]];
    }),
  );
}

function prunedDocument(text: string, names: (text: string) => boolean): string {
  if (!names(text)) return text;
  const value = parsed(text);
  return value === undefined ? "" : `${JSON.stringify(pruned(value, names) ?? null, null, 2)}\n`;
}

function prunedLines(text: string, names: (text: string) => boolean, whole: boolean): string {
  return text
    .split("\n")
    .flatMap((line) => {
      if (line === "" || !names(line)) return [line];
      const value = parsed(line);
      // A torn line is no entry, and the rest of one names somebody all the same.
      if (whole || value === undefined) return [];
      const left = pruned(value, names);
      if (left === undefined) return [];
      if (
        isRecord(left) &&
        typeof left["sha256"] === "string" &&
        isRecord(value) &&
        value["sha256"] === entryHash(value)
      )
        left["sha256"] = entryHash(left);
      return [JSON.stringify(left)];
    })
    .join("\n");
}

/** The value without the smallest elements of lists and keys of records that name whom has to go; undefined where nothing is left. */
export function pruned(value: Json, names: (text: string) => boolean): Json | undefined {
  if (typeof value === "number") return names(JSON.stringify(String(value))) ? undefined : value;
  if (typeof value === "string") return prunedWords(value, names);
  if (value === null || typeof value === "boolean") return value;
  if (!names(JSON.stringify(value))) return value;
  if (Array.isArray(value)) return value.flatMap((element) => prunedElement(element, names));
  const left: { [key: string]: Json } = {};
  for (const [key, inner] of Object.entries(value)) {
    if (names(JSON.stringify(key))) continue;
    const kept = pruned(inner, names);
    if (kept !== undefined) left[key] = kept;
  }
  return left;
}

// An element of a list is one thing: an item of a page, an id. It goes whole, unless what names is deeper in a list of its own.
function prunedElement(element: Json, names: (text: string) => boolean): Json[] {
  if (!names(JSON.stringify(element))) return [element];
  if (!isRecord(element) || namesOutsideLists(element, names)) return [];
  const left = pruned(element, names);
  return left === undefined ? [] : [left];
}

function namesOutsideLists(value: Json, names: (text: string) => boolean): boolean {
  if (Array.isArray(value)) return false;
  if (!isRecord(value)) return names(JSON.stringify(value));
  return Object.entries(value).some(
    ([key, inner]) => names(JSON.stringify(key)) || namesOutsideLists(inner, names),
  );
}

// A body that was kept as text is JSON in a string; ids that were kept may stand in a row with commas between them.
function prunedWords(text: string, names: (text: string) => boolean): string | undefined {
  if (!names(JSON.stringify(text))) return text;
  if (/^[^\s,]+(,[^\s,]+)+$/.test(text)) {
    const left = text.split(",").filter((one) => !names(JSON.stringify(one)));
    return left.length === 0 ? undefined : left.join(",");
  }
  const inner = /^\s*[[{]/.test(text) ? parsed(text) : undefined;
  if (inner === undefined) return undefined;
  return JSON.stringify(pruned(inner, names) ?? null);
}

const isRecord = (value: Json | undefined): value is { [key: string]: Json } =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}
