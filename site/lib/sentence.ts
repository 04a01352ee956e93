// A finding as HTML: its lead in bold and every number marked with the metric it comes from, so that `leap explain` can be asked about it.
import type { DatasetRow } from "./data.ts";
import { escapeHtml } from "./html.ts";

export type Finding = DatasetRow<"findings">;
/** What a sentence needs to be printed; a translation has it too, with an empty lead. */
export type Sentence = Pick<Finding, "lead" | "text" | "template">;

// The grammar of the narrative: {metric_id|format}, {'proper name'}, {edition}.
const placeholder = /\{(?:'([^']*)'|([^{}|']+)(?:\|([a-z_0-9]+))?)\}/g;

/** `<b>Lead</b> text 62 (58–66)`, escaped, with `data-metric` on each filled number. */
export const sentenceHtml = (finding: Sentence): string =>
  `${finding.lead ? `<b>${partHtml(finding, "lead")}</b>` : ""}${partHtml(finding, "body")}`;

/** One part of the sentence, escaped and marked. */
export function partHtml(finding: Sentence, part: "lead" | "body"): string {
  const { lead } = finding;
  const full = sentenceText(finding);
  const numbers = numbersIn(full, finding.template);
  const marked = (from: number, to: number): string => {
    let html = "";
    let at = from;
    for (const number of numbers) {
      if (number.from < from || number.to > to) continue;
      html += escapeHtml(full.slice(at, number.from));
      html += `<data data-metric="${escapeHtml(number.metric)}">${escapeHtml(full.slice(number.from, number.to))}</data>`;
      at = number.to;
    }
    return html + escapeHtml(full.slice(at, to));
  };
  return part === "lead" ? marked(0, lead.length) : marked(lead.length, full.length);
}

export const sentenceText = (finding: Sentence): string => `${finding.lead}${finding.text}`;

/** The title of a page: its title finding, or the words given for a page that has none. */
export const titleOf = (findings: readonly Finding[], otherwise: string): string => {
  const title = findings.find((finding) => finding.section === "title");
  return title ? sentenceText(title) : otherwise;
};

/** The sentence is its template with the holes filled; laid over each other they say which words are numbers. */
function numbersIn(full: string, template: string): { metric: string; from: number; to: number }[] {
  const metrics: string[] = [];
  let pattern = "";
  let end = 0;
  for (const hole of template.matchAll(placeholder)) {
    pattern += literal(template.slice(end, hole.index));
    end = hole.index + hole[0].length;
    const [, name, key] = hole;
    if (name !== undefined) pattern += literal(name);
    else if (key?.includes(":")) {
      pattern += "(.+?)";
      metrics.push(key);
    } else pattern += ".*?";
  }
  const found = full.match(new RegExp(`^${pattern}${literal(template.slice(end))}$`, "ds"));
  return metrics.flatMap((metric, index) => {
    const place = found?.indices?.[index + 1];
    return place ? [{ metric, from: place[0], to: place[1] }] : [];
  });
}

const literal = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
