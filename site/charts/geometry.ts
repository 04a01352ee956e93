// Where marks go: Observable Plot computes paths at build time, and we keep only their shapes. Colour comes from class names, words stand
// outside the stretched picture, so a path needs no more than whole numbers in a box of 1,000 by 1,000.
import * as Plot from "@observablehq/plot";
import { parseHTML } from "linkedom";

/** Side of the box that paths are drawn in; it stretches to the plot's real size. */
export const box = 1000;

const { document } = parseHTML("<!doctype html><html><body></body></html>");

export interface Extent {
  readonly x: readonly [number, number];
  readonly y: readonly [number, number];
}

/** The path data of each mark, in the order of the marks; marks that draw nothing give an empty string. */
export function pathsOf({ x, y }: Extent, marks: readonly Plot.Markish[]): string[] {
  const svg = Plot.plot({
    document: document as unknown as Document,
    width: box,
    height: box,
    margin: 0,
    axis: null,
    x: { type: "linear", domain: [...x], range: [0, box] },
    y: { type: "linear", domain: [...y], range: [box, 0] },
    marks: [...marks],
  });
  return [...svg.querySelectorAll("g[aria-label]")].map((group) =>
    [...group.querySelectorAll("path")].map((path) => relativePath(path.getAttribute("d") ?? "")).join(""),
  );
}

/** A function from a value to its place in per cent of the plot. */
export function percentScale(domain: readonly [number, number]): (value: number) => number {
  const scale = Plot.scale({ x: { type: "linear", domain: [...domain], range: [0, 100] } });
  return (value) => round(scale.apply(value) as number);
}

/** Two decimals, so that a plot of 1,080 px is exact to a tenth. */
export const round = (value: number): number => Math.round(value * 100) / 100;

/**
 * Absolute moves and lines → whole-number relative ones: `M0,10L5.2,12` → `M0 10l5 2`. Steps are taken between rounded points, so that
 * rounding never adds up. Neighbouring weeks give short, alike steps, which gzip likes.
 */
export function relativePath(path: string): string {
  let result = "";
  let [atX, atY] = [0, 0];
  for (const [, command, xText, yText] of path.matchAll(/([MLZ])(?:(-?[\d.]+),(-?[\d.]+))?/g)) {
    if (command === "Z") {
      result += "z";
      continue;
    }
    const [x, y] = [Math.round(Number(xText)), Math.round(Number(yText))];
    if (command === "M") result += `M${x} ${y}`;
    else result += `l${x - atX}${y - atY < 0 ? "" : " "}${y - atY}`;
    [atX, atY] = [x, y];
  }
  return result;
}
