// Takes creators off the registry of a publication.yaml, and leaves every other line and comment of it as it stands.
import { renameSync, writeFileSync } from "node:fs";
import { isMap, isSeq, parseDocument } from "yaml";
import { parsePublication } from "./publication.ts";

/**
 * Removes the creators with these ids, their audits and the reviews of their pages. False when none was there. Throws a LeapError when what is left
 * would be no publication; the file is then as it was.
 */
export function takeFromRegistry(text: string, ids: readonly string[], file: string): boolean {
  const document = parseDocument(text);
  const gone = [
    ["creators", "id", (value: unknown) => ids.includes(String(value))],
    ["audits", "creator", (value: unknown) => ids.includes(String(value))],
    ["reviews", "page", (value: unknown) => ids.some((id) => value === `creator/${id}`)],
  ] as const;
  let removed = 0;
  for (const [list, key, goes] of gone) {
    const entries = document.get(list);
    if (!isSeq(entries)) continue;
    const before = entries.items.length;
    entries.items = entries.items.filter((entry) => !(isMap(entry) && goes(entry.get(key))));
    removed += before - entries.items.length;
    if (entries.items.length === 0) document.delete(list);
  }
  if (removed === 0) return false;
  const after = document.toString({ lineWidth: 0 });
  parsePublication(after, file);
  writeFileSync(`${file}.new`, after, { flush: true });
  renameSync(`${file}.new`, file);
  return true;
}
