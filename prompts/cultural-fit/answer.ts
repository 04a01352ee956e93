// How copy would be read in a market: issues that quote the copy and cite knowledge, tips, a revised copy and a verdict.
import { z } from "zod";
import { severities } from "../../data/contract/claims.ts";
import { firstOf, plainText, quoteOf } from "../checks.ts";
import { checkIds, checkReasons, passage } from "../claims.ts";
import { checkCopy, holdsCopy, longestCopy, sameCopy } from "../copy.ts";
import { defineTask } from "../task.ts";

export const verdicts = ["approve", "revise", "reject"] as const;
const severity = z.enum(severities);
const grave = (each: { severity: string }) => each.severity === "critical" || each.severity === "high";

export const input = z.object({
  copy: z.string().meta({ description: "The copy." }),
  market: z.string().meta({ description: "Name of the market: Germany." }),
  language: z.string().meta({ description: "Language of the copy, ISO 639-1." }),
  hits: z
    .array(z.object({ rule: z.string(), says: z.string(), quote: z.string(), severity }))
    .meta({ description: "What the market's rules on wording found in it." }),
  knowledge: z.array(passage),
  names: z.array(z.string()).meta({ description: "Brands and products that the copy may name." }),
});

export const answer = z.object({
  score: z.int().min(0).max(100).meta({ description: "How well the copy fits, 0 to 100." }),
  issues: z
    .array(
      z.object({
        quote: z.string().meta({ description: "Words of the copy, letter by letter." }),
        why: z
          .string()
          .meta({ description: "Why they fail in this market, in English, at most 300 characters." }),
        knowledge: z
          .array(z.string())
          .meta({ description: "Ids of the passages that say so; at least one." }),
        severity,
        suggestion: z.string().meta({ description: "What to write instead, in the language of the copy." }),
      }),
    )
    .max(6),
  tips: z
    .array(
      z.object({
        text: z
          .string()
          .meta({ description: "What would read better here, in English, at most 240 characters." }),
        knowledge: z
          .array(z.string())
          .meta({ description: "Ids of the passages it rests on; at least one." }),
      }),
    )
    .max(4),
  revised: z.string().meta({ description: "The whole copy as it could run, in the language of the copy." }),
  verdict: z.enum(verdicts),
});

export type CulturalFitInput = z.output<typeof input>;
export type CulturalFitAnswer = z.output<typeof answer>;

export const task = defineTask({
  id: "cultural-fit",
  input,
  answer,
  check({ score, issues, tips, revised, verdict }, { copy, market, language, hits, knowledge, names }) {
    const words = [copy, ...hits.map(({ says }) => says)];
    const sources = {
      facts: [],
      knowledge: [...knowledge, ...words.map((text, place) => ({ id: `copy ${place}`, text }))],
      names: [market, ...names],
    };
    const texts = new Map(knowledge.map(({ id, text }) => [id, text]));
    const saidBy = (ids: readonly string[]) =>
      [...words, ...ids.map((id) => texts.get(id) ?? "")].join(" \n ");
    const made = { source: copy, language, names: [market, ...names], texts: [] };
    const gravest = [...issues.filter(grave), ...hits.filter(grave)];
    return firstOf(
      ...issues.flatMap(({ quote, why, knowledge: ids, suggestion }) => [
        plainText(quote, 300),
        quoteOf(quote, copy),
        checkIds(ids, knowledge, 1),
        checkReasons(why, 300, sources, saidBy(ids)),
        checkCopy(suggestion, longestCopy(copy), made),
      ]),
      ...tips.flatMap(({ text, knowledge: ids }) => [
        checkIds(ids, knowledge, 1),
        checkReasons(text, 240, sources, saidBy(ids)),
      ]),
      checkCopy(revised, longestCopy(copy), made),
      gravest.some(({ quote }) => holdsCopy(revised, quote))
        ? "the revised copy still holds words that were found grave"
        : null,
      issues.length > 0 && sameCopy(revised, copy)
        ? "the revised copy changes nothing, yet there are issues"
        : null,
      verdict === "approve" && gravest.length > 0 ? "the verdict approves a copy with a grave issue" : null,
      verdict === "approve" && score < 60 ? "the verdict approves a copy that scores low" : null,
      verdict === "reject" && issues.length + hits.length === 0
        ? "the verdict rejects without an issue"
        : null,
    );
  },
});
