// A finding as HTML: its lead in bold and every number marked with the metric it comes from, so that `leap explain` can be asked about it.
import type { DatasetRow } from "./data.ts";
import { escapeHtml } from "./html.ts";

export type Finding = DatasetRow<"findings">;

// The grammar of the narrative: {metric_id|format}, {'proper name'}, {edition}.
const placeholder = /\{(?:'([^']*)'|([^{}|']+)(?:\|([a-z_0-9]+))?)\}/g;

/** `<b>Lead</b> text 62 (58–66)`, escaped, with `data-metric` on each filled number. */
export function sentenceHtml(finding: Finding): string {
  return `${finding.lead ? `<b>${escapeHtml(finding.lead)}</b>` : ""}${markedText(finding)}`;
}

export const sentenceText = (finding: Finding): string => `${finding.lead}${finding.text}`;

/** The title of a page: its title finding, or the words given for a page that has none. */
export const titleOf = (findings: readonly Finding[], otherwise: string): string => {
  const title = findings.find((finding) => finding.section === "title");
  return title ? sentenceText(title) : otherwise;
};

/** The text is the template with its holes filled; laid over each other they say which words are numbers. */
function markedText({ template, text }: Finding): string {
  const metrics: (string | null)[] = [];
  let pattern = "";
  let end = 0;
  for (const hole of template.matchAll(placeholder)) {
    pattern += literal(template.slice(end, hole.index));
    end = hole.index + hole[0].length;
    const isMetric = hole[1] === undefined && hole[2]?.includes(":");
    pattern += hole[1] !== undefined ? literal(hole[1]) : isMetric ? "(.+?)" : ".+?";
    if (isMetric) metrics.push(hole[2] as string);
  }
  const found = text.match(new RegExp(`^${pattern}${literal(template.slice(end))}$`, "ds"));
  if (!found?.indices) return escapeHtml(text);
  let html = "";
  let at = 0;
  metrics.forEach((metric, index) => {
    const [from, to] = found.indices?.[index + 1] ?? [at, at];
    html += escapeHtml(text.slice(at, from));
    html += `<data data-metric="${escapeHtml(metric ?? "")}">${escapeHtml(text.slice(from, to))}</data>`;
    at = to;
  });
  return html + escapeHtml(text.slice(at));
}

const literal = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");
