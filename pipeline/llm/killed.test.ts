// A process may die at any line. What it paid for is never paid again by the next one.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { task as sentiment } from "../../prompts/sentiment/answer.ts";
import type { Log } from "../core/types.ts";
import { type FakeModels, startFakeModels } from "../test/fake-models/server.ts";
import { enginesAt, tiersAt } from "./open.ts";
import { readPrices } from "./prices.ts";
import { ProviderFailure } from "./types.ts";

let folder: string;
let server: FakeModels;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "leap-killed-"));
  server = await startFakeModels();
});
afterEach(async () => {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Thrown where the process dies: nothing after it is written. */
class Killed extends Error {}

const priceFile = join(import.meta.dirname, "../../data/reference/llm-prices.json");

function open(
  about: {
    readonly models?: readonly string[];
    readonly waitMs?: number;
    readonly dieAt?: RegExp;
    readonly root?: string;
    readonly lost?: boolean;
  } = {},
) {
  const models = about.models ?? ["openai:gpt-6-luna"];
  const quiet: Log = { info() {}, warn() {}, progress() {} };
  const dying = about.dieAt;
  const tiers = tiersAt({
    variables: {
      OPENAI_API_KEY: "test-key",
      OPENAI_BASE_URL: server.openaiBaseUrl,
      ANTHROPIC_API_KEY: "test-key",
      ANTHROPIC_BASE_URL: server.anthropicBaseUrl,
    },
    models: { small: models, large: models },
    prices: readPrices(priceFile, "2026-11-20"),
  });
  // The provider that a dying process talks to: the call is made, and then there is nobody left to hear the answer.
  for (const { provider } of tiers.small) {
    const { submit } = provider.batches;
    if (about.lost)
      Object.assign(provider.batches, {
        async submit(...words: Parameters<typeof submit>) {
          await submit(...words);
          throw new ProviderFailure("again", "connection", { message: "the line broke" });
        },
      });
    if (dying?.test("submit"))
      Object.assign(provider.batches, {
        async submit(...words: Parameters<typeof submit>) {
          await submit(...words);
          throw new Killed();
        },
      });
    const { ask } = provider;
    let calls = 0;
    if (dying?.test("second"))
      Object.assign(provider, {
        ask(...words: Parameters<typeof ask>) {
          if (++calls > 1) throw new Killed();
          return ask(...words);
        },
      });
  }
  const engine = enginesAt({
    ...{ root: about.root ?? folder, tiers, log: quiet, now: () => new Date() },
    ceilings: { run: null, day: null, task: {} },
    patience: { deadlineMs: 5_000, attemptMs: 2_000, firstWaitMs: 5 },
    waits: about.waitMs === undefined ? null : { waitMs: about.waitMs, pollMs: 5 },
  })("2026-W47");
  return engine;
}

const questions = (...texts: string[]) =>
  texts.map((text, index) => ({ item: `post-${index}`, input: { text, language: "en", market: "us" } }));

/** How often each text was asked about. */
function timesAsked(): Record<string, number> {
  const texts = server.asked.flatMap(({ data }) => (data[0] as { items: { text: string }[] }).items);
  const groups = Map.groupBy(texts, ({ text }) => text);
  return Object.fromEntries([...groups].map(([text, each]) => [text, each.length]));
}

test("an answer that is to be repaired is repaired by the next process, not asked from the start", async () => {
  server.set({ fault: ({ number }) => (number === 1 ? "missing-ids" : null) });
  await expect(open({ dieAt: /second/ }).ask(sentiment, questions("a", "b", "c"))).rejects.toThrow(Killed);
  expect(timesAsked()).toEqual({ a: 1, b: 1, c: 1 });
  const resumed = open();
  const found = await resumed.ask(sentiment, questions("a", "b", "c"));
  expect(found.every(({ answer }) => answer !== null)).toBe(true);
  // The first item was lost and is asked once more, with what was wrong; the others were answered.
  expect(timesAsked()).toEqual({ a: 2, b: 1, c: 1 });
  expect(server.asked.at(-1)?.user).toContain("could not be used");
  expect(resumed.used().map(({ verdict }) => verdict)).toEqual(["repaired", "accepted", "accepted"]);
});

test("a model that refused is not asked again by the next process; the one after it is", async () => {
  const models = ["openai:gpt-6-luna", "anthropic:claude-haiku-5-5"];
  server.set({ fault: ({ provider }) => (provider === "openai" ? "refusal" : "401") });
  const [first] = await open({ models }).ask(sentiment, questions("a"));
  expect(first?.reason).toBe("unavailable");
  server.set({});
  const [second] = await open({ models }).ask(sentiment, questions("a"));
  expect(second?.by?.model).toBe("anthropic:claude-haiku-5-5");
  expect(server.asked.map(({ provider }) => provider)).toEqual(["openai", "anthropic", "anthropic"]);
});

const handedOver = (address: string) =>
  server.calls.filter(({ method, path }) => method === "POST" && path === address).length;

test.for([
  ["openai:gpt-6-luna", "/v1/batches"],
  ["anthropic:claude-haiku-5-5", "/v1/messages/batches"],
] as const)("a batch of %s whose id was never written down is found again", async ([model, address]) => {
  const models = [model];
  const dying = open({ models, waitMs: 1_000, dieAt: /submit/ });
  await expect(dying.ask(sentiment, questions("a", "b"))).rejects.toThrow(Killed);
  // Somebody else's batch of as many questions stands beside it, and is over already.
  const beside = open({ models, waitMs: 1_000, root: join(folder, "beside") });
  await beside.ask(sentiment, questions("x", "y"));
  const before = handedOver(address);
  const found = await open({ models, waitMs: 1_000 }).ask(sentiment, questions("a", "b"));
  expect(found.every(({ answer }) => answer !== null)).toBe(true);
  expect(timesAsked()).toEqual({ x: 1, y: 1, a: 1, b: 1 });
  expect(handedOver(address)).toBe(before);
});

test("a batch that was taken, and whose confirmation was lost, is not handed over again", async () => {
  const engine = open({ models: ["anthropic:claude-haiku-5-5"], waitMs: 1_000, lost: true });
  const found = await engine.ask(sentiment, questions("a", "b"));
  expect(found.every(({ answer }) => answer !== null)).toBe(true);
  expect(handedOver("/v1/messages/batches")).toBe(1);
  expect(timesAsked()).toEqual({ a: 1, b: 1 });
});

test("what a batch broke is repaired, not asked from the start", async () => {
  server.set({ fault: ({ batched }) => (batched ? "missing-ids" : null) });
  const found = await open({ waitMs: 1_000 }).ask(sentiment, questions("a", "b", "c"));
  expect(found.every(({ answer }) => answer !== null)).toBe(true);
  expect(timesAsked()).toEqual({ a: 2, b: 1, c: 1 });
  expect(server.asked.at(-1)?.user).toContain("could not be used");
});
