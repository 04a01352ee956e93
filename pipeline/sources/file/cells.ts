// How a field finds its value in a record: by column, by path into nested records, from several columns, or from the file's name.
import type { WordField } from "./mapping.ts";

export type Cells = Readonly<Record<string, unknown>>;
export type Cell = (record: Cells, file: string) => unknown;

/** Compiles the place of a field. A missing column gives undefined. */
export function cellOf(field: WordField): Cell {
  const found = placeOf(field);
  const { values } = field;
  if (!values) return found;
  const replaced = new Map(Object.entries(values).map(([from, to]) => [from.toLowerCase(), to]));
  return (record, file) => {
    const value = found(record, file);
    return value === undefined || value === null
      ? value
      : (replaced.get(String(value).trim().toLowerCase()) ?? value);
  };
}

function placeOf(field: WordField): Cell {
  if (field.constant !== undefined) return () => field.constant;
  if (field.from_file !== undefined) {
    const pattern = new RegExp(field.from_file, "u");
    let last = "";
    let value: string | undefined;
    return (_record, file) => {
      if (file !== last) {
        const match = pattern.exec(file);
        value = match?.[1] ?? match?.[0];
        last = file;
      }
      return value;
    };
  }
  if (field.column !== undefined) return path(field.column);
  const parts = (field.columns ?? []).map(path);
  const join = field.join ?? "\n";
  return (record, file) => {
    const values: string[] = [];
    for (const part of parts) {
      const value = part(record, file);
      if (value !== undefined && value !== null && value !== "") values.push(String(value).trim());
    }
    return values.length === 0 ? undefined : values.join(join);
  };
}

// The column of that very name wins over a path: exports flatten nested records into names with points.
function path(column: string): Cell {
  if (!column.includes(".")) return (record) => record[column];
  const steps = column.split(".");
  return (record) => (column in record ? record[column] : walk(record, steps, 0));
}

function walk(value: unknown, steps: readonly string[], from: number): unknown {
  let at = value;
  for (let index = from; index < steps.length; index += 1) {
    if (at === null || typeof at !== "object") return undefined;
    const step = steps[index] as string;
    if (step === "*") {
      if (!Array.isArray(at)) return undefined;
      return at.map((item) => walk(item, steps, index + 1)).filter((item) => item !== undefined);
    }
    at = (at as Record<string, unknown>)[step];
  }
  return at;
}
