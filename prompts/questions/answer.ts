// The questions that readers of a report would ask, answered beforehand in claims.
import { z } from "zod";
import { firstOf } from "../checks.ts";
import { checkClaims, checkReasons, claim, fact, passage } from "../claims.ts";
import { defineTask } from "../task.ts";

export const longestQuestion = 140;

export const input = z.object({
  market: z.string().meta({ description: "Name of the market: Germany." }),
  facts: z.array(fact),
  knowledge: z.array(passage),
  names: z.array(z.string()).meta({ description: "Brands, terms, creators and events that may be named." }),
});

export const answer = z.object({
  questions: z
    .array(
      z.object({
        question: z
          .string()
          .meta({ description: `Ends with a question mark; at most ${longestQuestion} characters.` }),
        answer: z.array(claim).min(1).max(3).meta({ description: "The answer, one to three claims." }),
      }),
    )
    .min(4)
    .max(6),
});

export type QuestionsInput = z.output<typeof input>;
export type QuestionsAnswer = z.output<typeof answer>;

export const task = defineTask({
  id: "questions",
  input,
  answer,
  check({ questions }, { market, facts, knowledge, names }) {
    const sources = { facts, knowledge, names: [market, ...names] };
    const says = new Map([
      ...facts.map(({ id, says }) => [id, says] as const),
      ...knowledge.map(({ id, text }) => [id, text] as const),
    ]);
    const asked = new Set(questions.map(({ question }) => question.trim().toLowerCase()));
    return firstOf(
      ...questions.flatMap(({ question, answer: claims }) => [
        checkReasons(
          question,
          longestQuestion,
          sources,
          claims.flatMap(({ evidence }) => evidence.map((id) => says.get(id) ?? "")).join(" \n "),
        ),
        /^[^?]+\?$/u.test(question.trim())
          ? null
          : "a question is one question and ends with a question mark",
        checkClaims(claims, sources),
      ]),
      asked.size === questions.length ? null : "one question is asked twice",
    );
  },
});
