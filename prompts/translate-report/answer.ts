// The sentences of a report in another language, with the same placeholders: numbers are filled in after translation.
import { z } from "zod";
import { firstOf, noDigits, plainText } from "../checks.ts";
import { nameComplaint, proseOf } from "../claims.ts";
import { namesIn, scriptOf, unknownNamesIn } from "../names.ts";
import { placesIn } from "../places.ts";
import { defineTask } from "../task.ts";
import { echoOf } from "../wording.ts";

export const targets = ["ko", "de", "fr", "ja"] as const;

export const input = z.object({
  language: z.enum(targets).meta({ description: "Language to translate into." }),
  names: z.array(z.string()).meta({ description: "Names that stay as they are written." }),
  sentences: z.array(
    z.object({
      id: z.string(),
      template: z.string().meta({ description: "English, with placeholders in braces." }),
    }),
  ),
});

export const answer = z.object({
  sentences: z.array(
    z.object({
      id: z.string(),
      template: z.string().meta({ description: "The sentence, same placeholders." }),
    }),
  ),
});

export type TranslateReportInput = z.output<typeof input>;
export type TranslateReportAnswer = z.output<typeof answer>;

export const task = defineTask({
  id: "translate-report",
  input,
  answer,
  check({ sentences }, { language, names, sentences: sources }) {
    const translated = new Map(sentences.map(({ id, template }) => [id, template]));
    if (translated.size !== sentences.length) return "a sentence is answered twice";
    if (sentences.length !== sources.length || sources.some(({ id }) => !translated.has(id)))
      return "the sentences answered are not those that were sent";
    return firstOf(
      ...sources.map(({ id, template }, place) => {
        const complaint = checkSentence(translated.get(id) as string, template, language, names);
        return complaint && `sentence ${place + 1}: ${complaint}`;
      }),
    );
  },
});

const NAME = /\{'[^'{}]*'\}/g;
const PART = /\{[^{}]*\}/g;

function checkSentence(
  template: string,
  source: string,
  language: (typeof targets)[number],
  names: readonly string[],
): string | null {
  if (source.trim() === "") return template.trim() === "" ? null : "an empty sentence is given words";
  const prose = proseOf(template.replaceAll(NAME, "{name}"));
  const english = proseOf(source.replaceAll(NAME, "{name}"));
  const longest = 80 + 3 * Array.from(english).length;
  const kept = namesIn(english, names);
  // A sentence of placeholders and names has nothing to translate.
  const isBare = !/\p{L}{3,}/u.test(without(english, kept));
  return firstOf(
    partsOf(template) === partsOf(source)
      ? null
      : "its placeholders are not those of the source, each once and unchanged",
    Array.from(prose).length > longest ? "it is far longer than its source" : null,
    sentencesIn(prose) > sentencesIn(english) ? "it says more sentences than its source" : null,
    plainText(prose, longest),
    noDigits(prose),
    isBare ? null : scriptOf(without(prose, kept), language),
    !isBare && english.trim().split(/\s+/).length > 3 && prose.trim() === english.trim()
      ? "it is not translated"
      : null,
    kept.every((name) => prose.toLowerCase().includes(name.toLowerCase()))
      ? null
      : "a name of the source is missing",
    echoOf(prose),
    nameComplaint(
      unknownNamesIn(prose, language, { names: [...kept, ...placesIn(english, language)], texts: [english] }),
    ),
  );
}

/** Ends of sentences, the last one included whether or not it is marked. What is shortened with a full stop ends none. */
const sentencesIn = (prose: string): number =>
  (
    prose
      .trim()
      .match(
        /(?<=\p{L}{2}[”’»」)]?)(?<!(?<!\p{L})(?:ca|bzw|inkl|exkl|zzgl|usw|vgl|etc|evtl|ggf|max|min|nr|st|dr|env|vs))[.!?](?=\s)|[。！？](?=.)/giu,
      ) ?? []
  ).length + 1;

/** Placeholders in a fixed order: a translation may change their order, never their number. */
const partsOf = (template: string): string => (template.match(PART) ?? []).sort().join(" ");
const without = (text: string, names: readonly string[]): string =>
  names.reduce((rest, name) => rest.replaceAll(name, " "), text);
