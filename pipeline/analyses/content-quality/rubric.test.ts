// What levels say of a creator, and what they must not be mixed with.
import { expect, test } from "vitest";
import { contentRubric } from "../../../data/contract/datasets/content_rubric.ts";
import type { ContentQualityAnswer } from "../../../prompts/content-quality/answer.ts";
import type { Models } from "../../core/types.ts";
import { seededRandom } from "../../stats/seeded-random.ts";
import type { CaptionedPost } from "./captions.ts";
import { captionsJudged, type JudgedCaption, judgedCaptions } from "./llm.ts";
import { agreements, rubricRows } from "./rubric.ts";

const post = (number: number, about: Partial<CaptionedPost> = {}): CaptionedPost => ({
  ...{ post_key: `p${String(number).padStart(3, "0")}`, creator: "mina", market: "de" },
  ...{ published_on: `2026-10-${String(1 + (number % 28)).padStart(2, "0")}`, language: "de", tags: [] },
  ...{ text: `Text ${number}`, provenance: "observed" },
  ...about,
});
const answer = (hook: ContentQualityAnswer["hook"], unsure = false): ContentQualityAnswer => ({
  ...{ hook, clarity: "fair", specificity: "fair", authenticity: "fair", market_fit: "good", unsure },
});
const by = (model = "openai:m", answered_at = "2026-11-20T08:00:00.000Z") => ({
  ...{ model, prompt_version: "1.0.0", answered_at },
});
const judged = (number: number, about: Partial<JudgedCaption> = {}): JudgedCaption => ({
  ...{ post: post(number), answer: answer("fair"), by: by(), before: null },
  ...about,
});
const hookOf = (list: readonly JudgedCaption[], fewest = 10) => {
  const rows = rubricRows("2026-W47", list, fewest);
  for (const row of rows) contentRubric.columns.parse(row);
  return rows.find(({ criterion }) => criterion === "hook");
};
const levels = ["weak", "weak", "weak", "fair", "fair", "good", "good", "good", "good", "strong"] as const;

test("ten captions have a middle level with the levels that bound a quarter on each side; nine have counts alone", () => {
  const ten = levels.map((level, number) => judged(number, { answer: answer(level) }));
  expect(hookOf(ten)).toMatchObject({
    ...{ asked: 10, posts: 10, weak: 3, fair: 2, good: 4, strong: 1, absent: 0 },
    ...{ low_level: "weak", median_level: "fair", high_level: "good", reason: null },
  });
  expect(hookOf(ten.slice(1))).toMatchObject({
    ...{ posts: 9, weak: 2, median_level: null, low_level: null, high_level: null, reason: "too_few" },
  });
});

test("a caption that the model was unsure of is counted and has no level; one without an answer was asked", () => {
  const list = [
    judged(1),
    judged(2, { answer: answer("strong", true) }),
    judged(3, { answer: null, by: null }),
  ];
  expect(hookOf(list)).toMatchObject({ asked: 3, posts: 1, unsure: 1, strong: 0, fair: 1 });
});

test("levels of two models are never mixed: the one that judged most captions speaks", () => {
  const other = judged(9, { answer: answer("strong"), by: by("anthropic:n") });
  expect(hookOf([other, judged(1), judged(2)])).toMatchObject({ model: "openai:m", posts: 2, strong: 0 });
});

test("a creator of whom nothing was answered has no row", () => {
  expect(rubricRows("2026-W47", [judged(1, { answer: null, by: null })], 10)).toEqual([]);
  expect(rubricRows("2026-W47", [], 10)).toEqual([]);
});

test("where an earlier edition asked the same, the row says how far the two answers lie apart", () => {
  const list = [
    judged(1, { before: answer("fair") }),
    judged(2, { before: answer("strong") }),
    judged(3, { before: answer("fair", true) }),
    judged(4),
  ];
  expect(hookOf(list)).toMatchObject({ judged_before: 2, same_before: 1, steps_before: 1 });
  expect(hookOf([judged(1)])).toMatchObject({ judged_before: 0, steps_before: null });
});

test("levels that rise with the rules agree with them, and thirty captions are needed to say so", () => {
  const list = Array.from({ length: 40 }, (_, number) =>
    judged(number, { answer: answer(levels[number % 10] as "weak") }),
  );
  const scores = (place: number) => ({
    ...{
      caption_effectiveness: place,
      caption_hook: place,
      caption_readability: null,
      caption_language: 100,
    },
  });
  const of = (entity: string, from = list) =>
    agreements(from, (key) => scores(Number(key.slice(1)) % 10), seededRandom).find(
      (one) => one.entity === entity,
    );
  expect(of("hook")?.validity?.rho).toBeGreaterThan(0.9);
  expect(of("hook")?.n).toBe(40);
  expect(of("clarity")).toMatchObject({ n: 0, validity: null });
  // Every caption is in the market's language: nothing to rank.
  expect(of("market_fit")).toMatchObject({ n: 40, validity: null });
  expect(of("hook", list.slice(0, 29))).toMatchObject({ n: 29, validity: null });
});

const audiences = new Map([["de", { name: "Germany", language: "de" }]]);
const models = (answers: Partial<Models>) => answers as unknown as Models;
const said = { answer: answer("good"), reason: null, by: by() };

test("each creator's twelve latest captions are sent without accounts and links, and no text stands in the item", async () => {
  const sent: { item: string; input: { text: string } }[] = [];
  const fake = models({
    ask: (async (_task: never, questions: typeof sent) => {
      sent.push(...questions);
      return questions.map(() => said);
    }) as never,
    recall: ((_task: never, questions: typeof sent) => questions.map(() => null)) as never,
  });
  const many = Array.from({ length: 20 }, (_, number) => post(number));
  const hostile = post(27, { text: "Ask @somebody at https://shop.example, call +49 170 1234567" });
  const elsewhere = post(5, { creator: "zora", market: "zz" });
  const found = await judgedCaptions([...many, hostile, elsewhere], audiences, {
    ...{ models: fake, edition: "2026-W47" },
  });
  expect(found.length).toBe(captionsJudged);
  expect(sent[0]).toEqual({
    item: "post-p027",
    input: {
      ...{ text: "Ask [account] at [link] call [number]", language: "de" },
      ...{ market: "Germany", market_language: "de" },
    },
  });
  expect(sent.map(({ item }) => item)).not.toContain("post-p000");
});

test("an answer that is still reused, or that another model gave, is no second opinion", async () => {
  const at = "2026-11-13T08:00:00.000Z";
  const recalled = [
    { ...said, by: by("openai:m", at) },
    { ...said, by: by() },
    { ...said, by: by("anthropic:n", at) },
    null,
  ];
  const asked: unknown[] = [];
  const fake = models({
    ask: (async (_task: never, questions: readonly never[]) => questions.map(() => said)) as never,
    recall: ((_task: never, _questions: never, about: unknown) => {
      asked.push(about);
      return recalled;
    }) as never,
  });
  const found = await judgedCaptions([post(4), post(3), post(2), post(1)], audiences, {
    ...{ models: fake, edition: "2026-W47" },
  });
  expect(asked).toEqual([{ before: "2026-W47" }]);
  expect(found.map(({ before }) => before !== null)).toEqual([true, false, false, false]);
});
