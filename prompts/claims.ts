// A claim is the one thing a model may write into a report: a sentence, what it rests on, and nothing that was not sent.
import { z } from "zod";
import { firstOf, noDigits, placeholdersOf, plainText, quoteOf } from "./checks.ts";
import { type Sent, unknownNames } from "./names.ts";

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
    ...[written.lead, proseOf(written.template)].flatMap((text) => [
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
    quantityWithoutSource(text, cited),
    lawWithoutSource(text, cited),
  );

/** Null when every id was sent, each once, and there are at least `least`. */
export function checkIds(ids: readonly string[], sent: readonly { id: string }[], least = 0): string | null {
  const known = new Set(sent.map(({ id }) => id));
  if (ids.length < least) return "a text names no passage that it rests on";
  if (ids.some((id) => !known.has(id))) return "a text names a passage that was not sent";
  return new Set(ids).size === ids.length ? null : "a text names one passage twice";
}

/** Null when the text does not repeat its rules or speak of itself. */
export const echoOf = (text: string): string | null =>
  ECHO.test(text) ? "a text speaks of the rules, the data's form or the writer instead of the market" : null;

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
    .replaceAll(/(?<!\p{L})n = (?=\{)/gu, "n ")
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

const NUMBERS: Readonly<Record<string, string>> = {
  eleven: "11",
  twelve: "12",
  thirteen: "13",
  fourteen: "14",
  fifteen: "15",
  sixteen: "16",
  seventeen: "17",
  eighteen: "18",
  nineteen: "19",
  twenty: "20",
  thirty: "30",
  forty: "40",
  fifty: "50",
  sixty: "60",
  seventy: "70",
  eighty: "80",
  ninety: "90",
  dozen: "12",
  thousand: "1,000",
  million: "million",
  billion: "billion",
};
const QUANTITY =
  /(?<!\p{L})(?:eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen|(?:twen|thir|for|fif|six|seven|eigh|nine)ty|dozens?|hundreds?|thousands?|millions?|billions?|percent|per cent|twice|doubl(?:e|es|ed|ing)|tripl(?:e|es|ed|ing)|quadrupl(?:e|es|ed|ing)|\p{L}+fold|half|halv(?:e|es|ed|ing)|(?:a|one|two|three) (?:third|quarter|fifth|tenth)s?|(?:one|two|three|four|five|six|seven|eight|nine|ten)(?: in (?:every )?| out of | times)(?:two|three|four|five|six|seven|eight|nine|ten)?)(?!\p{L})/giu;

/** A number in words is a number: it stands in what is cited, or not at all. “Of a hundred” is a scale. */
function quantityWithoutSource(text: string, cited: string): string | null {
  const scaled = text.replaceAll(
    /\b(?:of|out of|per) (?:a|one|every)? ?(?:hundred|thousand|ten thousand)\b/gi,
    "",
  );
  const source = cited.toLowerCase();
  for (const [word] of scaled.matchAll(QUANTITY)) {
    const said = word.toLowerCase().trim();
    const digits = NUMBERS[said];
    if (source.includes(said)) continue;
    if (digits !== undefined && new RegExp(`(?<![\\d.,])${digits}(?!\\d)`).test(source)) continue;
    return "a text says a number in words that its evidence does not say: use a placeholder";
  }
  return null;
}

const LAW =
  /(?<!\p{L})(?:law|laws|lawful|unlawful|legal|illegal|legislation|regulat\p{L}*|directive|statute|ordinance|decree|act of|ban|bans|banned|prohibit\p{L}*|forbid\p{L}*|mandatory|ministry|licen[cs]\p{L}*|fined|lawsuit|court)(?!\p{L})/giu;

/** What is law is said only where cited evidence says so with the same word. */
function lawWithoutSource(text: string, cited: string): string | null {
  const source = cited.toLowerCase();
  for (const [word] of text.matchAll(LAW)) {
    if (!source.includes(word.toLowerCase().slice(0, 6)))
      return "a text speaks of law and cites nothing that says so";
  }
  return null;
}

const CAUSE =
  /(?<!\p{L})(?:caus(?:e|es|ed|ing)(?: by)?|drives|driven by|drove|is driving|are driving|due to|owing to|thanks to|leads? to|led to|leading to|results? (?:in|from)|resulted (?:in|from)|as a result of|trigger(?:s|ed)|fuel(?:s|led|ed) |attributable to|stems? from|responsible for|sparked|explains|explained by)(?!\p{L})/iu;
const BECAUSE = /(?<!\p{L})(?:because|since people|as people)(?!\p{L})/iu;

/** Numbers that move together show no cause. A passage may state one. */
function causeWithoutSource(text: string, advice: boolean): string | null {
  return CAUSE.test(text) || (!advice && BECAUSE.test(text))
    ? "a text states a cause without a passage that states it: say “coincides with”, or cite the passage"
    : null;
}

const ECHO =
  /(?<!\p{L})(?:delimiter|json|schema|placeholders?|system prompt|metric id|(?:field|names of) (?:names?|fields?)|(?:these|previous|above|my|your|the following) (?:rules|instructions)|ignore (?:all|any|the|previous)|as an ai|ai model|language model|assistant|i cannot|i can[’']t|i[’']m sorry|i am sorry|i apologi[sz]e|you are (?:a|an|one|now)|what you (?:are sent|answer)|one entry per id|(?:^|\s)task:|a program reads your answer|rules of the task|rules below|never instructions|what to answer|the attempt|the publisher|letter by letter)(?!\p{L})/iu;
