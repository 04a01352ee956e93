// One JSON document with its records in an array: `[…]`, or an object around it such as {"items": […]}. The document is
// split at the array's elements as it streams by, so only one element at a time is held.
import type { LineSink } from "./lines-sink.ts";

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const NEWLINE = 0x0a;
const COMMA = 0x2c;
const OPEN_ARRAY = 0x5b;
const CLOSE_ARRAY = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

/** Records are the elements of the top-level array, or of the first array of objects directly inside the top-level object. */
export async function readJsonItems(text: AsyncIterable<string>, sink: LineSink): Promise<void> {
  let depth = 0;
  let inString = false;
  let escaped = false;
  let line = 1;
  /** Depth at which the records stand; 0 while not found. */
  let level = 0;
  let finished = false;
  let element = "";
  let elementLine = 0;
  let from = -1;

  function finish(piece: string, end: number): void {
    const raw = (element + (from === -1 ? "" : piece.slice(from, end))).trim();
    element = "";
    from = -1;
    const start = elementLine;
    elementLine = 0;
    if (raw === "") return;
    let value: unknown;
    try {
      value = JSON.parse(raw);
    } catch (error) {
      sink.reject(start, `invalid_json: ${(error as Error).message.slice(0, 120)}`, raw);
      return;
    }
    sink.record(value, start, () => raw);
  }

  for await (const piece of text) {
    if (level > 0 && !finished) from = 0;
    for (let at = 0; at < piece.length; at += 1) {
      const code = piece.charCodeAt(at);
      if (code === NEWLINE) {
        line += 1;
        // A raw newline inside a string is an error of that string; closing it there keeps the damage to one element.
        inString = false;
      }
      if (inString) {
        if (escaped) escaped = false;
        else if (code === BACKSLASH) escaped = true;
        else if (code === QUOTE) inString = false;
        continue;
      }
      if (finished) continue;
      if (level > 0 && elementLine === 0 && code > 0x20 && code !== COMMA && code !== CLOSE_ARRAY) {
        elementLine = line;
      }
      if (code === QUOTE) inString = true;
      else if (code === OPEN_OBJECT || code === OPEN_ARRAY) {
        depth += 1;
        if (level === 0 && code === OPEN_ARRAY && depth <= 2 && holdsObjects(piece, at, depth)) {
          level = depth;
          from = at + 1;
        }
      } else if (code === CLOSE_OBJECT || code === CLOSE_ARRAY) {
        if (level > 0 && depth === level) {
          finish(piece, at);
          finished = true;
        }
        depth -= 1;
      } else if (code === COMMA && level > 0 && depth === level) {
        finish(piece, at);
        from = at + 1;
      }
    }
    if (level > 0 && !finished && from !== -1) {
      element += piece.slice(from);
      from = -1;
    }
  }
  if (level > 0 && !finished) {
    if (element.trim() !== "")
      sink.reject(elementLine || line, "invalid_json: the document ends inside a record", element);
    else sink.reject(line, "invalid_json: the document ends before its array closes", "");
  }
  if (level === 0) sink.reject(1, "no_records: the document holds no array of records", "");
}

// Inside an object only an array of objects is taken for the records: {"tags": ["a"], "items": [{…}]}.
function holdsObjects(piece: string, at: number, depth: number): boolean {
  if (depth === 1) return true;
  const next = /\S/.exec(piece.slice(at + 1, at + 4096));
  return next === null || next[0] === "{";
}
