// Small multiples: one panel per thing, all on one scale, so that panels compare. The figure's subtitle says so.
import { escapeHtml as esc } from "../lib/html.ts";
import { type LineOptions, lineChart, type Series, sharedExtent } from "./line.ts";

export interface Panel {
  readonly title: string;
  /** Small grey words under the title. */
  readonly note: string;
  readonly series: readonly Series[];
  readonly gaps?: readonly string[];
  readonly events?: LineOptions["events"];
  readonly href?: string;
}

export interface MultiplesOptions extends Omit<LineOptions, "label" | "range" | "days" | "gaps" | "events"> {
  /** How a panel is read out: `label(panel)`. */
  readonly label: (panel: Panel) => string;
  /** At most this many panels side by side. */
  readonly across?: 3 | 4;
}

export function smallMultiples(panels: readonly Panel[], options: MultiplesOptions): string {
  const shared = sharedExtent(
    panels.flatMap((panel) => panel.series),
    { ...options, ticks: 3 },
  );
  const { label, across = 3, ...line } = options;
  const drawn = panels.map((panel) => {
    const title = panel.href ? `<a href="${esc(panel.href)}">${esc(panel.title)}</a>` : esc(panel.title);
    const chart = lineChart(panel.series, {
      height: 110,
      ticks: 3,
      timeTicks: 3,
      ...line,
      ...shared,
      label: label(panel),
      ...(panel.gaps ? { gaps: panel.gaps } : {}),
      ...(panel.events ? { events: panel.events } : {}),
    });
    return `<div><p class="panel-t"><b>${title}</b><span>${esc(panel.note)}</span></p>${chart}</div>`;
  });
  return `<div class="multi${across === 4 ? " four" : ""}">${drawn.join("")}</div>`;
}
