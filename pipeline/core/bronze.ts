// Reads receipts and lays the accepted lines of each thing before the models as `bronze_<source>__<thing>`.
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { z } from "zod";
import { duckdbType } from "../../data/contract/dataset.ts";
import { LeapError } from "./errors.ts";
import { checksum } from "./lines.ts";
import { receiptFolder, type StatePaths } from "./state.ts";
import type { RawParts, Receipt, Source } from "./types.ts";
import { literal, type OpenWarehouse, quoted } from "./warehouse.ts";

const count = z.int().min(0);

const ReceiptFile = z.looseObject({
  id: z.string(),
  source: z.string(),
  collected_at: z.iso.datetime({ offset: true }),
  provenance: z.enum(["observed", "imported", "synthetic"]),
  licence_note: z.string(),
  parameters: z.record(z.string(), z.unknown()),
  files: z.array(z.looseObject({ name: z.string(), bytes: count, sha256: z.string() })),
  things: z.record(
    z.string(),
    z.looseObject({
      received: count,
      kept: count,
      quarantined: count,
      withdrawn: count.optional(),
      parts: z.array(z.string()),
      raw: z
        .looseObject({
          parts: z.array(z.string()),
          columns: z.record(z.string(), z.string()),
          constants: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
        })
        .optional(),
    }),
  ),
});

/**
 * Receipts of a source that a run at `asOf` may know, oldest first. A folder without a receipt is an unfinished
 * collection and is not read. Throws a LeapError for a receipt that does not parse.
 */
export function readReceipts(state: StatePaths, source: string, asOf: string | null): Receipt[] {
  const folder = join(state.bronze, source);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((id) => existsSync(join(folder, id, "receipt.json")))
    .map((id) => readReceipt(join(folder, id, "receipt.json")))
    .filter((receipt) => asOf === null || isKnown(receipt, asOf))
    .sort((a, b) => (order(a) < order(b) ? -1 : 1));
}

/**
 * Creates `bronze_<source>__<thing>` for every thing of the source: the columns of its schema, plus `receipt`.
 * Views over the accepted lines, because DuckDB parses them faster than it could store them a second time.
 */
export async function loadBronze(
  warehouse: OpenWarehouse,
  state: StatePaths,
  source: Source,
  receipts: readonly Receipt[],
): Promise<void> {
  for (const [thing, schema] of Object.entries(source.things)) {
    const named: Part[] = [];
    for (const receipt of receipts) named.push(...(await partsOf(receipt, thing, state)));
    const table = quoted(`bronze_${source.id}__${thing}`);
    const columns = bronzeColumns(schema);
    await warehouse.execute(
      named.length === 0
        ? `CREATE OR REPLACE TABLE ${table} (${columns.map(([name, type]) => `${quoted(name)} ${type}`).join(", ")}, receipt VARCHAR)`
        : `CREATE OR REPLACE VIEW ${table} AS ${readNamed(columns, named, join(state.bronze, source.id))}`,
    );
  }
}

interface Part {
  readonly receipt: string;
  readonly path: string;
  readonly raw: RawParts | undefined;
}

/** The parts of a thing that hold lines. Throws a LeapError for one that is gone, or is no longer what was read. */
async function partsOf(receipt: Receipt, thing: string, state: StatePaths): Promise<Part[]> {
  const folder = resolve(receiptFolder(state, receipt.source, receipt.id));
  const { parts = [], raw } = receipt.things[thing] ?? {};
  const named = [
    ...parts.map((part) => ({ part, raw: undefined })),
    ...(raw?.parts ?? []).map((part) => ({ part, raw })),
  ];
  for (const { part } of named) {
    if (!existsSync(join(folder, part)))
      throw new LeapError(
        `missing part: ${join(folder, part)}, named by its receipt. Remove the folder and collect again.`,
      );
    const input = receipt.files.find(({ name }) => part === `raw/${name}`);
    if (input) await refuseChanged(folder, part, input);
  }
  return named
    .map(({ part, raw }) => ({ receipt: receipt.id, path: join(folder, part), raw }))
    .filter(({ path }) => statSync(path).size > 0);
}

// An input that is a part may be one file with the one that was handed over, and people append to files. Whether it was touched since
// its receipt is asked first: reading a gigabyte again at every run would double the run.
async function refuseChanged(
  folder: string,
  part: string,
  { bytes, sha256 }: Receipt["files"][0],
): Promise<void> {
  const path = join(folder, part);
  const { size, mtimeMs } = statSync(path);
  if (size === bytes && mtimeMs <= statSync(join(folder, "receipt.json")).mtimeMs) return;
  if (size !== bytes || (await checksum(path)) !== sha256)
    throw new LeapError(
      `invalid part: ${path} has changed since its receipt. Restore it, or remove the folder and import the file again.`,
    );
}

/** The tables that `loadBronze` makes for a source. */
export const bronzeTables = (source: Source): string[] =>
  Object.keys(source.things).map((thing) => `bronze_${source.id}__${thing}`);

/** Above the longest accepted line: a 2 MB caption, with every quote and break in it escaped. */
const LONGEST_LINE_BYTES = 8 * 1024 * 1024;

// Canonical lines are read under the fields' names, lines that were kept as they came under the file's own; parts that are
// read alike are read together.
function readNamed(columns: readonly Column[], named: readonly Part[], folder: string): string {
  // Of few receipts each is a constant, which costs nothing; a thousand scans would cost more than to cut each out of its file's name.
  const few = new Set(named.map(({ receipt }) => receipt)).size <= FEW_RECEIPTS;
  const cut = `split_part(filename[${Array.from(resolve(folder)).length + 2}:], '/', 1)`;
  const alike = Map.groupBy(named, ({ receipt, raw }) =>
    JSON.stringify([raw?.columns, raw?.constants, few ? receipt : ""]),
  );
  return [...alike.values()]
    .map((parts) => {
      const [{ receipt, raw }] = parts as [Part];
      const paths = parts.map(({ path }) => path);
      return readParts(columns, paths, few ? literal(receipt) : cut, raw);
    })
    .join("\n    UNION ALL\n    ");
}

const FEW_RECEIPTS = 8;

function readParts(
  columns: readonly Column[],
  paths: readonly string[],
  receipt: string,
  raw: RawParts | undefined,
): string {
  const placed = columns.map(([name, type]) => ({ name, type, place: raw ? raw.columns[name] : name }));
  const struct = placed
    .filter(({ place }) => place !== undefined)
    .map(({ place, type }) => `${quoted(place as string)}: ${literal(type)}`)
    .join(", ");
  const fields = placed.map(({ name, type, place }) => {
    const constant = raw?.constants[name];
    const value =
      place !== undefined
        ? quoted(place)
        : constant === undefined
          ? `CAST(NULL AS ${type})`
          : `CAST(${literal(String(constant))} AS ${type})`;
    return `${value} AS ${quoted(name)}`;
  });
  return `SELECT ${fields.join(", ")}, ${receipt} AS receipt
    FROM read_json([${paths.map(literal).join(", ")}], columns = {${struct}}, format = 'newline_delimited', compression = 'uncompressed',
      hive_partitioning = false, filename = true, maximum_object_size = ${LONGEST_LINE_BYTES})`;
}

type Column = readonly [name: string, type: string];

function bronzeColumns(schema: z.ZodObject): [string, string][] {
  return Object.entries(schema.shape).map(([name, type]) => [name, duckdbType(type as z.ZodType)]);
}

function readReceipt(file: string): Receipt {
  const parsed = ReceiptFile.safeParse(parseJson(file));
  if (parsed.success) return parsed.data as Receipt;
  const issue = parsed.error.issues[0];
  throw new LeapError(
    `invalid receipt: ${file}: ${issue?.path.join(".")}: ${issue?.message}. Remove the folder and collect again.`,
  );
}

function parseJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    throw new LeapError(`invalid receipt: ${file} is no JSON. Remove the folder and collect again.`);
  }
}

// A file that somebody hands over today speaks about the past; the day of the import is no reason to hide it from the
// edition of the week it speaks about. What our own collectors saw, an edition may know only if it was seen by then.
const isKnown = (receipt: Receipt, asOf: string): boolean =>
  receipt.provenance === "imported" || Date.parse(receipt.collected_at) <= Date.parse(asOf);

const order = (receipt: Receipt): string => `${new Date(receipt.collected_at).toISOString()} ${receipt.id}`;
