// A sparkline: direction only, no axis; the number stands beside it in the table.
import * as Plot from "@observablehq/plot";
import { escapeHtml as esc } from "../lib/html.ts";
import { pathsOf, round } from "./geometry.ts";

/** A picture of a hundred pixels needs no finer grid. */
const side = 100;

/** `label` is read out; without one the picture is hidden from screen readers, because a number beside it says more. */
export function spark(values: readonly (number | null)[], colour = "g", label?: string): string {
  const known = values.filter((value): value is number => value !== null);
  if (known.length < 2) return "";
  const [low, high] = [Math.min(...known), Math.max(...known)];
  const y: readonly [number, number] = low === high ? [low - 1, high + 1] : [low, high];
  const extent = { x: [0, values.length - 1] as const, y };
  const [path] = pathsOf(
    extent,
    [
      Plot.lineY(
        values.map((value, index) => ({ x: index, y: value ?? Number.NaN })),
        { x: "x", y: "y" },
      ),
    ],
    side,
  );
  const lastIndex = values.findLastIndex((value) => value !== null);
  const end = `<circle class="dot" cx="${round((100 * lastIndex) / (values.length - 1))}%" cy="${round(100 - (100 * ((values[lastIndex] as number) - y[0])) / (y[1] - y[0]))}%" r="2.5"/>`;
  const role = label ? `role="img" aria-label="${esc(label)}"` : 'aria-hidden="true"';
  return `<svg class="spark ${colour}" ${role}><svg viewBox="0 0 ${side} ${side}" preserveAspectRatio="none" width="100%" height="100%"><path class="ln" d="${path}"/></svg>${end}</svg>`;
}
