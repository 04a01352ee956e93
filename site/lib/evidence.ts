// A finding with what it rests on: a chip per metric and per passage of knowledge, and the words it quotes with the way to their source.
import { knowledgeNote, method } from "./addresses.ts";
import { type DatasetRow, marketName, metricDefinition, metricValue, readEdition, rowsOf } from "./data.ts";
import { formOf, interval } from "./format.ts";
import { escapeHtml } from "./html.ts";
import { anchorOf } from "./knowledge.ts";
import { type Finding, partHtml, sentenceHtml } from "./sentence.ts";

export type Form = "lead" | "plain" | "prose" | "paragraphs";

/** Sentences as a list, as one paragraph, or as one each. */
export function sentencesHtml(findings: readonly Finding[], form: Form): string {
  const all = findings.map((finding) => evidencedHtml(finding));
  if (form === "prose") return `<p>${all.join(" ")}</p>`;
  if (form === "paragraphs") return all.map((html) => `<p>${html}</p>`).join("");
  return `<ul class="${form}">${all.map((html) => `<li>${html}</li>`).join("")}</ul>`;
}

/** The sentence, its quote and its chips, escaped; of an answer, whose lead is the question, only what follows the lead. */
export function evidencedHtml(finding: Finding, part: "sentence" | "body" = "sentence"): string {
  const chips = finding.evidence
    .filter((id) => finding.quote === null || id !== finding.quote_source)
    .map((id, place) => `${place === 0 ? "\u00a0" : " "}${chipHtml(id, finding)}`);
  const words = part === "body" ? partHtml(finding, "body") : sentenceHtml(finding);
  return words + chips.join("") + quoteHtml(finding);
}

function quoteHtml({ quote, quote_source, edition }: Finding): string {
  if (quote === null) return "";
  const passage = quote_source === null ? null : passageOf(quote_source, edition);
  const address = passage && passageAddress(passage);
  const title = escapeHtml(passage ? passageTitle(passage) : (quote_source ?? ""));
  const source = address ? `<a href="${address}">${title}</a>` : title;
  return ` <span class="cited"><q>${escapeHtml(quote)}</q> ${source}</span>`;
}

function chipHtml(id: string, finding: Finding): string {
  if (id.startsWith("event:")) return eventChipHtml(id.slice("event:".length), finding);
  const passage = passageOf(id, finding.edition);
  if (!passage)
    return `<a class="e" href="${method(id)}" title="${escapeHtml(evidenceOf(id, finding.edition))}">${escapeHtml(chipWord(id, finding))}</a>`;
  const address = passageAddress(passage);
  const about = `title="${escapeHtml(`${passage.id}: ${passage.source_title}, ${passage.source_publisher}`)}"`;
  const word = escapeHtml(passageTitle(passage));
  return address
    ? `<a class="e note-of" href="${address}" ${about}>${word}</a>`
    : `<span class="e note-of" ${about}>${word}</span>`;
}

/** An event has no page: its chip is the word of the time axis, with day, title and source behind it. */
function eventChipHtml(id: string, { edition }: Finding): string {
  const event = rowsOf("events", "event", id, edition)[0];
  const about = event ? `${event.day}: ${event.title} (${event.source})` : id;
  return `<span class="e note-of" title="${escapeHtml(about)}">${escapeHtml(event?.label ?? id)}</span>`;
}

const passageOf = (id: string, edition: string): DatasetRow<"knowledge"> | null =>
  id.includes("#") ? (rowsOf("knowledge", "id", id, edition)[0] ?? null) : null;

const passageTitle = ({ title, heading }: DatasetRow<"knowledge">): string =>
  heading === title ? title : `${title}: ${heading}`;

/** Notes have pages in the latest edition only: what it no longer holds is named without a link. */
function passageAddress(passage: DatasetRow<"knowledge">): string | null {
  return passageOf(passage.id, readEdition().edition)
    ? `${knowledgeNote(passage.note)}#${encodeURIComponent(anchorOf(passage))}`
    : null;
}

/** The chip's tooltip is the evidence itself: id, value, interval, n. */
function evidenceOf(id: string, edition: string): string {
  const metric = metricValue(id, edition);
  if (!metric) return id;
  const form = formOf(metric.unit);
  const value = metric.text_value ?? (metric.value === null ? "no value" : form(metric.value));
  const range = interval(metric.low, metric.high, form);
  return `${id} = ${value}${range ? ` (${range})` : ""}, n = ${metric.n.toLocaleString("en")}`;
}

function metricName(id: string): string {
  const title = metricDefinition(id.split(":")[0] ?? id)?.title ?? id;
  // “Net sentiment” becomes “net sentiment” on a chip; an abbreviation keeps its capitals.
  return /^[A-Z][a-z]/.test(title) ? title.charAt(0).toLowerCase() + title.slice(1) : title;
}

/** Two chips of one metric are told apart by their market. */
function chipWord(id: string, finding: Finding): string {
  const name = metricName(id);
  if (finding.evidence.filter((other) => metricName(other) === name).length < 2) return name;
  return `${name}, ${marketName(id.split(":")[1] ?? "all", readEdition(finding.edition))}`;
}
