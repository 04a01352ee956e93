// A claim is the one thing a model may write into a report: a sentence, what it rests on, and nothing that was not sent.
import { z } from "zod";
import { firstOf, noDigits, placeholdersOf, plainText, quoteOf } from "./checks.ts";
import { type Sent, unknownNames, withoutNames } from "./names.ts";
import { causeWithoutSource, echoOf, lawWithoutSource, quantityWithoutSource } from "./wording.ts";

/** A metric of the edition, as a model is sent it. */
export const fact = z.object({
  id: z.string().meta({ description: "Metric id, for evidence and placeholders." }),
  says: z.string().meta({ description: "What the metric says, in words and numbers." }),
  formats: z.array(z.string()).meta({ description: "Formats a placeholder of it may take." }),
});
export type Fact = z.output<typeof fact>;

/** A piece of public knowledge, as a model is sent it. */
export const passage = z.object({
  id: z.string().meta({ description: "Id of the passage, for evidence and quotes." }),
  text: z.string().meta({ description: "The passage." }),
});
export type Passage = z.output<typeof passage>;

// Lengths are checked after the fact and told in descriptions: a provider may refuse a schema that bounds strings.
export const claim = z.object({
  lead: z.string().meta({
    description: "A few opening words set in bold before the sentence, at most 80 characters, or empty.",
  }),
  template: z.string().meta({
    description:
      "One or two sentences, at most 400 characters; every number is a placeholder {metric_id|format}.",
  }),
  evidence: z
    .array(z.string())
    .meta({ description: "Ids of the facts and passages that the sentence rests on; at least one." }),
  quote: z.string().nullable().meta({ description: "Words copied from a passage, or null." }),
  quote_source: z.string().nullable().meta({ description: "Id of the passage that is quoted, or null." }),
});
export type Claim = z.output<typeof claim>;

export interface ClaimSources {
  readonly facts: readonly Fact[];
  readonly knowledge: readonly Passage[];
  /** Brands, terms, events, creators and markets that may be named. */
  readonly names: readonly string[];
}

export const longestLead = 80;
export const longestTemplate = 400;
const longestQuote = 240;
const shortestQuote = 6;

/** The sentence as the narrative holds it: the lead, a space, the rest. */
export const sentenceOf = ({ lead, template }: Pick<Claim, "lead" | "template">): string =>
  lead.trim() === "" ? template : `${lead.trim()} ${template}`;

/**
 * Null when the claim may stand on a page, else what is wrong, in words that the model can repair it by. `advice` is true for recommendations,
 * whose “because” gives a reason to act and not the cause of a fact.
 */
export function checkClaim(
  written: Claim,
  sources: ClaimSources,
  { advice = false }: { readonly advice?: boolean } = {},
): string | null {
  const facts = new Map(sources.facts.map((each) => [each.id, each]));
  const passages = new Map(sources.knowledge.map((each) => [each.id, each]));
  const strange = written.evidence.find((id) => !facts.has(id) && !passages.has(id));
  if (written.evidence.length === 0) return "a claim names no evidence: name the id of a fact or a passage";
  if (strange !== undefined) return "a claim names evidence that was not sent: use ids of facts or passages";
  if (new Set(written.evidence).size !== written.evidence.length) return "a claim names one evidence twice";
  if (/[{}]/.test(written.lead)) return "a lead holds a placeholder: numbers belong in the template";
  const placeholders = firstOf(
    ...partsOf(written.template).map((part) => checkPlaceholder(part, facts, sources.names)),
  );
  if (placeholders) return placeholders;
  const cited = [
    ...[...written.evidence, ...placeholdersOf(written.template)].map(
      (id) => facts.get(id)?.says ?? passages.get(id)?.text ?? "",
    ),
    written.quote ?? "",
  ].join(" \n ");
  const citesPassage = written.evidence.some((id) => passages.has(id));
  return firstOf(
    written.lead.trim() === "" ? null : checkProse(written.lead, longestLead, sources),
    checkTemplate(written.template, longestTemplate, sources),
    // “Double cleansing” is a name, not twice of something.
    ...[written.lead, proseOf(written.template)]
      .map((text) => withoutNames(text, sources.names))
      .flatMap((text) => [
        quantityWithoutSource(text, cited),
        lawWithoutSource(text, cited),
        citesPassage ? null : causeWithoutSource(text, advice),
      ]),
    checkQuote(written, passages),
  );
}

/** The first complaint about a list of claims; the same sentence twice is one. */
export function checkClaims(
  claims: readonly Claim[],
  sources: ClaimSources,
  options: { readonly advice?: boolean } = {},
): string | null {
  const complaints = claims.map((each, place) => {
    const complaint = checkClaim(each, sources, options);
    return complaint && `claim ${place + 1}: ${complaint}`;
  });
  const first = firstOf(...complaints);
  if (first) return first;
  const sentences = claims.map((each) => sentenceOf(each).toLowerCase());
  return new Set(sentences).size === sentences.length ? null : "two claims say the same sentence";
}

/** Null when an English text that a model wrote is plain, without placeholder, digit, echo of its rules, or name that was not sent. */
export const checkProse = (text: string, longest: number, sources: ClaimSources): string | null =>
  /[{}]/.test(text) ? "a placeholder stands where no number belongs" : checkTemplate(text, longest, sources);

function checkTemplate(text: string, longest: number, sources: ClaimSources): string | null {
  const prose = proseOf(text);
  return firstOf(
    Array.from(text).length > 4 * longest ? `a text is longer than ${longest} characters` : null,
    plainText(prose, longest),
    noDigits(prose) && "a text holds a digit: numbers stand as placeholders only",
    /(?<!\u2026)%/u.test(prose) ? "a percent sign stands where no placeholder is before it" : null,
    echoOf(prose),
    nameComplaint(unknownNames(prose, sentOf(sources))),
  );
}

/** Like checkProse, for a text that gives reasons: numbers in words and talk of law stand in `cited` too. */
export const checkReasons = (
  text: string,
  longest: number,
  sources: ClaimSources,
  cited: string,
): string | null =>
  firstOf(
    checkProse(text, longest, sources),
    quantityWithoutSource(withoutNames(text, sources.names), cited),
    lawWithoutSource(withoutNames(text, sources.names), cited),
  );

/** Null when every id was sent, each once, and there are at least `least`. */
export function checkIds(ids: readonly string[], sent: readonly { id: string }[], least = 0): string | null {
  const known = new Set(sent.map(({ id }) => id));
  if (ids.length < least) return "a text names no passage that it rests on";
  if (ids.some((id) => !known.has(id))) return "a text names a passage that was not sent";
  return new Set(ids).size === ids.length ? null : "a text names one passage twice";
}

// What is wrong is never told in the model's own words: they would travel to the next call outside the fence, and into the ledger.
export const nameComplaint = (names: readonly string[]): string | null =>
  names.length === 0
    ? null
    : "a text uses a name that was not sent: name only what the facts, passages and names hold, written as there, and begin sentences with an ordinary word";

const sentOf = ({ facts, knowledge, names }: ClaimSources): Sent => ({
  names,
  texts: [...facts.map((each) => each.says), ...knowledge.map((each) => each.text)],
});

/** Stands in prose where a number will stand: a character that is plain, is no word, and ends no sentence by itself. */
const PLACEHOLDER_MARK = "\u2026";
const PART = /\{[^{}]*\}/g;
const partsOf = (template: string): string[] => template.match(PART) ?? [];
/** The template as it will be read, but for its numbers; “n = …” is how a count is written. */
export const proseOf = (template: string): string =>
  template
    .replaceAll(/\{'([^'{}]*)'\}/g, "name")
    .replaceAll(/(?<!\p{L})n\p{Zs}?=\p{Zs}?(?=\{)/gu, "n ")
    .replaceAll(/\{[^{}']+\}/g, PLACEHOLDER_MARK);

/** `{metric_id|format}` of a fact that was sent, or `{'name'}` of a name that was sent. */
function checkPlaceholder(
  part: string,
  facts: ReadonlyMap<string, Fact>,
  names: readonly string[],
): string | null {
  const name = /^\{'([^']*)'\}$/.exec(part)?.[1];
  if (name !== undefined)
    return names.some((each) => each.replaceAll("'", "’") === name)
      ? null
      : "a name in a placeholder was not sent: copy it from names";
  const [, id, format] = /^\{([^{}|']+)(?:\|([a-z_0-9]+))?\}$/.exec(part) ?? [];
  if (id === undefined) return "a placeholder is malformed: write {metric_id|format}";
  const found = facts.get(id);
  if (!found) return "a placeholder names a metric that was not sent";
  return found.formats.includes(format ?? "0")
    ? null
    : "a placeholder takes a format that was not sent with its metric";
}

function checkQuote(written: Claim, passages: ReadonlyMap<string, Passage>): string | null {
  const { quote, quote_source: source } = written;
  if (quote === null && source === null) return null;
  if (quote === null || source === null) return "a quote and its source go together: give both or neither";
  const found = passages.get(source);
  if (!found) return "a quote names a source that is no passage that was sent";
  const length = Array.from(quote.trim()).length;
  if (length < shortestQuote) return "a quote is too short to be one";
  return firstOf(plainText(quote, longestQuote), quoteOf(quote, found.text));
}
