// A changed prompt is worth what its answers are worth: recorded ones count for the prompt that they were made with, and nobody lowers the bar unseen.
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { goodAnswers } from "../../../prompts/good-answers.ts";
import type { Given } from "../../core/evaluation.ts";
import { silentLog } from "../../core/log.ts";
import type { FakeRequest } from "../../test/fake-models/request.ts";
import { type FakeModels, startFakeModels } from "../../test/fake-models/server.ts";
import { evaluatePrompts, heldAgainstScores, measuredCases, promptsFolder } from "./evaluation.ts";
import { fallen } from "./scores.ts";

const context = { log: silentLog, random: () => Math.random, milliseconds: () => 0 };
let prompts: string;
let models: FakeModels | null = null;

beforeEach(() => {
  prompts = mkdtempSync(path.join(tmpdir(), "prompts-"));
  mkdirSync(path.join(prompts, "themes"));
  for (const file of ["frame.md", "themes/prompt.md", "themes/cases.jsonl", "themes/recorded.jsonl"])
    cpSync(path.join(promptsFolder, file), path.join(prompts, file));
});
afterEach(async () => {
  rmSync(prompts, { recursive: true });
  await models?.close();
  models = null;
});

const evaluate = (given: Given, variables: Record<string, string> = {}) =>
  evaluatePrompts(given, context, {
    ...{ prompts, variables, now: () => new Date("2026-11-21T12:00:00Z") },
    patience: { deadlineMs: 2_000, attemptMs: 1_000, firstWaitMs: 1 },
  });

/** A model that answers every cluster with the same theme. */
async function keysOf(theme: Record<string, unknown>) {
  const answer = ({ data }: FakeRequest) => ({ answers: [{ ...theme, id: idIn(data) }] });
  models = await startFakeModels({ answer });
  return { OPENAI_API_KEY: "test-key", OPENAI_BASE_URL: models.openaiBaseUrl };
}
const idIn = (data: unknown) => /"id":"(p[0-9a-f]{4})"/.exec(JSON.stringify(data))?.[1];
const taskRow = (measured: Awaited<ReturnType<typeof evaluate>>) => measured.tables?.["tasks"]?.[0];
const rewrite = (file: string, change: (text: string) => string) =>
  writeFileSync(path.join(prompts, file), change(readFileSync(path.join(prompts, file), "utf8")));
const sticky = goodAnswers["themes"]?.["de-sticky"] as Record<string, unknown>;

test("no prompt of this repository is worth two points less than its scores say, and no recording is stale", () => {
  expect(heldAgainstScores(promptsFolder)).toEqual([]);
});

const held = (score: number | null, stale = 0, missing = 0) =>
  new Map([["themes", { score, stale, missing }]]);
const bar = { themes: { score: 0.9, cases: 50, prompt_version: "1.0.0", model: "openai:m" } };

test("two points less are taken, more are not, nor a score that nobody can compare", () => {
  expect(fallen(bar, held(0.95))).toEqual([]);
  expect(fallen(bar, held(0.88))).toEqual([]);
  expect(fallen(bar, held(0.879))).toEqual(["themes: 87.9 points, before 90.0: more than two points lower."]);
  expect(fallen(bar, held(null, 6))[0]).toContain("6 recorded answers are stale");
  expect(fallen(bar, held(0.95, 0, 1))[0]).toContain("1 are missing");
  expect(fallen({}, held(0.95))[0]).toContain("no score to hold it against");
});

test("recorded answers are judged as a run would, without a key, and answers by hand are called that", async () => {
  const replay = await evaluate({ replay: "true" });
  expect(replay).toMatchObject({ n: 6, figures: { score: 5 / 6, costUsd: null, latencyMs: null } });
  expect(replay.tables?.["cases that do not hold"]).toEqual([
    { task: "themes", case: "us-mixed", what: "mentions cluster" },
  ]);
  expect(replay.notes.join("\n")).toContain("6 of 6 answers were written by hand, not by a model");
});

test("a bar is kept, and a worse answer is held against it", async () => {
  await evaluate({ replay: "true", keepScores: "true" });
  expect(heldAgainstScores(prompts)).toEqual([]);
  rewrite("themes/recorded.jsonl", (text) => text.replace("Breakouts", "Visit evil.example"));
  expect(heldAgainstScores(prompts)).toEqual([
    "themes: 66.7 points, before 83.3: more than two points lower.",
  ]);
});

test.each([
  ["themes/prompt.md", "version: 1.0.0", "version: 1.1.0", 6],
  ["themes/prompt.md", "Task: ", "Task, in short: ", 6],
  ["themes/cases.jsonl", "trop cher", "bien trop cher", 1],
])("with another %s (%s → %s) a recording is stale, and is not counted", async (file, from, to, stale) => {
  rewrite(file, (text) => text.replace(from, to));
  const replay = await evaluate({ replay: "true" });
  expect(replay.n).toBe(6 - stale);
  expect(replay.notes.join("\n")).toContain(`themes: ${stale} recorded answers are stale`);
  // Nobody's prompt made what was written by hand.
  expect((await evaluate({ replay: "true", record: "true" })).n).toBe(6);
});

test("what a model said of another prompt is never taken over", async () => {
  rewrite("themes/recorded.jsonl", (text) => text.replaceAll("written-by-hand", "openai:gpt-6-luna"));
  rewrite("themes/prompt.md", (text) => text.replace("version: 1.0.0", "version: 1.1.0"));
  const replay = await evaluate({ replay: "true", record: "true" });
  expect(replay).toMatchObject({ n: 0, figures: { score: null } });
});

test("a model is asked every case alone; its answers are recorded word for word and say the same again", async () => {
  const keys = await keysOf(sticky);
  const live = await evaluate({ record: "true", task: "themes" }, keys);
  expect(models?.asked.length).toBe(6);
  expect(taskRow(live)).toMatchObject({ model: "openai:gpt-6-luna", before: 5 / 6, before_prompt: "1.0.0" });
  expect(live.figures["costUsd"]).toBeGreaterThan(0);
  expect(live.figures["latencyMs"]).toBeGreaterThanOrEqual(0);
  const replay = await evaluate({ replay: "true" });
  expect(replay.figures).toEqual(live.figures);
  expect(replay.tables?.["cases that do not hold"]).toEqual(live.tables?.["cases that do not hold"]);
  expect(models?.asked.length).toBe(6);
  expect(measuredCases(prompts)).toMatchObject([{ id: "themes", given: { task: "themes", replay: "true" } }]);
});

test("what was written by hand is no accuracy of a model", () => {
  expect(measuredCases(prompts)).toEqual([]);
});

test("a changed prompt shows its score beside that of the recorded version", async () => {
  rewrite("themes/prompt.md", (text) => text.replace("version: 1.0.0", "version: 1.1.0"));
  const live = await evaluate({}, await keysOf(sticky));
  const row = taskRow(live);
  expect(row).toMatchObject({ prompt: "1.1.0", before_prompt: "1.0.0", before: 5 / 6 });
  expect(row?.["change"]).toBeCloseTo((row?.["score"] as number) - 5 / 6);
  // Nobody asked for a recording.
  expect((await evaluate({ replay: "true" })).n).toBe(0);
});

test("without a key, with a key that no provider takes, and at the ceiling there is no score, and the reason is said", async () => {
  await expect(evaluate({})).rejects.toThrow("missing key: no key is set for a model of the tier small");
  await expect(evaluate({ task: "theme" })).rejects.toThrow("unknown task: theme. There are themes.");
  const keys = await keysOf(sticky);
  await expect(evaluate({ budgetUsd: "0" }, keys)).rejects.toThrow("the ceiling of --budget-usd is reached");
  await expect(evaluate({ budgetUsd: "much" }, keys)).rejects.toThrow("invalid --budget-usd: much");
  expect(models?.asked.length).toBe(0);
  models?.set({ fault: "401" });
  await expect(evaluate({}, keys)).rejects.toThrow("openai:gpt-6-luna: key");
  expect(models?.asked.length).toBe(1);
});

test("a line that is no recorded answer is named", async () => {
  rewrite("themes/recorded.jsonl", (text) => `${text}{"case":"x"}\n`);
  await expect(evaluate({ replay: "true" })).rejects.toThrow(/invalid recorded answer: .*recorded\.jsonl:7/);
});
