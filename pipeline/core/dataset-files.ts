// Writes one published dataset in every form readers download, so that the same rows give the same bytes.
// Doubles leave only here: inside the warehouse every measure is an integer or a DECIMAL, whose sums do not depend on threads.
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import type { Row } from "./types.ts";

export interface DatasetColumn {
  readonly name: string;
  /** DuckDB type in the warehouse. */
  readonly type: string;
  /** Type in the files. Doubles leave only here: pandas and R read decimals as objects. */
  readonly published_type: string;
  readonly description: string;
}

export interface DatasetFile {
  readonly name: string;
  readonly media_type: string;
  readonly bytes: number;
  readonly sha256: string;
}

export interface DatasetFilesRequest {
  /** Dataset id, also the file names. */
  readonly dataset: string;
  /** Table in the warehouse. */
  readonly table: string;
  readonly columns: readonly DatasetColumn[];
  /** Total order of the rows. */
  readonly key: readonly string[];
  readonly folder: string;
  /** Key-value metadata of the Parquet file. */
  readonly metadata: Readonly<Record<string, string>>;
  readonly jsonSchema: unknown;
}

interface Engine {
  query<T extends Row = Row>(sql: string): Promise<T[]>;
  execute(sql: string): Promise<void>;
}

/** Writes `<dataset>.parquet`, `.csv`, `.json` and `schema.json`; returns them with bytes and SHA-256. */
export async function writeDatasetFiles(
  engine: Engine,
  request: DatasetFilesRequest,
): Promise<DatasetFile[]> {
  const { dataset, table, columns, key, folder } = request;
  await mkdir(folder, { recursive: true });
  const order = key.map(quoted).join(", ");
  const file = (name: string) => path.join(folder, name);

  const metadata = Object.entries({
    ...request.metadata,
    columns: JSON.stringify(Object.fromEntries(columns.map((column) => [column.name, column.description]))),
  })
    .map(([name, value]) => `${quoted(name)}: ${literal(value)}`)
    .join(", ");
  await engine.execute(
    `copy (select ${columns.map((column) => `${quoted(column.name)}::${column.published_type} as ${quoted(column.name)}`).join(", ")} from ${table} order by ${order})
     to ${literal(file(`${dataset}.parquet`))} (format parquet, compression zstd, row_group_size 122880, kv_metadata {${metadata}})`,
  );

  await engine.execute(
    `copy (select ${columns.map(csvCell).join(", ")} from ${table} order by ${order})
     to ${literal(file(`${dataset}.csv`))} (format csv, header, delimiter ',', nullstr '')`,
  );

  const rows = await engine.query(
    `select ${columns.map((column) => `${quoted(column.name)}::${column.published_type} as ${quoted(column.name)}`).join(", ")} from ${table} order by ${order}`,
  );
  await writeFile(file(`${dataset}.json`), jsonLines(rows));
  await writeFile(file("schema.json"), `${JSON.stringify(request.jsonSchema, null, 2)}\n`);

  return Promise.all([
    described(folder, `${dataset}.parquet`, "application/vnd.apache.parquet"),
    described(folder, `${dataset}.csv`, "text/csv; charset=utf-8; header=present"),
    described(folder, `${dataset}.json`, "application/json"),
    described(folder, "schema.json", "application/schema+json"),
  ]);
}

/** SHA-256 of a file, in hex. */
export async function sha256OfFile(file: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer);
  return hash.digest("hex");
}

// A spreadsheet runs a cell that begins with one of these as a formula; an apostrophe makes it text. Numbers are typed and stay as they are.
const formulaStart = "^[=+\\-@\\t\\r\\x00＝＋－＠]";

/** SQL of a column's cell: text that would run as a formula is made inert. */
export function csvCell(column: Pick<DatasetColumn, "name" | "type" | "published_type">): string {
  const name = quoted(column.name);
  const inert = (text: string) =>
    `case when regexp_matches(${text}, '${formulaStart}') then '''' || ${text} else ${text} end`;
  const text = column.type.endsWith("[]") ? `array_to_string(${name}, '; ')` : name;
  if (column.type === "VARCHAR" || column.type.endsWith("[]")) return `${inert(text)} as ${name}`;
  if (column.type === "TIMESTAMP") return `strftime(${name}, '%Y-%m-%dT%H:%M:%SZ') as ${name}`;
  return `${name}::${column.published_type} as ${name}`;
}

/** A JSON array with one row a line: readable, diffable, and no pretty-printing to download. */
const jsonLines = (rows: readonly Row[]): string =>
  rows.length === 0 ? "[]\n" : `[\n${rows.map((row) => JSON.stringify(row)).join(",\n")}\n]\n`;

async function described(folder: string, name: string, mediaType: string): Promise<DatasetFile> {
  const file = path.join(folder, name);
  return { name, media_type: mediaType, bytes: (await stat(file)).size, sha256: await sha256OfFile(file) };
}

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;
const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;
