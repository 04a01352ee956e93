// Lines over weeks, with interval bands, gaps as grey strips, events on the time axis and labels at the ends.
import * as Plot from "@observablehq/plot";
import { escapeHtml as esc } from "../lib/html.ts";
import { roundRange, roundTicks, spread, timeTicks } from "./axis.ts";
import { box, type Extent, pathsOf, percentScale, round } from "./geometry.ts";

export interface Point {
  /** ISO day. */
  readonly day: string;
  /** Null breaks the line: a gap is not a zero. */
  readonly value: number | null;
  readonly low?: number | null;
  readonly high?: number | null;
}

export interface Series {
  readonly points: readonly Point[];
  /** Colour class: s1–s6, acc, ink, g, cpos, cneg. */
  readonly colour: string;
  /** Words at the end of the line; the first line stands out. */
  readonly end?: readonly string[];
  readonly thin?: boolean;
  readonly dash?: boolean;
}

export interface LineOptions {
  /** What a reader who cannot see the picture is told; the figure's summary says the rest. */
  readonly label: string;
  /** Height in px. */
  readonly height?: number;
  /** Fixed range of values; small multiples share one. Without it, a round range that holds the data. */
  readonly range?: readonly [number, number];
  /** Whether the range must hold zero; default true. */
  readonly fromZero?: boolean;
  /** First and last ISO day; without it, those of the data. */
  readonly days?: readonly [string, string];
  readonly format: (value: number) => string;
  /** ISO days of weeks that were not collected. */
  readonly gaps?: readonly string[];
  readonly events?: readonly { readonly day: string; readonly label: string }[];
  /** Where the series changes what it means: the first ISO day of the new one, and lines of words. */
  readonly breaks?: readonly { readonly day: string; readonly lines: readonly string[] }[];
  /** A level worth a darker line, such as the base of an index. */
  readonly base?: number;
  readonly ticks?: number;
  /** About how many words the time axis holds. */
  readonly timeTicks?: number;
}

const week = 7 * 864e5;
const lineHeight = 17;
const time = (day: string): number => Date.parse(day);

/** The chart as HTML. An empty chart is never drawn: without a single value it throws. */
export function lineChart(series: readonly Series[], options: LineOptions): string {
  const { height = 240, format, base } = options;
  const extent = extentOf(series, options);
  const x = percentScale(extent.x);
  const yPercent = percentScale(extent.y);
  const y = (value: number): number => round(height - (yPercent(value) * height) / 100);
  const hasEnds = series.some((one) => one.end);
  return [
    `<div class="plot${hasEnds ? "" : " noend"}"><svg role="img" aria-label="${esc(options.label)}" width="100%" height="${height}">`,
    gapStrips(options.gaps ?? [], x, extent, height),
    ...roundTicks(extent.y[0], extent.y[1], options.ticks ?? 4).map(
      (value) =>
        `<line${value === base || value === extent.y[0] ? ' class="base"' : ""} x2="100%" y1="${y(value)}" y2="${y(value)}"/><text class="me" x="-7" y="${y(value) + 4.5}">${esc(format(value))}</text>`,
    ),
    timeAxis(extent, x, height, options.timeTicks),
    picture(series, extent, height),
    ...(options.events ?? []).map((event, index) => eventMark(event, x, height, index)),
    ...(options.breaks ?? []).map((one) => breakMark(one, x, extent, height)),
    endLabels(series, x, y, height),
    "</svg></div>",
  ].join("");
}

/** The range of days and values that several charts must share to be compared. */
export function sharedExtent(
  all: readonly Series[],
  options: Pick<LineOptions, "fromZero" | "ticks"> = {},
): { range: readonly [number, number]; days: readonly [string, string] } {
  const extent = extentOf(all, options);
  return { range: extent.y, days: [isoDay(extent.x[0]), isoDay(extent.x[1])] };
}

const isoDay = (at: number): string => new Date(at).toISOString().slice(0, 10);

function extentOf(series: readonly Series[], options: Partial<LineOptions>): Extent {
  const points = series.flatMap((one) => one.points);
  const times = options.days ? options.days.map(time) : points.map((point) => time(point.day));
  const values = points
    .flatMap((point) => [point.value, point.low, point.high])
    .filter((value): value is number => typeof value === "number");
  if (values.length === 0) throw new Error("missing values: a chart without a value is not drawn");
  if (options.fromZero !== false) values.push(0);
  const [first, last] = [Math.min(...times), Math.max(...times)];
  return {
    x: first === last ? [first - week, last + week] : [first, last],
    y: options.range ?? roundRange(Math.min(...values), Math.max(...values), options.ticks ?? 4),
  };
}

function picture(series: readonly Series[], extent: Extent, height: number): string {
  const marks: { mark: Plot.Markish; className: string }[] = [];
  for (const { points, colour, thin, dash } of series) {
    const rows = points.map((point) => ({ ...point, x: time(point.day) }));
    if (rows.some((row) => row.low != null && row.high != null))
      marks.push({
        mark: Plot.areaY(rows, {
          x: "x",
          y1: (row) => row.low ?? Number.NaN,
          y2: (row) => row.high ?? Number.NaN,
        }),
        className: `bd ${colour}`,
      });
    marks.push({
      mark: Plot.lineY(rows, { x: "x", y: (row) => row.value ?? Number.NaN }),
      className: ["ln", colour, thin ? "thin" : "", dash ? "dash" : ""].filter(Boolean).join(" "),
    });
  }
  const paths = pathsOf(
    extent,
    marks.map((one) => one.mark),
  );
  const shapes = marks.map(
    ({ className }, index) => paths[index] && `<path class="${className}" d="${paths[index]}"/>`,
  );
  return `<svg viewBox="0 0 ${box} ${box}" preserveAspectRatio="none" width="100%" height="${height}">${shapes.filter(Boolean).join("")}</svg>`;
}

/** Neighbouring missing weeks join into one strip. */
function gapStrips(
  gaps: readonly string[],
  x: (value: number) => number,
  { x: [from, to] }: Extent,
  height: number,
): string {
  const strips: [number, number][] = [];
  for (const start of gaps.map(time).toSorted((a, b) => a - b)) {
    const last = strips.at(-1);
    if (last && start - week / 2 <= last[1]) last[1] = start + week / 2;
    else strips.push([start - week / 2, start + week / 2]);
  }
  return strips
    .map(([a, b]) => [x(Math.max(a, from)), x(Math.min(b, to))] as const)
    .filter(([a, b]) => b > a)
    .map(([a, b]) => `<rect class="gapx" x="${a}%" width="${round(b - a)}%" height="${height}"/>`)
    .join("");
}

function timeAxis(
  { x: [from, to] }: Extent,
  x: (value: number) => number,
  height: number,
  wanted?: number,
): string {
  return timeTicks(from, to, wanted)
    .map(({ at, label, optional }) => {
      const place = x(at);
      // Words near an edge grow inwards, so that nothing leaves a phone's screen.
      const anchor = place > 94 ? " me" : place < 4 ? "" : " mm";
      return `<text class="t${anchor}${optional ? " opt" : ""}" x="${place}%" y="${height + 20}">${esc(label)}</text>`;
    })
    .join("");
}

function eventMark(
  { day, label }: { day: string; label: string },
  x: (value: number) => number,
  height: number,
  index: number,
): string {
  const place = x(time(day));
  const top = -4 + (index % 3) * lineHeight;
  const left = place > 50;
  return `<line class="ev" x1="${place}%" x2="${place}%" y1="${top}" y2="${height}"/><text class="k${left ? " me" : ""}" x="${place}%" dx="${left ? -5 : 5}" y="${top + 10}">${esc(label)}</text>`;
}

/** A line between the last day of the old series and the first of the new; its words stand at the foot, where event words never are. */
function breakMark(
  { day, lines }: { day: string; lines: readonly string[] },
  x: (value: number) => number,
  { x: [from] }: Extent,
  height: number,
): string {
  const place = x(Math.max(from, time(day) - week / 2));
  const left = place > 50;
  const words = lines.map(
    (line, index) =>
      `<text class="k${left ? " me" : ""}" x="${place}%" dx="${left ? -5 : 5}" y="${height - 8 - (lines.length - 1 - index) * lineHeight}">${esc(line)}</text>`,
  );
  return `<line class="brk" x1="${place}%" x2="${place}%" y1="-4" y2="${height}"/>${words.join("")}`;
}

function endLabels(
  series: readonly Series[],
  x: (value: number) => number,
  y: (value: number) => number,
  height: number,
): string {
  const ends = series.flatMap(({ points, colour, end }) => {
    const last = points.findLast((point) => point.value !== null);
    return end && last ? [{ colour, end, at: x(time(last.day)), y: y(last.value as number) }] : [];
  });
  const room = lineHeight * Math.max(1, ...ends.map(({ end }) => end.length));
  const places = spread(
    ends.map((end) => end.y + 5),
    room,
    10,
    height + 4,
  );
  return ends
    .map(({ colour, end, at, y: dotY }, index) => {
      const lines = end.map(
        (words, line) =>
          `<text${line === 0 ? ' class="c"' : ""} x="100%" dx="11" y="${round((places[index] as number) + line * 16)}">${esc(words)}</text>`,
      );
      return `<g class="${colour}"><circle class="dot" cx="${at}%" cy="${dotY}" r="4"/>${lines.join("")}</g>`;
    })
    .join("");
}
