// The rule of provenance, for rows in memory and in SQL: one synthetic row makes a value synthetic, one imported row an observed value imported.
import type { Receipt } from "./types.ts";

/** Of the rows behind a value; of none it is observed. */
export function weakestProvenance(rows: readonly Pick<Receipt, "provenance">[]): Receipt["provenance"] {
  const found = new Set(rows.map(({ provenance }) => provenance));
  return found.has("synthetic") ? "synthetic" : found.has("imported") ? "imported" : "observed";
}

/** The same of a group's column `provenance`. */
export const weakestProvenanceSql =
  "case when bool_or(provenance = 'synthetic') then 'synthetic' when bool_or(provenance = 'imported') then 'imported' else 'observed' end";
