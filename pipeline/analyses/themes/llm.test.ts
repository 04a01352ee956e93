// What a model is sent of a group of phrases, and what becomes of its answer.
import { expect, test } from "vitest";
import { task } from "../../../prompts/themes/answer.ts";
import type { Asked, Models } from "../../core/types.ts";
import { namesOf, type PhraseGroup, unnamed } from "./llm.ts";

const group = (number: number, phrases: PhraseGroup["phrases"]): PhraseGroup => ({
  ...{ market: "de", marketName: "Germany", polarity: "negative", language: "de", number },
  ...{ phrases, posts: 100 },
});
const by = { model: "openai:m", prompt_version: "1.0.0", answered_at: "2026-11-20T08:00:00.000Z" };
const dropped = { answer: null, reason: "invalid", says: "a digit", by } as const;
const named = { answer: { name: "Stickiness ", description: "It sticks." }, reason: null, by };

function models(answers: readonly unknown[]) {
  const sent: unknown[] = [];
  const fake = {
    ask: async (_task: unknown, questions: readonly unknown[]) => {
      sent.push(...questions);
      return answers as Asked<never>[];
    },
  };
  return { fake: fake as unknown as Models, sent };
}

test("a group is sent as its phrases with words for how common they are, under an item that names no phrase", async () => {
  const { fake, sent } = models([named]);
  const phrases = [
    { phrase: "klebt", posts: 50 },
    { phrase: "fettig", posts: 25 },
    { phrase: "zieht nicht ein", posts: 10 },
    { phrase: "glänzt", posts: 9 },
  ];
  await namesOf([group(2, phrases)], fake);
  expect(sent).toEqual([
    {
      item: "de:negative:2",
      input: {
        ...{ market: "Germany", language: "de", polarity: "negative" },
        phrases: [
          { phrase: "klebt", posts: "most" },
          { phrase: "fettig", posts: "many" },
          { phrase: "zieht nicht ein", posts: "some" },
          { phrase: "glänzt", posts: "few" },
        ],
      },
    },
  ]);
  expect(task.input.safeParse((sent[0] as { input: unknown }).input).success).toBe(true);
});

test("a name carries who gave it and when; a group whose answer was dropped has none", async () => {
  const one = group(1, [{ phrase: "klebt", posts: 50 }]);
  expect(await namesOf([one, one], models([named, dropped]).fake)).toEqual([
    {
      ...{ model_name: "Stickiness", model_description: "It sticks.", model: "openai:m" },
      ...{ prompt_version: "themes 1.0.0", answered_on: "2026-11-20" },
    },
    unnamed,
  ]);
});
