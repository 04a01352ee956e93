// A sparkline: direction only, no axis; the number stands beside it in the table. Tables hold dozens of them, so the path is made here and
// not by Plot: with neither axis nor curve there is nothing for Plot to decide.
import { escapeHtml as esc } from "../lib/html.ts";
import { relativePath } from "./geometry.ts";

/** A picture of a hundred pixels by twenty needs no finer grid. */
const side = 50;
const percent = (place: number): number => Math.round((100 * place) / side);

/** `label` is read out; without one the picture is hidden from screen readers, because a number beside it says more. */
export function spark(values: readonly (number | null)[], colour = "g", label?: string): string {
  const known = values.filter((value): value is number => value !== null);
  if (known.length < 2) return "";
  const [low, high] = [Math.min(...known), Math.max(...known)];
  const x = (index: number): number => (side * index) / (values.length - 1);
  const y = (value: number): number =>
    low === high ? side / 2 : side - (side * (value - low)) / (high - low);
  const path = values.map((value, index) =>
    value === null ? "" : `${index > 0 && values[index - 1] !== null ? "L" : "M"}${x(index)},${y(value)}`,
  );
  const last = values.findLastIndex((value) => value !== null);
  const end = `<circle class="dot" cx="${percent(x(last))}%" cy="${percent(y(values[last] as number))}%" r="2.5"/>`;
  const role = label ? `role="img" aria-label="${esc(label)}"` : 'aria-hidden="true"';
  return `<svg class="spark ${colour}" ${role}><svg viewBox="0 0 ${side} ${side}" preserveAspectRatio="none" width="100%" height="100%"><path class="ln" d="${relativePath(path.join(""))}"/></svg>${end}</svg>`;
}
