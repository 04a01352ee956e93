// What the values of a dataset's columns look like: how many are missing, how many differ, from where to where.

export interface ColumnProfile {
  readonly missing: number;
  readonly distinct: number;
  /** Smallest and largest value; null when every value is missing or is a list. */
  readonly from: string | number | boolean | null;
  readonly to: string | number | boolean | null;
}

/** One pass per column over rows as they are published. */
export function profileOf(rows: readonly Record<string, unknown>[], column: string): ColumnProfile {
  const distinct = new Set<unknown>();
  let missing = 0;
  let from: ColumnProfile["from"] = null;
  let to: ColumnProfile["to"] = null;
  for (const row of rows) {
    const value = row[column];
    if (value === null || value === undefined) {
      missing++;
      continue;
    }
    if (typeof value === "object") {
      distinct.add(JSON.stringify(value));
      continue;
    }
    distinct.add(value);
    const comparable = value as string | number | boolean;
    if (from === null || comparable < from) from = comparable;
    if (to === null || comparable > to) to = comparable;
  }
  return { missing, distinct: distinct.size, from, to };
}
