// What a column's sampled values look like: numbers, dates, sentences. Names propose, shapes dispose.
import { cellOf } from "./cells.ts";
import { type dateStyle as DateStyleOf, dateStyle, isDayOnly } from "./dates.ts";
import { decimalStyle, MISSING, parseNumber } from "./numbers.ts";

export interface Shape {
  readonly column: string;
  /** Sampled values that say something, as text. */
  readonly values: readonly string[];
  /** Share of the values that are numbers, words such as 1,2 Mio included. */
  readonly numeric: number;
  readonly numbers: readonly number[];
  readonly decimal: "." | ",";
  readonly decimalCertain: boolean;
  readonly date: ReturnType<typeof DateStyleOf>;
  readonly dayOnly: boolean;
  readonly timeOfDay: boolean;
  readonly meanLength: number;
  /** Distinct values by values. */
  readonly distinct: number;
}

const MOST_VALUES = 1000;

export function shapeOf(
  column: string,
  records: readonly Readonly<Record<string, unknown>>[],
  notAfter: number,
): Shape {
  const cell = cellOf({ column });
  const values: string[] = [];
  for (const record of records) {
    const value = cell(record, "");
    if (value === undefined || value === null) continue;
    const text = typeof value === "object" ? JSON.stringify(value) : String(value).trim();
    if (!MISSING.test(text)) values.push(text);
    if (values.length >= MOST_VALUES) break;
  }
  const { decimal, certain } = decimalStyle(values);
  const numbers = values.map((value) => parseNumber(value, decimal)).filter((value) => value !== undefined);
  const date = dateStyle(values, notAfter);
  const count = Math.max(1, values.length);
  return {
    column,
    values,
    numeric: numbers.length / count,
    numbers,
    decimal,
    decimalCertain: certain,
    date,
    dayOnly: values.length > 0 && values.every(isDayOnly),
    timeOfDay: values.length > 0 && values.every((value) => /^\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?$/.test(value)),
    meanLength: values.reduce((sum, value) => sum + value.length, 0) / count,
    distinct: new Set(values).size / count,
  };
}
