// One series a row: an id, then the values in order, empty cells at the end of shorter ones.
import { LeapError } from "../../core/errors.ts";
import type { Row } from "../../core/types.ts";
import type { NamedSeries } from "./named-series.ts";
import { numberOf } from "./number.ts";

/** `V2`, `x13`, `t_4`, `1996`, `1996-01`: names of columns that are positions or dates. */
const position = /^[a-z]{0,2}_?\d+([-/.]\d+){0,2}$/i;

/** The id column first, then those of the values. Columns beside them (category, start, count) are left out. */
export function wideColumns(
  row: Row,
  names: readonly string[],
  id: string | undefined,
  file: string,
): string[] {
  // JavaScript puts keys like "1" before all others: such a column is no id unless every one is so called.
  const first =
    id === undefined
      ? (names.find((name) => !/^\d+$/.test(name)) ?? names[0])
      : names.find((name) => name.toLowerCase() === id.toLowerCase());
  if (first === undefined) throw new LeapError(`unknown column: ${id} in ${file}. It has ${some(names)}.`);
  const rest = names.filter((name) => name !== first);
  const packed = rest.filter((name) => isPacked(row[name]));
  if (packed.length === 1) return [first, packed[0] as string];
  const positions = rest.filter((name) => position.test(name.trim()));
  const values =
    positions.length >= 2
      ? positions
      : rest.filter((name) => !Number.isNaN(numberOf(row[name])) || row[name] === "");
  if (values.length === 0)
    throw new LeapError(
      `missing values: ${file} has no column of numbers beside ${first}. Wide tables hold one series a row; long ones need --id, --time and --value.`,
    );
  if (values.filter((name) => /^-?\d+\.\d+$/.test(name.trim())).length > values.length / 2)
    throw new LeapError(
      `missing header: line 1 of ${file} holds values (${some(values.slice(0, 3))}, …) where names of columns should be. Put a line such as id,V1,V2,V3,… on top.`,
    );
  return [first, ...values];
}

/** Empty cells at the end are no part of the series; inside it they are missing values. */
export function wideValues(
  row: Row,
  [id, ...columns]: readonly string[],
  file: string,
  line: number,
): NamedSeries {
  const only = columns.length === 1 ? row[columns[0] as string] : undefined;
  const cells = isPacked(only) ? listOf(only) : columns.map((name) => row[name]);
  let end = cells.length;
  while (end > 0 && Number.isNaN(numberOf(cells[end - 1]))) end--;
  const values = Float64Array.from({ length: end }, (_, i) => numberOf(cells[i]));
  const name = row[id as string];
  if (name === null || name === undefined || name === "")
    throw new LeapError(`missing id: ${file} line ${line}: ${id} is empty. --id names another column.`);
  return { id: String(name), values };
}

const isPacked = (cell: unknown): boolean =>
  (Array.isArray(cell) && cell.length > 0) ||
  (typeof cell === "string" &&
    cell.trim().split(/[\s;|]+/).length > 1 &&
    listOf(cell).every((one) => !Number.isNaN(numberOf(one))));

const listOf = (cell: unknown): readonly unknown[] =>
  Array.isArray(cell)
    ? cell
    : String(cell)
        .trim()
        .split(/[\s;|]+/);

const some = (names: readonly string[]): string =>
  names.length > 12 ? `${names.slice(0, 12).join(", ")}, … (${names.length})` : names.join(", ");
