// What a staging model of a source makes of accepted lines, in a warehouse of its own.
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadBronze, readReceipts } from "../core/bronze.ts";
import { statePaths } from "../core/state.ts";
import type { Row, Source } from "../core/types.ts";
import { openWarehouse } from "../core/warehouse.ts";

/** `model` is `stg_<source>__<things>`; things without lines are empty tables. */
export async function staged(
  source: Source,
  model: string,
  lines: Readonly<Record<string, readonly Row[]>>,
): Promise<Row[]> {
  const state = statePaths("p", mkdtempSync(join(tmpdir(), "leap-staged-")));
  const folder = join(state.bronze, source.id, "r1");
  mkdirSync(folder, { recursive: true });
  const things = Object.entries(lines).map(([thing, rows]) => {
    const part = `${thing}.ndjson`;
    writeFileSync(join(folder, part), rows.map((row) => `${JSON.stringify(row)}\n`).join(""));
    return [thing, { received: rows.length, kept: rows.length, quarantined: 0, parts: [part] }];
  });
  const receipt = {
    ...{ id: "r1", source: source.id, collected_at: "2026-11-20T06:00:00Z", provenance: "observed" },
    ...{ licence_note: "", parameters: {}, files: [], things: Object.fromEntries(things) },
  };
  writeFileSync(join(folder, "receipt.json"), JSON.stringify(receipt));
  const warehouse = await openWarehouse({ threads: 1 });
  try {
    await loadBronze(warehouse, state, source, readReceipts(state, source.id, null));
    return await warehouse.query(
      readFileSync(join(import.meta.dirname, `../sources/${source.id}/${model}.sql`), "utf8"),
    );
  } finally {
    warehouse.close();
  }
}
