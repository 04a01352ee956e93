// One row per thing: words on the left, a strip of picture, the reading on the right. On a phone the strip goes under its words.
import { escapeHtml as esc } from "../lib/html.ts";
import { roundRange, roundTicks } from "./axis.ts";
import { percentScale, round } from "./geometry.ts";

export interface IntervalRow {
  readonly name: string;
  /** Small grey words beside the name, such as a weight. */
  readonly note?: string;
  readonly value: number | null;
  readonly low?: number | null;
  readonly high?: number | null;
  /** The reading; the first line stands out. For a row without a value: why. */
  readonly reading: readonly string[];
  readonly colour?: string;
  readonly href?: string;
}

export interface RowsOptions {
  readonly label: string;
  readonly range?: readonly [number, number];
  readonly format: (value: number) => string;
  /** A level worth a darker line. */
  readonly base?: number;
  /** Width of the words on the left. */
  readonly names?: "short" | "medium" | "long";
  /** Readings are one short number. */
  readonly tight?: boolean;
}

/** A dot with its interval per row; a row without a value stays and says why. */
export function intervalRows(rows: readonly IntervalRow[], options: RowsOptions): string {
  const range = options.range ?? rangeOf(rows, false);
  const x = percentScale(range);
  const strip = (row: IntervalRow): string => {
    if (row.value === null) return "";
    const bar =
      row.low != null && row.high != null
        ? `<line class="iv" x1="${x(row.low)}%" x2="${x(row.high)}%" y1="50%" y2="50%"/>`
        : "";
    return `${bar}<circle class="dot" cx="${x(row.value)}%" cy="50%" r="5"/>`;
  };
  return frame(rows, options, range, strip, "");
}

/** A bar per row from zero, with its interval as a bracket. */
export function bars(rows: readonly IntervalRow[], options: RowsOptions): string {
  const range = options.range ?? rangeOf(rows, true);
  const x = percentScale(range);
  const zero = x(Math.max(0, range[0]));
  const strip = (row: IntervalRow): string => {
    if (row.value === null) return "";
    const end = x(row.value);
    const bracket =
      row.low != null && row.high != null
        ? `<line class="ivb" x1="${x(row.low)}%" x2="${x(row.high)}%" y1="50%" y2="50%"/>`
        : "";
    return `<rect class="fill" x="${Math.min(zero, end)}%" width="${round(Math.abs(end - zero))}%" y="22%" height="56%"/>${bracket}`;
  };
  return frame(rows, options, range, strip, " bars");
}

export interface StackedRow {
  readonly name: string;
  readonly note?: string;
  /** Parts in reading order; they need not sum to one. */
  readonly parts: readonly { readonly value: number; readonly colour: string }[];
  readonly reading: readonly string[];
}

/** Parts of a whole per row, each row scaled to its own total; `keys` name the colours. */
export function stackedRows(
  rows: readonly StackedRow[],
  options: Omit<RowsOptions, "range" | "base" | "format"> & {
    readonly keys: readonly { readonly word: string; readonly colour: string }[];
  },
): string {
  const strip = (row: StackedRow): string => {
    const total = row.parts.reduce((sum, part) => sum + part.value, 0);
    let at = 0;
    return row.parts
      .map(({ value, colour }) => {
        const width = total > 0 ? (100 * value) / total : 0;
        const rect = `<rect class="fill ${colour}" x="${round(at)}%" width="${round(width)}%" y="22%" height="56%"/>`;
        at += width;
        return rect;
      })
      .join("");
  };
  const keys = options.keys.map(({ word, colour }) => `<span><i class="${colour}"></i>${esc(word)}</span>`);
  return `${frame(rows, { ...options, format: String }, null, strip, " bars")}<p class="keys">${keys.join("")}</p>`;
}

interface Named {
  readonly name: string;
  readonly note?: string;
  readonly reading: readonly string[];
  readonly colour?: string;
  readonly href?: string;
}

function frame<T extends Named>(
  rows: readonly T[],
  options: RowsOptions,
  range: readonly [number, number] | null,
  strip: (row: T) => string,
  kind: string,
): string {
  const ticks = range ? roundTicks(range[0], range[1], 4) : [];
  const x = range ? percentScale(range) : () => 0;
  const lines = ticks
    .map(
      (tick) =>
        `<line${tick === options.base || tick === range?.[0] ? ' class="base"' : ""} x1="${x(tick)}%" x2="${x(tick)}%" y2="100%"/>`,
    )
    .join("");
  const width = [options.names, options.tight ? "tight" : ""]
    .filter((word) => word && word !== "medium")
    .join(" ");
  const body = rows.map(
    (row) =>
      `<div class="row ${row.colour ?? "g"}"><span class="l"><b>${esc(row.name)}</b>${row.note ? ` <span>${esc(row.note)}</span>` : ""}</span><svg aria-hidden="true">${lines}${strip(row)}</svg><span class="r">${reading(row.reading)}</span></div>`,
  );
  return `<div class="rows${kind}${width ? ` ${width}` : ""}" role="img" aria-label="${esc(options.label)}">${body.join("")}${ticks.length > 0 ? axis(ticks, x, options.format) : ""}</div>`;
}

const reading = ([first, ...rest]: readonly string[]): string =>
  `<b>${esc(first ?? "")}</b>${rest.map((words) => ` <span>${esc(words)}</span>`).join("")}`;

function axis(
  ticks: readonly number[],
  x: (value: number) => number,
  format: (value: number) => string,
): string {
  const labels = ticks.map((tick, index) => {
    const anchor = x(tick) > 96 ? "me" : x(tick) < 4 ? "" : "mm";
    return `<text class="${anchor}${index % 2 === 1 && ticks.length > 5 ? " opt" : ""}" x="${x(tick)}%" y="1.05em">${esc(format(tick))}</text>`;
  });
  return `<div class="row ticks"><span></span><svg aria-hidden="true">${labels.join("")}</svg><span></span></div>`;
}

function rangeOf(rows: readonly IntervalRow[], fromZero: boolean): readonly [number, number] {
  const values = rows
    .flatMap((row) => [row.value, row.low, row.high])
    .filter((value): value is number => typeof value === "number");
  if (values.length === 0) throw new Error("missing values: a chart without a value is not drawn");
  if (fromZero) values.push(0);
  return roundRange(Math.min(...values), Math.max(...values), 4);
}
