// Finds the models and puts them in the order that their own text implies: DuckDB's parser says which tables each one reads.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join, normalize, relative } from "node:path";
import { pathToFileURL } from "node:url";
import { LeapError } from "./errors.ts";
import type { CodeModel } from "./types.ts";
import { literal, type OpenWarehouse } from "./warehouse.ts";

/** A model as found on disk. */
export interface ModelFile {
  /** Table name: the file's name. */
  readonly name: string;
  readonly kind: "view" | "table" | "temporary" | "code" | "union";
  /** Path for messages, relative to the working directory. Empty for a union, which no file holds. */
  readonly file: string;
  readonly sql: string;
  /** Joins run in the order and with the sides in which they are written. */
  readonly joinsAsWritten: boolean;
  readonly code: CodeModel | null;
}

/** A model with the tables it reads. */
export interface Model extends ModelFile {
  readonly reads: readonly string[];
}

export interface ModelFolders {
  /** `pipeline/models`: SQL models, and code models beside them. */
  readonly models: string;
  /** `pipeline/sources`: staging models. */
  readonly sources: string;
  /** Ids of the sources in use. */
  readonly sourcesInUse: readonly string[];
}

/**
 * Models of the folders, with one `all_<thing>` for each thing that the sources in use stage.
 * Throws a LeapError when two files bear the same name.
 */
export async function findModels(folders: ModelFolders): Promise<ModelFile[]> {
  const staging = folders.sourcesInUse.flatMap((source) =>
    filesUnder(join(folders.sources, source)).filter((file) => basename(file).startsWith(`stg_${source}__`)),
  );
  const found: ModelFile[] = [];
  // What lies right in the models' folder serves the models and is none.
  const beside = filesUnder(folders.models).filter((file) => dirname(file) !== normalize(folders.models));
  for (const file of [...staging, ...beside].filter(isModel)) found.push(await modelOf(file));
  const models = [...found, ...unionsOf(found)];
  const seen = new Map<string, ModelFile>();
  for (const model of models) {
    const twin = seen.get(model.name);
    if (twin)
      throw new LeapError(
        `invalid model: ${model.name} is in ${twin.file} and in ${model.file}. Rename one of them.`,
      );
    seen.set(model.name, model);
  }
  return models;
}

/**
 * Puts models in an order in which each comes after what it reads; `given` are tables that exist before any model runs.
 * Throws a LeapError for SQL that does not parse, a table nobody makes, a CTE that hides a model, or a cycle.
 */
export async function orderModels(
  warehouse: OpenWarehouse,
  files: readonly ModelFile[],
  given: readonly string[],
): Promise<Model[]> {
  const names = new Set([...files.map((model) => model.name), ...given]);
  const models: Model[] = [];
  for (const file of files) {
    const reads = file.code ? [...file.code.reads] : await tablesRead(warehouse, file, names);
    for (const table of reads)
      if (!names.has(table))
        throw new LeapError(
          `unknown table: ${table}, read by ${file.file}. Is it misspelt, or does its source or seed miss?`,
        );
    models.push({ ...file, reads });
  }
  return topological(models);
}

/** Names of the models in `names` and of all that read them, directly or not. */
export function downstreamOf(models: readonly Model[], names: readonly string[]): Set<string> {
  const reached = new Set(names);
  for (const model of models) if (model.reads.some((table) => reached.has(table))) reached.add(model.name);
  return reached;
}

const isModel = (file: string): boolean => /^[a-z][a-z0-9_]*\.(sql|ts)$/.test(basename(file));

function filesUnder(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

/** A comment line `-- view: <why>` in the head of a model makes it a view; staging models always are. */
const VIEW = /^--\s*view:/m;
/** `-- temporary: <why>` makes a table that is gone when the warehouse is closed; no view may read it. */
const TEMPORARY = /^--\s*temporary:/m;
/** `-- joins as written: <why>` keeps the optimiser from swapping sides where it cannot know how large they are. */
const JOINS = /^--\s*joins as written:/m;

async function modelOf(path: string): Promise<ModelFile> {
  const file = relative(process.cwd(), path);
  const name = basename(path).replace(/\.(sql|ts)$/, "");
  if (path.endsWith(".ts")) {
    const { model } = (await import(pathToFileURL(path).href)) as { model?: CodeModel };
    if (!model)
      throw new LeapError(`missing export: model in ${file}. A code model exports a CodeModel of that name.`);
    return { name, kind: "code", file, sql: "", joinsAsWritten: false, code: model };
  }
  const sql = readFileSync(path, "utf8").trim().replace(/;$/, "");
  const head = sql
    .split("\n")
    .filter((line) => line.startsWith("--"))
    .join("\n");
  const kind =
    name.startsWith("stg_") || VIEW.test(head) ? "view" : TEMPORARY.test(head) ? "temporary" : "table";
  return { name, kind, file, sql, joinsAsWritten: JOINS.test(head), code: null };
}

function unionsOf(found: readonly ModelFile[]): ModelFile[] {
  const byThing = Map.groupBy(
    found.filter((model) => model.name.startsWith("stg_")),
    (model) => model.name.split("__")[1] ?? "",
  );
  return [...byThing].map(([thing, models]) => ({
    name: `all_${thing}`,
    kind: "union" as const,
    file: "",
    sql: models.map((model) => `SELECT * FROM ${model.name}`).join("\nUNION ALL BY NAME\n"),
    joinsAsWritten: false,
    code: null,
  }));
}

interface SerializedSql {
  readonly error: boolean;
  readonly error_message?: string;
  readonly position?: string;
  readonly statements?: readonly unknown[];
}

async function tablesRead(
  warehouse: OpenWarehouse,
  model: ModelFile,
  names: ReadonlySet<string>,
): Promise<string[]> {
  const [row] = await warehouse.query<{ tree: string }>(
    `SELECT json_serialize_sql(${literal(model.sql)}) AS tree`,
  );
  const parsed = JSON.parse(row?.tree ?? "{}") as SerializedSql;
  if (parsed.error) {
    const line = parsed.position === undefined ? "" : `:${lineAt(model.sql, Number(parsed.position))}`;
    throw new LeapError(
      `invalid SQL: ${model.file}${line}: ${parsed.error_message}. A model is one plain SELECT.`,
    );
  }
  if (parsed.statements?.length !== 1)
    throw new LeapError(
      `invalid SQL: ${model.file} holds ${parsed.statements?.length ?? 0} statements. A model is one plain SELECT.`,
    );
  const tables = new Set<string>();
  const ctes = new Map<string, number>();
  collect(parsed.statements[0], tables, ctes);
  for (const [cte, position] of ctes)
    if (names.has(cte))
      throw new LeapError(
        `invalid name: the CTE ${cte} in ${model.file}:${lineAt(model.sql, position)} bears a model's name and would hide it. Rename the CTE.`,
      );
  return [...tables].filter((table) => !ctes.has(table)).sort();
}

/** Walks DuckDB's syntax tree: base tables, and CTEs with the first place known inside each. */
function collect(node: unknown, tables: Set<string>, ctes: Map<string, number>): void {
  if (Array.isArray(node)) {
    for (const item of node) collect(item, tables, ctes);
    return;
  }
  if (node === null || typeof node !== "object") return;
  const record = node as Record<string, unknown>;
  if (record["type"] === "BASE_TABLE") {
    const schema = String(record["schema_name"] ?? "");
    const table = String(record["table_name"]);
    tables.add(schema === "" || schema === "main" ? table : `${schema}.${table}`);
  }
  const map = (record["cte_map"] as { map?: { key: string; value: unknown }[] } | undefined)?.map ?? [];
  for (const { key, value } of map) ctes.set(key, firstPosition(value));
  for (const value of Object.values(record)) collect(value, tables, ctes);
}

function firstPosition(node: unknown): number {
  if (node === null || typeof node !== "object") return Number.POSITIVE_INFINITY;
  const own = (node as { query_location?: number }).query_location;
  const inside = Object.values(node).map(firstPosition);
  // DuckDB writes 2^64 − 1 where it knows no place.
  return Math.min(own !== undefined && own < 2 ** 53 ? own : Number.POSITIVE_INFINITY, ...inside);
}

/** Line of a byte offset, counted from 1. */
function lineAt(sql: string, position: number): number {
  if (!Number.isFinite(position)) return 1;
  return Buffer.from(sql).subarray(0, position).toString().split("\n").length;
}

function topological(models: readonly Model[]): Model[] {
  const byName = new Map(models.map((model) => [model.name, model]));
  const ordered = new Map<string, Model>();
  const visit = (model: Model, path: readonly string[]): void => {
    if (ordered.has(model.name)) return;
    const seen = path.indexOf(model.name);
    if (seen >= 0)
      throw new LeapError(
        `invalid cycle: ${[...path.slice(seen), model.name].join(" reads ")}. Cut one of them, starting at ${model.file}.`,
      );
    for (const table of model.reads) {
      const upstream = byName.get(table);
      if (upstream) visit(upstream, [...path, model.name]);
    }
    ordered.set(model.name, model);
  };
  for (const model of [...models].sort((a, b) => (a.name < b.name ? -1 : 1))) visit(model, []);
  return [...ordered.values()];
}
