// Marks, questions, readers and the ledger: what is gathered, what is kept apart, and what adds up.
import { expect, test } from "vitest";
import { dollars, type Question, reasonsOf, totalsOf } from "./ledger.ts";
import { blocksOf, markAttributes, markOf, markWords } from "./model-mark.ts";
import { questionsOf } from "./questions.ts";
import { readingBreaks } from "./read-by.ts";
import type { Finding } from "./sentence.ts";

const finding = (about: Partial<Finding>): Finding =>
  ({
    lead: "",
    text: "x",
    written_by: "rules",
    model: null,
    prompt_version: null,
    answered_on: null,
    reviewed_by: null,
    ...about,
  }) as Finding;
const byModel = (about: Partial<Finding> = {}): Finding =>
  finding({
    written_by: "model",
    model: "openai:m",
    prompt_version: "market-report 1.0.0",
    answered_on: "2026-11-20",
    ...about,
  });

test("adjacent sentences of one mark are one block; rules between them, another day or a reviewer make another", () => {
  const sizes = (findings: Finding[]) => blocksOf(findings).map((block) => block.findings.length);
  expect(sizes([byModel(), byModel()])).toEqual([2]);
  expect(sizes([byModel(), finding({}), byModel()])).toEqual([1, 1, 1]);
  expect(sizes([byModel(), byModel({ answered_on: "2026-11-21" })])).toEqual([1, 1]);
  expect(sizes([byModel(), byModel({ reviewed_by: "Ada" })])).toEqual([1, 1]);
  expect(sizes([])).toEqual([]);
});

test("a rule's sentence has no mark, whatever else stands in its row", () => {
  expect(markOf(finding({ model: "openai:m" }))).toBeNull();
  expect(markAttributes(null)).toEqual({});
});

test("a mark says who, on which prompt, when, and who answers for it", () => {
  const mark = markOf(byModel());
  expect(mark && markWords(mark)).toBe("openai:m, prompt market-report 1.0.0, 20 Nov 2026, not reviewed");
  expect(markAttributes(markOf(byModel({ reviewed_by: "Ada" })))["data-reviewed-by"]).toBe("Ada");
});

test("a question gathers the sentences after it until the next one", () => {
  const found = questionsOf([finding({ lead: "A?" }), finding({}), finding({ lead: "B?" })]);
  expect(found.map(({ question, answer }) => [question, answer.length])).toEqual([
    ["A?", 2],
    ["B?", 1],
  ]);
});

test("a series breaks where another reader goes on, and a week nobody read is no reader", () => {
  const week = (day: string, read_by: string, score: number | null = 50) => ({
    week: day,
    read_by,
    sentiment_score: score,
  });
  expect(
    readingBreaks([
      week("2026-11-02", "offline"),
      week("2026-11-09", "openai:m", null),
      week("2026-11-16", "offline"),
      week("2026-11-23", "openai:m"),
    ]),
  ).toEqual([{ day: "2026-11-23", before: "the offline engine", reader: "m" }]);
});

test("an answer used again is not paid again, and one that was dropped is", () => {
  const question = (about: Partial<Question>): Question =>
    ({
      tokens_in: 10,
      tokens_cache_write: 1,
      tokens_cached: 2,
      tokens_out: 3,
      cost_micros: 7,
      verdict: "accepted",
      reused: "fresh",
      reason: null,
      ...about,
    }) as Question;
  const asked = [
    question({}),
    question({ reused: "kept" }),
    question({ verdict: "dropped", reason: "a digit" }),
    question({ verdict: "not_answered", reused: null, cost_micros: 0, reason: "ceiling" }),
  ];
  expect(totalsOf(asked)).toMatchObject({
    questions: 4,
    answered: 2,
    dropped: 1,
    notAnswered: 1,
    kept: 1,
    tokensIn: 52,
    tokensOut: 12,
    paidMicros: 14,
    keptMicros: 7,
  });
  expect(reasonsOf(asked).map(({ reason, n }) => [reason, n])).toEqual([
    ["a digit", 1],
    ["ceiling", 1],
  ]);
  expect(dollars(1_234_567_891)).toBe("$1,234.567891");
});
