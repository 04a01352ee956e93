// A ceiling holds whatever the bills say: together they exceed it by no more than one call.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { task as sentiment } from "../../prompts/sentiment/answer.ts";
import { silentLog } from "../core/log.ts";
import { type Fault, faults } from "../test/fake-models/faults.ts";
import type { FakeRequest } from "../test/fake-models/request.ts";
import { type FakeModels, startFakeModels } from "../test/fake-models/server.ts";
import { everyAnswer } from "./answers.ts";
import type { Ceilings } from "./budget.ts";
import { openLedger } from "./ledger.ts";
import { enginesAt, tiersAt } from "./open.ts";
import { costMicros, readPrices } from "./prices.ts";
import { ANY_CALL, messagesUsage, responsesUsage } from "./providers/usage.ts";

let folder: string;
let server: FakeModels;
/** Micro-dollars of every bill that the server wrote, in order. */
let bills: number[] = [];
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "leap-spend-"));
  server = await startFakeModels();
  bills = [];
});
afterEach(async () => {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

const prices = readPrices(join(import.meta.dirname, "../../data/reference/llm-prices.json"), "2026-11-20");

/** A fault that multiplies what is billed, and keeps the bill. */
const dear = (request: FakeRequest, factor: number, fault: Fault = {}): Fault => ({
  ...fault,
  usage(usage) {
    const stated = JSON.parse(
      JSON.stringify(usage, (_key, value) => (typeof value === "number" ? value * factor : value)),
    );
    const read = request.provider === "openai" ? responsesUsage : messagesUsage;
    const price = prices({ provider: request.provider, model: request.model });
    bills.push(costMicros(price, read(stated, ANY_CALL) as never, request.batched));
    return stated;
  },
});

function engine(ceilings: Partial<Ceilings>, waits: { waitMs: number; pollMs: number } | null = null) {
  const models = ["openai:gpt-6-luna", "anthropic:claude-haiku-5-5"];
  const tiers = tiersAt({
    variables: {
      OPENAI_API_KEY: "test-key",
      OPENAI_BASE_URL: server.openaiBaseUrl,
      ANTHROPIC_API_KEY: "test-key",
      ANTHROPIC_BASE_URL: server.anthropicBaseUrl,
    },
    ...{ models: { small: models, large: models }, prices },
  });
  return enginesAt({
    ...{ root: folder, tiers, log: silentLog, now: () => new Date(), waits },
    ceilings: { run: null, day: null, task: {}, ...ceilings },
    patience: { deadlineMs: 5_000, attemptMs: 2_000, firstWaitMs: 5 },
  })("2026-W47");
}

const questions = (count: number, word = "post") =>
  Array.from({ length: count }, (_, index) => ({
    item: `${word}-${index}`,
    input: { text: `${word} ${index} says that this is fine`, language: "en", market: "us" },
  }));

const total = (of: readonly number[]) => of.reduce((sum, each) => sum + each, 0);
const booked = () =>
  total(
    openLedger(join(folder, "ledger.ndjson"), everyAnswer(join(folder, "answers")))
      .entries()
      .map(({ cost_micros }) => cost_micros),
  );

const tenfold = ({ number }: FakeRequest) => (number > 4 ? 10 : 1);
/** Every third question is answered in part and repaired; OpenAI runs out of quota midway. */
const troubled = (request: FakeRequest): Fault =>
  request.provider === "openai" && request.number > 12
    ? faults["insufficient-quota"]
    : dear(request, tenfold(request), request.number % 3 === 0 ? faults["missing-ids"] : {});

test.for<[string, Partial<Ceilings>]>([
  ["run", { run: 40_000 }],
  ["day", { day: 40_000 }],
  ["task", { task: { sentiment: 40_000 } }],
])("bills that grow tenfold midway break the ceiling of the %s by one call at most", async ([, ceilings]) => {
  server.set({ fault: troubled, delayMs: 3 });
  const asked = await engine(ceilings).ask(sentiment, questions(1500));
  expect(total(bills)).toBeLessThanOrEqual(40_000 + Math.max(...bills));
  // The money was there to be spent, and most of it was.
  expect(total(bills)).toBeGreaterThan(30_000);
  expect(booked()).toBe(total(bills));
  expect(asked.some(({ reason }) => reason === "budget")).toBe(true);
});

test("calls run beside each other while there is money for the dearest of them", async () => {
  server.set({ fault: (request) => dear(request, 1), delayMs: 20 });
  await engine({ run: 5_000_000 }).ask(sentiment, questions(200));
  expect(server.mostAtOnce).toBe(4);
});

test("bills that cannot be are settled at what was reserved, and stop at the ceiling like any other", async () => {
  for (const name of [
    "usage-missing",
    "usage-negative",
    "usage-absurd",
    "usage-words",
    "usage-zero",
  ] as const) {
    server.set({ fault: name });
    const before = booked();
    const asked = await engine({ run: 20_000 }).ask(sentiment, questions(400, name));
    expect(booked() - before, name).toBeLessThanOrEqual(20_000);
    expect(booked() - before, name).toBeGreaterThan(10_000);
    expect(
      asked.some(({ reason }) => reason === "budget"),
      name,
    ).toBe(true);
  }
});

test("a batch is no way round a ceiling: its dearest bills are reserved before it leaves", async () => {
  server.set({ fault: (request) => dear(request, 10) });
  const asked = await engine({ run: 60_000 }, { waitMs: 2_000, pollMs: 5 }).ask(sentiment, questions(1500));
  expect(server.asked.some(({ batched }) => batched)).toBe(true);
  expect(total(bills)).toBeLessThanOrEqual(60_000 + Math.max(...bills));
  expect(booked()).toBe(total(bills));
  expect(asked.some(({ reason }) => reason === "budget")).toBe(true);
});

test("what a batch under way may be billed counts in the next run of the day", async () => {
  server.set({ fault: (request) => dear(request, 10), batches: { polls: 1_000 } });
  const waits = { waitMs: 10, pollMs: 5 };
  await engine({ day: 60_000 }, waits).ask(sentiment, questions(1500));
  await engine({ day: 60_000 }, waits).ask(sentiment, questions(1500, "other"));
  server.set({ fault: (request) => dear(request, 10) });
  await engine({ day: 60_000 }, waits).ask(sentiment, questions(1, "last"));
  expect(bills.length).toBeGreaterThan(3);
  expect(total(bills)).toBeLessThanOrEqual(60_000 + Math.max(...bills));
});

test("answers that are lost on their way may have been billed: each attempt is paid from the ceiling", async () => {
  server.set({ fault: (request) => dear(request, 1, faults["reset-in-body"]) });
  const asked = await engine({ run: 4_000 }).ask(sentiment, questions(40));
  expect(total(bills)).toBeLessThanOrEqual(4_000 + Math.max(...bills));
  expect(asked.every(({ answer }) => answer === null)).toBe(true);
});

test("without money nothing is asked", async () => {
  for (const ceilings of [{ run: 0 }, { day: 0 }, { task: { sentiment: 0 } }]) {
    const asked = await engine(ceilings, { waitMs: 10, pollMs: 5 }).ask(sentiment, questions(30));
    expect(asked.every(({ reason }) => reason === "budget")).toBe(true);
  }
  expect(server.calls).toEqual([]);
});
