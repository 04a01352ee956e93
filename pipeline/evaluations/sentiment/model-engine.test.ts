// A model is held against labels as the offline engine is; what it said once is not asked again.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { silentLog } from "../../core/log.ts";
import type { FakeRequest } from "../../test/fake-models/request.ts";
import { type FakeModels, startFakeModels } from "../../test/fake-models/server.ts";
import { evaluateSentiment } from "./evaluation.ts";
import { modelEngine } from "./model-engine.ts";

const context = { log: silentLog, random: () => Math.random, milliseconds: () => 0 };
const rows = [
  { text: "I love this serum, it is amazing and my skin glows", label: "positive" },
  { text: "Worst purchase ever, it broke me out and smells terrible", label: "negative" },
  { text: "New in: toner with rice extract, in stores from Monday", label: "neutral" },
  { text: "Love the texture, worst price I have seen", label: "neutral" },
  { text: "Love love love it, the best cream I own", label: "positive" },
];
let folder: string;
let models: FakeModels;

/** A model that reads two words. */
const byWord = ({ data }: FakeRequest) => ({
  answers: itemsIn(data).map(({ id, text }) => {
    const love = /love/i.test(text);
    const worst = /worst/i.test(text);
    const label = love && worst ? "mixed" : love ? "positive" : worst ? "negative" : "neutral";
    return { id, label, irony: false, aspects: [], unsure: false };
  }),
});
const itemsIn = (data: readonly unknown[]): { id: string; text: string }[] =>
  data.flatMap((each) => (each as { items?: { id: string; text: string }[] }).items ?? []);

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "sentiment-model-"));
  models = await startFakeModels({ answer: byWord });
});
afterEach(async () => {
  rmSync(folder, { recursive: true });
  await models.close();
});

const worldAt = (day: string, variables?: Record<string, string>) => ({
  root: join(folder, "state"),
  variables: variables ?? { OPENAI_API_KEY: "test-key", OPENAI_BASE_URL: models.openaiBaseUrl },
  now: () => new Date(`2026-11-${day}T12:00:00Z`),
  patience: { deadlineMs: 2_000, attemptMs: 1_000, firstWaitMs: 1 },
});

function evaluate(given: Record<string, string> = {}, world = worldAt("21"), of = rows) {
  const file = join(folder, "texts.ndjson");
  writeFileSync(file, of.map((row) => JSON.stringify(row)).join("\n"));
  const words = { file, text: "text", label: "label", lang: "en", engine: "llm", ...given };
  return evaluateSentiment(words, context, world);
}

test("a model's labels are judged with the same figures, mixed as neutral, beside cost and the offline engine", async () => {
  const measured = await evaluate();
  expect(measured.n).toBe(5);
  expect(measured.figures).toMatchObject({ accuracy: 1, macroF1: 1, kappa: 1, coverage: 1, answered: 1 });
  expect(measured.figures["costUsd"]).toBeGreaterThan(0);
  expect(measured.figures["engineAgreement"]).toBeGreaterThanOrEqual(0.6);
  expect(measured.figures["engineKappa"]).toBeLessThanOrEqual(1);
  expect(measured.notes.join("\n")).toContain("Read by openai:gpt-6-luna, prompt 1.0.0");
});

test("a second run asks nothing, however late, and says the same; a new text is one question", async () => {
  const first = await evaluate();
  const asked = models.asked.length;
  const later = await evaluate({}, worldAt("29"));
  expect(models.asked.length).toBe(asked);
  expect(later.figures).toEqual(first.figures);
  expect(later.notes.join("\n")).toContain("0 answers are of this run and cost $0.0000");
  const frozen = await evaluate({ frozen: "true" }, worldAt("29", {}));
  expect(frozen.figures).toEqual(first.figures);
  await evaluate({}, worldAt("29"), [...rows, { text: "I love the lid", label: "positive" }]);
  expect(models.asked.slice(asked).flatMap(({ data }) => itemsIn(data))).toHaveLength(1);
});

test("a limit takes texts spread over the file, for either engine", async () => {
  expect((await evaluate({ limit: "2" })).n).toBe(2);
  expect(models.asked.flatMap(({ data }) => itemsIn(data)).map(({ text }) => text)).toEqual([
    rows[0]?.text,
    rows[2]?.text,
  ]);
  expect((await evaluate({ limit: "3", engine: "offline" })).n).toBe(3);
  await expect(evaluate({ limit: "0" })).rejects.toThrow("invalid --limit: 0");
});

test("accounts and links of a labelled text stay here", async () => {
  await evaluate({}, worldAt("21"), [
    { text: "love it @somebody https://shop.example/x", label: "positive" },
    { text: "worst @other", label: "negative" },
  ]);
  expect(models.calls.map(({ body }) => body).join("")).not.toMatch(/somebody|shop\.example|@other/);
});

test("what a model does not answer counts as missed, and the reason is said", async () => {
  models.set({
    answer: (request) => ({ answers: byWord(request).answers.filter(({ label }) => label !== "neutral") }),
  });
  const measured = await evaluate();
  expect(measured.figures).toMatchObject({ answered: 0.8, accuracy: 0.8 });
  expect(measured.notes.join("\n")).toContain(
    "1 texts unclassified: invalid: no answer stands under this id",
  );
});

test("without a key, at the ceiling, with a missing answer and --frozen, or an engine that is none, it refuses", async () => {
  await expect(evaluate({}, worldAt("21", {}))).rejects.toThrow("missing key: no key is set");
  await expect(evaluate({ budgetUsd: "0" })).rejects.toThrow("budget: the ceiling of the run is reached");
  await expect(evaluate({ frozen: "true" })).rejects.toThrow("--frozen forbids to ask");
  await expect(evaluate({ engine: "auto" })).rejects.toThrow("unknown engine: auto");
  expect(models.asked.length).toBe(0);
});

test("the record says which model and which prompt read", () => {
  expect(modelEngine({}, worldAt("21"))).toMatch(/^openai:gpt-6-luna · prompt \d+\.\d+\.\d+ [0-9a-f]{8}$/);
});
