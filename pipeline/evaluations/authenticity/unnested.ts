// Profiles as interfaces hand them out, one object inside another, as plain rows.
import type { Table } from "../../core/table.ts";
import type { Row } from "../../core/types.ts";

/** Objects that hold the account itself: `{"profile": {"followers_count": …}}`, `{"data": {"user": {…}}}`. */
const wrapper = /^(graphql|data|user|profile|account|owner|node|attributes|public_metrics)$/i;

/** Fields inside such an object stand beside the others; a name that the row has already keeps its own value. */
export function unnested(table: Table): Table {
  if (!table.rows.some((row) => Object.keys(row).some((name) => isWrapped(name, row[name])))) return table;
  const rows = table.rows.map(flat);
  return { ...table, rows, columns: [...new Set(rows.flatMap((row) => Object.keys(row)))] };
}

function flat(row: Row): Row {
  const own = Object.entries(row).filter(([name, value]) => !isWrapped(name, value));
  const inner = Object.entries(row).filter(([name, value]) => isWrapped(name, value));
  return Object.assign({}, ...inner.map(([, value]) => flat(value as Row)), Object.fromEntries(own));
}

const isWrapped = (name: string, value: unknown): boolean =>
  wrapper.test(name) && typeof value === "object" && value !== null && !Array.isArray(value);
