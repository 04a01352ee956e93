// Labelled accounts out of the files that people bring.
import { existsSync, readFileSync } from "node:fs";
import { parse } from "yaml";
import { z } from "zod";
import { type Account, accountFields } from "../../accounts/account.ts";
import { type AccountMap, accountReader, mappedFields } from "../../accounts/columns.ts";
import { LeapError } from "../../core/errors.ts";
import { columnNamed, readTable, type Table } from "../../core/table.ts";
import { readLabels } from "./labels.ts";
import { unnested } from "./unnested.ts";

export interface Labelled {
  readonly account: Account;
  readonly fake: boolean;
}

export interface LabelledAccounts {
  readonly accounts: readonly Labelled[];
  readonly tables: readonly { readonly name: string; readonly sha256: string; readonly rows: number }[];
  readonly notes: readonly string[];
}

export interface Wanted {
  readonly files: readonly string[];
  /** Path of a YAML map; null looks for the usual names. */
  readonly map: string | null;
  /** Column of the label, or what every row is. */
  readonly label: string | { readonly all: "fake" | "real" };
}

/** Throws LeapError on an unknown column, a bad label, and where a label column holds one kind alone. */
export async function readLabelled({ files, map, label }: Wanted): Promise<LabelledAccounts> {
  const accountMap = map === null ? null : readMap(map);
  const accounts: Labelled[] = [];
  const notes: string[] = [];
  const tables: Table[] = [];
  for (const file of files) {
    const table = unnested(await readTable(file));
    tables.push(table);
    const read = accountsOf(table, accountMap, label);
    for (const account of read.accounts) accounts.push(account);
    notes.push(...read.notes);
  }
  const fakes = accounts.filter(({ fake }) => fake).length;
  if (typeof label === "string" && (fakes === 0 || fakes === accounts.length))
    throw new LeapError(
      `invalid labels: all ${accounts.length} accounts of ${tables.map(({ name }) => name).join(" and ")} are ${fakes > 0 ? "fake" : "genuine"}. ` +
        `Bring both kinds (--also adds a second file), or say --all ${fakes > 0 ? "fake" : "real"} to measure ${fakes > 0 ? "how many are found" : "false alarms"} alone.`,
    );
  return {
    accounts,
    notes,
    tables: tables.map(({ name, sha256, rows }) => ({ name, sha256, rows: rows.length })),
  };
}

function accountsOf(table: Table, map: AccountMap | null, label: Wanted["label"]) {
  const column = typeof label === "string" ? columnNamed(table, label) : null;
  const labels = column === null ? null : readLabels(table, column);
  const all = typeof label === "string" ? null : label.all === "fake";
  const reader = accountReader(table.name, table.columns, map, column === null ? [] : [column]);
  const accounts: Labelled[] = [];
  const unread = new Map<string, { count: number; first: string }>();
  let unknown = 0;
  for (const [index, row] of table.rows.entries()) {
    const fake = all ?? labels?.fake[index] ?? null;
    if (fake === null) continue;
    const read = reader.read(row);
    for (const { column: at, value, why } of read.unread) {
      const known = unread.get(`${at}: ${why}`);
      if (known) known.count++;
      else
        unread.set(`${at}: ${why}`, {
          count: 1,
          first: `${JSON.stringify(value)} in line ${table.lines[index]}`,
        });
    }
    if (accountFields.every((field) => read.account[field] === null)) unknown++;
    accounts.push({ account: read.account, fake });
  }
  return {
    accounts,
    notes: [
      ...(labels?.notes ?? []),
      `${table.name}: ${Object.entries(reader.columns)
        .map(([field, from]) => `${field} from ${from}`)
        .join(", ")}.`,
      ...[...unread].map(
        ([what, { count, first }]) =>
          `${table.name}: ${what} ${count} times, such as ${first}; taken as unknown.`,
      ),
      ...(unknown > 0
        ? [`${unknown} accounts of ${table.name} have no known field; they were judged by the prior alone.`]
        : []),
      ...(table.rejected.length > 0
        ? [
            `${table.rejected.length} lines of ${table.name} are no records, such as line ${table.rejected[0]?.line}.`,
          ]
        : []),
    ],
  };
}

const MapFile = z
  .record(z.string(), z.string().nullable())
  .transform((map) => Object.fromEntries(Object.entries(map).filter(([, column]) => column !== null)));

function readMap(file: string): AccountMap {
  if (!existsSync(file))
    throw new LeapError(
      `missing file: ${file}, named by --map. It holds lines such as "followers: Follower count".`,
    );
  const parsed = MapFile.safeParse(parsedMap(file));
  if (!parsed.success)
    throw new LeapError(
      `invalid map: ${file}: ${parsed.error.issues[0]?.path.join(".")}: ${parsed.error.issues[0]?.message}. It names a column for each of ${mappedFields.join(", ")}; any subset will do.`,
    );
  return parsed.data as AccountMap;
}

function parsedMap(file: string): unknown {
  try {
    return parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw new LeapError(
      `invalid map: ${file} is no YAML: ${(error as Error).message.split("\n")[0]} Write one \`field: column\` a line.`,
    );
  }
}
