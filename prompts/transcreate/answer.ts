// Copy made anew for a market: two or three variants, each with its reason and what it says in English.
import { z } from "zod";
import { firstOf } from "../checks.ts";
import { checkIds, checkReasons, passage } from "../claims.ts";
import { checkCopy, longestCopy, sameCopy } from "../copy.ts";
import { defineTask } from "../task.ts";

export const input = z.object({
  copy: z.string().meta({ description: "The source copy." }),
  market: z.string().meta({ description: "Name of the market: Germany." }),
  language: z.string().meta({ description: "Language to write in, ISO 639-1." }),
  knowledge: z.array(passage),
  names: z.array(z.string()).meta({ description: "Brands and products that are written as they are." }),
});

export const answer = z.object({
  variants: z
    .array(
      z.object({
        text: z.string().meta({ description: "The copy in the language asked for." }),
        rationale: z
          .string()
          .meta({ description: "Why it is worded so, in English, at most 300 characters." }),
        back_translation: z.string().meta({ description: "What it says, literally, in English." }),
        knowledge: z
          .array(z.string())
          .meta({ description: "Ids of the passages it draws on; may be empty." }),
      }),
    )
    .min(2)
    .max(3),
});

export type TranscreateInput = z.output<typeof input>;
export type TranscreateAnswer = z.output<typeof answer>;

export const task = defineTask({
  id: "transcreate",
  input,
  answer,
  check({ variants }, { copy, market, language, knowledge, names }) {
    const passages = new Map(knowledge.map(({ id, text }) => [id, text]));
    const allNames = [market, ...names];
    const made = { source: copy, names: allNames, texts: [] };
    const longest = longestCopy(copy);
    return firstOf(
      ...variants.flatMap(({ text, rationale, back_translation: back, knowledge: ids }) => [
        checkIds(ids, knowledge),
        checkCopy(text, longest, { ...made, language }),
        checkCopy(back, 2 * longest, { ...made, language: "en", texts: [text] }),
        checkReasons(
          rationale,
          300,
          {
            facts: [],
            knowledge: [...knowledge, { id: "copy", text: copy }, { id: "variant", text }],
            names: allNames,
          },
          [copy, ...ids.map((id) => passages.get(id) ?? "")].join(" \n "),
        ),
      ]),
      variants.some(({ text }, place) =>
        variants.slice(0, place).some((before) => sameCopy(before.text, text)),
      )
        ? "two variants are the same"
        : null,
    );
  },
});
