// `leap inspect [WHAT]`: shows a table of the warehouse, a published dataset, the quarantine or the checks.
import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { LeapError } from "../core/errors.ts";
import { type StatePaths, warehouseFile } from "../core/state.ts";
import type { Quarantined, Row } from "../core/types.ts";
import { openWarehouse, quoted } from "../core/warehouse.ts";
import { readPublished, readPublishedRows } from "./published.ts";

export interface Inspection {
  readonly title: string;
  readonly rows: readonly Row[];
  readonly total: number;
}

/** Without `what`, lists what can be inspected. Throws LeapError for an unknown name, with the names that are known. */
export async function inspect(
  state: StatePaths,
  what: string | undefined,
  options: { edition?: string | undefined; rows?: number | undefined } = {},
): Promise<Inspection> {
  const limit = options.rows ?? 10;
  if (what === "quarantine") {
    const all = await readQuarantine(state);
    return {
      title: "quarantine: rows set aside",
      rows: all.slice(0, limit).map((line) => ({ ...line })),
      total: all.length,
    };
  }
  const edition = options.edition ?? (await readPublished(state)).latest;
  if (what === "checks") {
    const rows = await readPublishedRows(state, edition, "checks");
    return { title: `checks of ${edition}`, rows, total: rows.length };
  }
  const file = warehouseFile(state, edition);
  if (!existsSync(file))
    throw new LeapError(
      `missing warehouse: ${file}. Run first: npm run leap -- model --publication ${path.basename(state.root)}`,
    );
  const warehouse = await openWarehouse({ path: file, readOnly: true });
  try {
    const tables = await warehouse.tables();
    if (what === undefined) {
      const rows: Row[] = [];
      for (const name of tables) {
        const [count] = await warehouse.query<{ rows: number }>(
          `select count(*)::int as rows from ${quoted(name)}`,
        );
        rows.push({ table: name, rows: count?.rows ?? 0 });
      }
      return { title: `tables of ${edition}; also: quarantine, checks`, rows, total: rows.length };
    }
    const name = tables.includes(what) ? what : tables.includes(`out.${what}`) ? `out.${what}` : null;
    if (!name)
      throw new LeapError(
        `unknown table: ${what} in ${edition}. Known: ${tables.join(", ")}, quarantine, checks.`,
      );
    const [count] = await warehouse.query<{ rows: number }>(
      `select count(*)::int as rows from ${quoted(name)}`,
    );
    return {
      title: `${name} of ${edition}`,
      rows: await warehouse.query(`select * from ${quoted(name)} limit ${limit}`),
      total: count?.rows ?? 0,
    };
  } finally {
    warehouse.close();
  }
}

/** Every quarantined line of a publication, by source, receipt and line. */
export async function readQuarantine(state: StatePaths): Promise<Quarantined[]> {
  if (!existsSync(state.bronze)) return [];
  const files = (await readdir(state.bronze, { recursive: true }))
    .filter((file) => path.basename(file) === "quarantine.ndjson")
    .sort();
  const lines: Quarantined[] = [];
  for (const file of files)
    for (const line of (await readFile(path.join(state.bronze, file), "utf8")).split("\n"))
      if (line) lines.push(JSON.parse(line) as Quarantined);
  return lines;
}
