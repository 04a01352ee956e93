// Looks at every byte of folders for somebody who should be gone, and says what it looked at: packed files are unpacked, databases and Parquet are
// read row by row, and texts are compared as their readers would see them.
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { extname, join, relative } from "node:path";
import { gunzipSync } from "node:zlib";
import { fileLines } from "../core/file-lines.ts";
import { literal, type OpenWarehouse, openWarehouse, quoted } from "../core/warehouse.ts";
import { piecesOf } from "./pieces.ts";
import type { Needle, Trail } from "./trail.ts";

export interface Searched {
  readonly files: number;
  readonly bytes: number;
  /** Files by ending: `.json`, `.parquet`. */
  readonly kinds: Readonly<Record<string, number>>;
  readonly left: readonly Left[];
}

export interface Left {
  readonly file: string;
  readonly is: Needle | "text";
}

/** Files above this are read line by line. */
const AT_ONCE_BYTES = 1 << 26;

/** Searches each folder that is there, and nothing in it that is a key. The same file is named once for each kind of trace. */
export async function searchTrail(
  folders: readonly string[],
  trail: Pick<Trail, "needles" | "words" | "pieces" | "begins">,
): Promise<Searched> {
  const left = new Map<string, Left>();
  const kinds: Record<string, number> = {};
  let files = 0;
  let bytes = 0;
  const finder = finderOf(trail);
  const opened: { warehouse?: OpenWarehouse } = {};
  const database = async () =>
    (opened.warehouse ??= await openWarehouse({ threads: 1, memoryLimit: "512MB" }));
  try {
    for (const folder of folders.filter((one) => existsSync(one))) {
      for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
        if (!entry.isFile()) continue;
        const path = join(entry.parentPath, entry.name);
        const place = relative(folder, path);
        const tell = (is: Left["is"]) => left.set(`${path} ${is}`, { file: path, is });
        files += 1;
        const { size } = statSync(path);
        bytes += size;
        const kind = extname(entry.name) || entry.name;
        kinds[kind] = (kinds[kind] ?? 0) + 1;
        // Addresses are made of names.
        for (const is of finder(place)) tell(is);
        for await (const text of textsOf(path, size, database)) for (const is of finder(text)) tell(is);
      }
    }
  } finally {
    opened.warehouse?.close();
  }
  return { files, bytes, kinds, left: [...left.values()] };
}

function finderOf({ needles, pieces, begins }: Pick<Trail, "needles" | "pieces" | "begins">) {
  const plain = [...needles].map(([word, is]) => ({ word, is }));
  return (text: string): Set<Left["is"]> => {
    const found = new Set<Left["is"]>();
    for (const seen of new Set([text, unescaped(text)])) {
      const lower = seen.toLowerCase();
      for (const { word, is } of plain) if (!found.has(is) && stands(lower, word)) found.add(is);
      if (pieces.size > 0)
        for (const piece of piecesOf(seen, begins))
          if (pieces.has(piece)) {
            found.add("text");
            break;
          }
    }
    return found;
  };
}

function stands(text: string, word: string): boolean {
  for (let at = text.indexOf(word); at !== -1; at = text.indexOf(word, at + 1))
    if (!isWordPart(text[at - 1]) && !isWordPart(text[at + word.length])) return true;
  return false;
}

const isWordPart = (character: string | undefined): boolean =>
  character !== undefined && /[\p{L}\p{N}_]/u.test(character);

const ENTITIES: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  nbsp: " ",
};

/** As a reader sees it: without tags, entities, escapes of JSON and of addresses. */
function unescaped(text: string): string {
  let seen = text;
  if (seen.includes("<")) seen = seen.replace(/<[^<>]{0,2000}>/g, " ");
  if (seen.includes("&"))
    seen = seen.replace(/&(#x?[0-9a-f]+|[a-z]+);/gi, (whole, name: string) => {
      if (!name.startsWith("#")) return ENTITIES[name.toLowerCase()] ?? whole;
      const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
      return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    });
  if (seen.includes("\\"))
    seen = seen
      .replace(/\\u([0-9a-f]{4})/gi, (_whole, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
      .replace(/\\[nrt"/]/g, " ");
  if (seen.includes("%"))
    seen = seen.replace(/(?:%[0-9a-f]{2})+/gi, (whole) => {
      try {
        return decodeURIComponent(whole);
      } catch {
        return whole;
      }
    });
  return seen;
}

type Database = () => Promise<OpenWarehouse>;

async function* textsOf(path: string, size: number, database: Database): AsyncGenerator<string> {
  if (path.endsWith(".parquet")) {
    yield* parquetRows(path, await database());
    return;
  }
  if (path.endsWith(".duckdb")) {
    yield* databaseRows(path, await database());
    return;
  }
  if (size > AT_ONCE_BYTES) {
    for (const { line } of fileLines(path)) yield line.toString("utf8");
    return;
  }
  const bytes = readFileSync(path);
  yield bytes.toString("utf8");
  // Search indexes are packed, whatever their name.
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) {
    try {
      yield gunzipSync(bytes).toString("utf8");
    } catch {
      // No archive after all: its bytes were looked at.
    }
  }
}

/** Rows a piece: enough to be quick, few enough to hold. */
const ROWS = 2_000;

async function* parquetRows(path: string, warehouse: OpenWarehouse): AsyncGenerator<string> {
  for (let from = 0; ; from += ROWS) {
    const rows = await warehouse.query<{ row: string }>(
      `SELECT to_json(t)::VARCHAR AS row FROM (SELECT * EXCLUDE (file_row_number) FROM read_parquet(${literal(path)}, file_row_number = true)
         WHERE file_row_number >= ${from} AND file_row_number < ${from + ROWS}) t`,
    );
    if (rows.length > 0) yield rows.map(({ row }) => row).join("\n");
    if (rows.length < ROWS) return;
  }
}

async function* databaseRows(path: string, warehouse: OpenWarehouse): AsyncGenerator<string> {
  // What a table no longer holds may still lie between its blocks.
  yield readFileSync(path).toString("latin1");
  await warehouse.execute(`ATTACH ${literal(path)} AS looked (READ_ONLY)`);
  try {
    const tables = await warehouse.query<{ of: string; name: string }>(
      "SELECT schema_name AS of, table_name AS name FROM duckdb_tables() WHERE database_name = 'looked' AND estimated_size > 0 ORDER BY ALL",
    );
    for (const { of, name } of tables)
      for (let from = 0; ; from += ROWS) {
        const rows = await warehouse.query<{ row: string }>(
          `SELECT to_json(t)::VARCHAR AS row FROM looked.${quoted(of)}.${quoted(name)} t WHERE rowid >= ${from} AND rowid < ${from + ROWS}`,
        );
        if (rows.length > 0) yield rows.map(({ row }) => row).join("\n");
        if (rows.length < ROWS) break;
      }
  } finally {
    await warehouse.execute("DETACH looked");
  }
}

/** What was looked at and what is left, in words. */
export function searchedText({ files, bytes, kinds, left }: Searched, trail: Trail): string {
  const few = Object.entries(kinds)
    .sort((a, b) => b[1] - a[1])
    .slice(0, 8)
    .map(([kind, count]) => `${count} ${kind}`);
  const looked = `looked at ${files} files, ${bytes} bytes (${few.join(", ")}) for ${trail.needles.size} names, ids and keys and ${trail.pieces.size} pieces of six words: found ${left.length}`;
  const traces = Map.groupBy(left, ({ file }) => file);
  const told = [...traces]
    .slice(0, 20)
    .map(([file, of]) => `left: ${of.map(({ is }) => is).join(", ")} in ${file}`);
  const more = traces.size - told.length;
  return [looked, ...told, ...(more > 0 ? [`and in ${more} more files`] : [])].join("\n");
}
