// A sheet is a kind of file that operators hand over: its fields, what they are called in the exports of others, and what a whole row must say.
import { createHmac } from "node:crypto";
import type { z } from "zod";
import { LeapError } from "../core/errors.ts";
import { KEYED_HASH_DIGITS } from "../core/key.ts";
import type { LineParser, Row } from "../core/types.ts";
import { isBlank, type Manner, type Reader, Refusal, refuse } from "./cells.ts";

export interface Field {
  /** What people call it beside its own name, squeezed: small letters and digits alone. */
  readonly names?: readonly string[];
  readonly required?: true;
  /** One line for the template and for messages. */
  readonly means: string;
  /** Invented, for the template. */
  readonly example: string;
  readonly read: Reader<unknown>;
  /** Keeps a keyed hash in place of what it read, and calls it by this word. */
  readonly hashed?: string;
}

export interface Sheet {
  /** As `leap import --as` names it, and the thing of its source. */
  readonly thing: string;
  /** What the file is, for people. */
  readonly title: string;
  readonly fields: Readonly<Record<string, Field>>;
  /** What stands in bronze: the fields, and `exported_on`. */
  readonly row: z.ZodObject;
  /** True where a line may name people: quarantine then shows the reason alone. */
  readonly people: boolean;
  /** A reason against a row whose fields are good one by one; null where there is none. */
  readonly against?: (row: Row) => string | null;
}

/** What the parser of a sheet is handed; survives a structured clone. */
export interface SheetOptions extends Manner {
  /** Field → column. */
  readonly columns: Readonly<Record<string, string>>;
  /** Day of the export. */
  readonly exportedOn: string;
  /** Author key of the publication, in hex. */
  readonly key: string;
}

/** The parser of a sheet's rows: `export const prepare = sheetParser(sheet)`. */
export const sheetParser =
  (sheet: Sheet) =>
  (given: unknown): LineParser => {
    const options = given as SheetOptions;
    const secret = Buffer.from(options.key, "hex");
    return (record) => {
      if (typeof record !== "object" || record === null || Array.isArray(record))
        return { ok: false, reason: "not_a_record: a row is an object with named fields" };
      try {
        const row: Row = { exported_on: options.exportedOn };
        for (const [name, field] of Object.entries(sheet.fields))
          row[name] = cell(name, field, record as Row, options, secret);
        const problem = sheet.against?.(row) ?? null;
        if (problem !== null) return { ok: false, reason: problem };
        const checked = sheet.row.safeParse(row);
        if (checked.success) return { ok: true, row: checked.data };
        const issue = checked.error.issues[0];
        return { ok: false, reason: `wrong_type: ${issue?.path.join(".")}: ${issue?.message}` };
      } catch (error) {
        if (error instanceof Refusal) return { ok: false, reason: error.message };
        throw error;
      }
    };
  };

function cell(name: string, field: Field, record: Row, options: SheetOptions, secret: Buffer): unknown {
  const column = options.columns[name];
  const value = column === undefined ? undefined : record[column];
  if (isBlank(value)) return field.required ? refuse("missing_value", name) : null;
  if (field.hashed === undefined) return field.read(value, name, options);
  // A reason would quote what nobody may keep.
  const read = String(value).trim();
  return createHmac("sha256", secret)
    .update(`${field.hashed}:${String(read).toLowerCase()}`)
    .digest("hex")
    .slice(0, KEYED_HASH_DIGITS);
}

/**
 * Field → column: as the entry says, else by the field's own name or what it is usually called.
 * Throws a LeapError that names file and next step for a field or column that is not there, and for a required field without one.
 */
export function columnsOf(
  sheet: Sheet,
  file: string,
  columns: readonly string[],
  map: Readonly<Record<string, string>> = {},
): Record<string, string> {
  const found: Record<string, string> = {};
  for (const [field, wanted] of Object.entries(map)) {
    if (!(field in sheet.fields))
      throw new LeapError(
        `unknown field: ${field} in the map. ${sheet.title} have ${Object.keys(sheet.fields).join(", ")}.`,
      );
    const column =
      columns.find((one) => one === wanted) ??
      columns.find((one) => one.trim().toLowerCase() === wanted.trim().toLowerCase());
    if (column === undefined)
      throw new LeapError(
        `unknown column: ${wanted} in ${file}, named for ${field}. It has ${columns.join(", ")}.`,
      );
    found[field] = column;
  }
  const free = columns.filter((column) => !Object.values(found).includes(column));
  for (const [name, field] of Object.entries(sheet.fields)) {
    if (found[name] !== undefined) continue;
    const names = [name.replaceAll("_", ""), ...(field.names ?? [])];
    const column = names
      .map((one) => free.find((candidate) => squeezed(candidate) === one))
      .find((one) => one !== undefined);
    if (column !== undefined) found[name] = column;
  }
  const missing = Object.entries(sheet.fields).find(
    ([name, field]) => field.required && found[name] === undefined,
  );
  if (missing)
    throw new LeapError(
      `missing column: ${missing[0]} in ${file} (${missing[1].means}). It has ${columns.join(", ")}. Say which one it is with --map ${missing[0]}=COLUMN, or see: leap import --template ${sheet.thing}`,
    );
  return found;
}

const squeezed = (column: string): string => column.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");

/** Header and one invented row, as CSV. */
export function templateOf(sheet: Sheet): string {
  const quoted = (text: string) => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const fields = Object.entries(sheet.fields);
  return `${fields.map(([name]) => name).join(",")}\n${fields.map(([, { example }]) => quoted(example)).join(",")}\n`;
}

/** What each field means, one a line, for people beside the template. */
export const explanationOf = (sheet: Sheet): string =>
  Object.entries(sheet.fields)
    .map(([name, { means, required }]) => `${name}${required ? "" : " (may be empty)"}: ${means}`)
    .join("\n");
