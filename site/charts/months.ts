// Twelve months on one line per thing: when in the year it is named more than usual.
import { escapeHtml as esc } from "../lib/html.ts";
import { round } from "./geometry.ts";

export interface MonthRow {
  readonly name: string;
  readonly note?: string;
  /** Twelve values, January first, 1 = an average month; null when the season is unknown. */
  readonly months: readonly number[] | null;
  readonly reading: readonly string[];
}

export interface MonthOptions {
  readonly label: string;
  /** Twelve short names, January first. */
  readonly monthNames: readonly string[];
  /** What is written across a row whose season is unknown. */
  readonly unknown: string;
  /** Words for the ramp from few to many. */
  readonly keys: readonly [string, string];
}

/** Above-average months are coloured in four steps; below-average ones stay plain, because a low is the absence of a season. */
const steps = [1.05, 1.15, 1.35, 1.7];
const level = (value: number): number => steps.filter((step) => value >= step).length;

export function monthStrips(rows: readonly MonthRow[], options: MonthOptions): string {
  const width = 100 / 12;
  const cells = (months: readonly number[]): string =>
    months
      .map(
        (value, month) =>
          `<rect class="h${level(value)}" x="${round(month * width)}%" width="${round(width - 0.4)}%" height="100%"/>`,
      )
      .join("");
  const unknown = `<rect class="unk" width="100%" height="100%"/><text class="mm" x="50%" y="1.2em">${esc(options.unknown)}</text>`;
  const body = rows.map(
    (row) =>
      `<div class="row"><span class="l"><b>${esc(row.name)}</b>${row.note ? ` <span>${esc(row.note)}</span>` : ""}</span><svg aria-hidden="true">${row.months ? cells(row.months) : unknown}</svg><span class="r"><b>${esc(row.reading[0] ?? "")}</b>${row.reading
        .slice(1)
        .map((words) => ` <span>${esc(words)}</span>`)
        .join("")}</span></div>`,
  );
  const names = options.monthNames
    .map(
      (name, month) =>
        `<text class="mm${month % 3 === 0 ? "" : " opt"}" x="${round((month + 0.5) * width)}%" y="1.05em">${esc(name)}</text>`,
    )
    .join("");
  const ramp = [0, 1, 2, 3, 4]
    .map((step) => `<rect class="h${step}" x="${step * 14}" width="13" height="11"/>`)
    .join("");
  return `<div class="rows months" role="img" aria-label="${esc(options.label)}">${body.join("")}<div class="row ticks"><span></span><svg aria-hidden="true">${names}</svg><span></span></div></div><p class="keys"><span>${esc(options.keys[0])}</span><svg class="ramp" aria-hidden="true" width="70" height="11">${ramp}</svg><span>${esc(options.keys[1])}</span></p>`;
}
