// A metric's sum done with the rows of this edition, so that a reader can redo it by hand.
import { catalogue, type DatasetId } from "../../data/contract/catalogue.ts";
import type { MetricDefinition } from "../../data/contract/metric.ts";
import { type NumberRow, parseExpression } from "./arithmetic.ts";

/** What the example needs of a metric value. */
export interface ExampleValue {
  readonly metric_id: string;
  readonly market: string;
  readonly entity: string;
  readonly value: number | null;
  readonly text_value: string | null;
  readonly n: number;
  readonly period_start: string;
  readonly period_end: string;
}

export interface WorkedExample<V extends ExampleValue = ExampleValue> {
  readonly value: V;
  readonly dataset: DatasetId;
  /** Rows the sum is made of. */
  readonly rows: readonly NumberRow[];
  /** Columns that tell the rows apart, then those the sum names. */
  readonly columns: readonly string[];
  /** Null where no published row holds all of the sum: the row is then only shown. */
  readonly sum: { readonly expression: string; readonly filled: string; readonly result: number } | null;
}

type RowsOf = (dataset: DatasetId) => readonly NumberRow[];

/** Rounding of published columns to six digits may move a sum by so much. */
const TOLERANCE = 1e-3;

/**
 * The first of the values whose sum can be done with published rows; else the first that stands in a published row as it is; else null.
 * `form` prints a number within the sum.
 */
export function workedExample<V extends ExampleValue>(
  metric: MetricDefinition,
  values: readonly V[],
  rowsOf: RowsOf,
  form: (value: number) => string,
): WorkedExample<V> | null {
  const known = values.filter(({ value, text_value }) => value !== null || text_value !== null);
  for (const value of known) {
    const done = sumOf(metric, value, rowsOf, form);
    if (done) return done;
  }
  for (const value of known) {
    const shown = rowWith(metric, value, rowsOf);
    if (shown) return shown;
  }
  return null;
}

function sumOf<V extends ExampleValue>(
  { example }: MetricDefinition,
  value: V,
  rowsOf: RowsOf,
  form: (value: number) => string,
): WorkedExample<V> | null {
  if (!example || !isDataset(example.dataset) || value.value === null) return null;
  const wanted = Object.entries(example.rows).map(
    ([column, word]) =>
      [column, word.replace("$market", value.market).replace("$entity", value.entity)] as const,
  );
  const between = example.between;
  const rows = rowsOf(example.dataset)
    .filter((row) => wanted.every(([column, word]) => String(row[column]) === word))
    .filter((row) => !between || inPeriod(String(row[between]), value));
  if (rows.length === 0) return null;
  const expression = parseExpression(example.expression);
  // n is that of the metric where the rows have none of their own.
  const counted = rows.map((row) => ("n" in row ? row : { ...row, n: value.n }));
  const result = expression.value(counted);
  if (result === null) return null;
  const named = [...wanted.map(([column]) => column), ...(between ? [between] : [])];
  const own = expression.columns.filter((column) => rows.some((row) => column in row));
  return {
    value,
    dataset: example.dataset,
    rows,
    columns: [...new Set([...named, ...own])],
    sum: { expression: example.expression, filled: expression.filled(counted, form), result },
  };
}

/** True when the sum gives the published value, rounding apart. */
export function comesOut({ value, sum }: WorkedExample): boolean {
  if (!sum || value.value === null) return false;
  return Math.abs(sum.result - value.value) <= TOLERANCE * Math.max(1, Math.abs(value.value));
}

function rowWith<V extends ExampleValue>(
  { dataset, column }: MetricDefinition,
  value: V,
  rowsOf: RowsOf,
): WorkedExample<V> | null {
  if (!isDataset(dataset) || dataset === "metrics") return null;
  const looked = value.text_value ?? value.value;
  const row = rowsOf(dataset).find(
    (candidate) =>
      candidate[column] === looked &&
      (!("market" in candidate) || candidate["market"] === value.market) &&
      (value.entity === "" || Object.values(candidate).includes(value.entity)),
  );
  if (!row) return null;
  const key = catalogue[dataset].key.filter((name) => name !== "edition");
  return { value, dataset, rows: [row], columns: [...new Set([...key, ...numbersOf(row)])], sum: null };
}

const numbersOf = (row: NumberRow): string[] =>
  Object.keys(row)
    .filter((column) => typeof row[column] === "number")
    .slice(0, 12);

const inPeriod = (day: string, { period_start, period_end }: ExampleValue): boolean =>
  day >= period_start && day <= period_end;

const isDataset = (id: string): id is DatasetId => id in catalogue;
