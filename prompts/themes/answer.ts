// A name and a sentence for a cluster of phrases. Phrases come from posts, so the answer may use their names and nothing else.
import { z } from "zod";
import { firstOf } from "../checks.ts";
import { checkReasons } from "../claims.ts";
import { defineTask } from "../task.ts";

export const longestName = 40;
export const longestDescription = 200;

export const input = z.object({
  market: z.string().meta({ description: "Name of the market: Germany." }),
  language: z.string().meta({ description: "Language of the phrases, ISO 639-1." }),
  polarity: z.enum(["positive", "negative", "distinctive"]),
  phrases: z.array(
    z.object({
      phrase: z.string(),
      posts: z
        .enum(["most", "many", "some", "few"])
        .meta({ description: "How many of the cluster's posts use it." }),
    }),
  ),
});

export const answer = z.object({
  name: z.string().meta({ description: `English name of the theme, at most ${longestName} characters.` }),
  description: z
    .string()
    .meta({ description: `One English sentence, at most ${longestDescription} characters.` }),
});

export type ThemesInput = z.output<typeof input>;
export type ThemesAnswer = z.output<typeof answer>;

export const task = defineTask({
  id: "themes",
  input,
  answer,
  check({ name, description }, { market, phrases }) {
    const said = phrases.map(({ phrase }) => phrase);
    const sources = {
      facts: [],
      knowledge: said.map((text, place) => ({ id: String(place), text })),
      names: [market],
    };
    const cited = said.join(" \n ");
    return firstOf(
      checkReasons(name, longestName, sources, cited),
      checkReasons(description, longestDescription, sources, cited),
      /[.!?:;]/u.test(name) ? "a name is a few words, not a sentence" : null,
      /^[^.!?]+\.$/u.test(description.trim())
        ? null
        : "a description is one sentence that ends with a full stop",
    );
  },
});
