import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { task as sentiment } from "../../prompts/sentiment/answer.ts";
import type { Log } from "../core/types.ts";
import { everyAnswer, openAnswers } from "./answers.ts";
import { openWaiting } from "./batch.ts";
import { type Ceilings, createBudget } from "./budget.ts";
import type { Line } from "./calls.ts";
import { type EngineOptions, openModels } from "./engine.ts";
import { openLedger } from "./ledger.ts";
import type { BatchedRequest, ModelRequest, Provider, ProviderId, Reply } from "./types.ts";
import { ProviderFailure } from "./types.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "leap-engine-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const silent: Log = { info() {}, warn() {}, progress() {} };
const good = { label: "positive", irony: false, aspects: [], unsure: false };

interface Sent {
  readonly model: string;
  readonly items: readonly { id: string; text: string }[];
}

const itemsOf = (request: ModelRequest): Sent["items"] =>
  (JSON.parse(request.user.split("\n")[2] as string) as { items: Sent["items"] }).items;

const usage = {
  uncachedIn: 1000,
  cacheWriteShort: 0,
  cacheWriteLong: 0,
  cacheRead: 0,
  out: 100,
  reasoning: 0,
};
const reply = (answers: unknown, about: Partial<Reply> = {}): Reply => ({
  text: typeof answers === "string" ? answers : JSON.stringify({ answers }),
  finish: "complete",
  usage,
  requestId: "r",
  ...about,
});
const allGood = (items: Sent["items"]) => reply(items.map(({ id }) => ({ id, ...good })));

/** A provider that answers as told and remembers what it was sent. */
function provider(id: ProviderId, answer: (items: Sent["items"], call: number) => Reply) {
  const sent: Sent[] = [];
  const batches = new Map<string, readonly BatchedRequest[]>();
  let working = 0;
  const made: Provider & { sent: Sent[]; batched: () => number; workFor(polls: number): void } = {
    id,
    sent,
    batched: () => batches.size,
    workFor: (polls) => {
      working = polls;
    },
    async ask(request) {
      const items = itemsOf(request);
      sent.push({ model: request.model, items });
      return answer(items, sent.length);
    },
    batches: {
      async submit(requests) {
        const name = `batch-${batches.size + 1}`;
        batches.set(name, requests);
        return name;
      },
      async poll(batch) {
        if (working > 0) {
          working -= 1;
          return { state: "working" };
        }
        const requests = batches.get(batch) ?? [];
        return {
          state: "ended",
          results: requests.map(({ id: custom, request }) => ({
            id: custom,
            reply: answer(itemsOf(request), 0),
          })),
        };
      },
      async cancel() {},
    },
  };
  return made;
}

const price = {
  model: "openai:m",
  effective_from: "2026-01-01",
  input: 1,
  cached: 0.1,
  cache_write_short: 1,
  cache_write_long: 1,
  output: 10,
  batch: 0.5,
  long_prompt: null,
  source: "test",
};
const line = (made: Provider): Line => ({ model: { provider: made.id, model: "m" }, provider: made, price });

function open(
  lines: readonly Line[],
  about: Partial<EngineOptions> & { ceilings?: Ceilings; at?: string; batchWaitMs?: number } = {},
) {
  const {
    ceilings = { run: null, day: null, task: {} },
    at = "2026-11-20T08:00:00Z",
    batchWaitMs,
    ...options
  } = about;
  const answers = join(folder, "answers");
  const ledger = openLedger(join(folder, "ledger.ndjson"), everyAnswer(answers));
  let seed = 0;
  let clock = Date.parse(at);
  const desk = {
    budget: createBudget(ceilings, ledger.spentOn(at.slice(0, 10))),
    patience: { deadlineMs: 10_000, attemptMs: 1_000, firstWaitMs: 100 },
    world: {
      now: () => new Date(clock),
      wait: async (ms: number) => {
        clock += ms;
      },
      chance: () => 0,
    },
    random: (digits: number) => (++seed).toString(16).padStart(digits, "0"),
  };
  const engine = openModels({
    ...{ tiers: { small: lines, large: lines }, ledger, desk, run: "2026-W47", log: silent },
    answers: openAnswers(answers, silent, options.frozen === true),
    waiting:
      batchWaitMs === undefined
        ? null
        : openWaiting({
            folder: join(answers, "batches"),
            desk,
            log: silent,
            waitMs: batchWaitMs,
            pollMs: 10,
          }),
    ...options,
  });
  return { engine, ledger, budget: desk.budget };
}

const questions = (...texts: string[]) =>
  texts.map((text, index) => ({ item: `post-${index}`, input: { text, language: "en", market: "us" } }));

test("a second run makes no call and tells the same of every answer; one changed caption makes one call with that caption alone", async () => {
  const first = provider("openai", allGood);
  const one = open([line(first)]);
  await one.engine.ask(sentiment, questions("a", "b", "c"));
  expect(first.sent.map(({ items }) => items.map(({ text }) => text))).toEqual([["a", "b", "c"]]);

  const again = provider("openai", allGood);
  const two = open([line(again)], { at: "2026-11-20T20:00:00Z" });
  await two.engine.ask(sentiment, questions("a", "b", "c"));
  expect(again.sent).toEqual([]);
  expect(two.engine.used()).toEqual(one.engine.used());

  await two.engine.ask(sentiment, questions("a", "changed", "c"));
  expect(again.sent.map(({ items }) => items.map(({ text }) => text))).toEqual([["changed"]]);
});

test("an answer is asked anew when its time is over, and with --refresh at once", async () => {
  const one = provider("openai", allGood);
  await open([line(one)]).engine.ask(sentiment, questions("a"));
  await open([line(one)], { at: "2026-11-21T07:00:00Z" }).engine.ask(sentiment, questions("a"));
  expect(one.sent.length).toBe(1);
  await open([line(one)], { at: "2026-11-21T09:00:00Z" }).engine.ask(sentiment, questions("a"));
  expect(one.sent.length).toBe(2);
  const { engine } = open([line(one)], { at: "2026-11-21T09:30:00Z", refresh: true });
  await engine.ask(sentiment, questions("a"));
  await engine.ask(sentiment, questions("a"));
  expect(one.sent.length).toBe(3);
});

test("posts are packed twenty to a call, the same text once, and the costs of the items add up to those of the calls", async () => {
  const made = provider("openai", allGood);
  const { engine, ledger } = open([line(made)]);
  const texts = Array.from({ length: 45 }, (_, index) => `text ${index % 43}`);
  const found = await engine.ask(sentiment, questions(...texts));
  expect(found.every(({ answer }) => answer?.label === "positive")).toBe(true);
  expect(made.sent.map(({ items }) => items.length)).toEqual([20, 20, 3]);
  // 1,000 tokens at 1 micro-dollar and 100 at 10, three times.
  const sum = ledger.entries().reduce((total, entry) => total + entry.cost_micros, 0);
  expect(sum).toBe(6000);
  expect(ledger.spentOn("2026-11-20")).toBe(6000);
});

test("what breaks a check is asked once more with what was wrong, then dropped and kept as dropped", async () => {
  const made = provider("openai", (items, call) =>
    reply(
      items.flatMap(({ id, text }) =>
        text === "lost"
          ? []
          : [
              {
                id,
                ...good,
                label: text === "bad" || (text === "late" && call === 1) ? "great" : "positive",
              },
            ],
      ),
    ),
  );
  const { engine, ledger } = open([line(made)]);
  const found = await engine.ask(sentiment, questions("fine", "late", "bad", "lost"));
  expect(found.map(({ answer, reason }) => answer?.label ?? reason)).toEqual([
    "positive",
    "positive",
    "invalid",
    "invalid",
  ]);
  expect(made.sent.map(({ items }) => items.length)).toEqual([4, 3]);
  expect(engine.used().map(({ verdict }) => verdict)).toEqual(["accepted", "repaired", "dropped", "dropped"]);
  expect(ledger.entries().filter(({ verdict }) => verdict === "to_repair").length).toBe(3);
  const next = provider("openai", allGood);
  await open([line(next)]).engine.ask(sentiment, questions("fine", "late", "bad", "lost"));
  expect(next.sent).toEqual([]);
});

test("ids that were not sent are ignored, and two different answers under one id count as none", async () => {
  const made = provider("openai", (items) =>
    reply([
      ...items.map(({ id }) => ({ id, ...good })),
      { id: "p9999", ...good },
      { id: (items[0] as { id: string }).id, ...good, label: "negative" },
    ]),
  );
  const found = await open([line(made)]).engine.ask(sentiment, questions("a", "b"));
  expect(found.map(({ answer, reason }) => answer?.label ?? reason)).toEqual(["invalid", "positive"]);
});

test("a provider without quota gives way for the rest of the run, one that refuses for that item alone, and the answer says who gave it", async () => {
  const empty = provider("openai", () => {
    throw new ProviderFailure("provider", "quota", { message: "no quota" });
  });
  const other = provider("anthropic", allGood);
  const { engine } = open([line(empty), line(other)]);
  const found = await engine.ask(sentiment, questions(...Array.from({ length: 25 }, (_, i) => `t${i}`)));
  expect(empty.sent.length).toBe(1);
  expect(found.every(({ by }) => by?.model === "anthropic:m")).toBe(true);

  const shy = provider("openai", () => reply("", { finish: "refused" }));
  const second = open([line(shy), line(other)]);
  const [answered] = await second.engine.ask(sentiment, questions("new"));
  expect(answered?.by?.model).toBe("anthropic:m");
  expect(second.ledger.entries().filter(({ verdict }) => verdict === "lost").length).toBe(1);
});

test("a question that every model refuses is not asked again", async () => {
  const shy = provider("openai", () => reply("", { finish: "refused" }));
  const { engine } = open([line(shy)]);
  expect((await engine.ask(sentiment, questions("a")))[0]?.reason).toBe("refused");
  expect((await open([line(shy)]).engine.ask(sentiment, questions("a")))[0]?.reason).toBe("refused");
  expect(shy.sent.length).toBe(1);
});

test("what may succeed later is tried again inside the deadline; a dead line is not tried for every question", async () => {
  const busy = provider("openai", (items, call) => {
    if (call < 3) throw new ProviderFailure("again", "overloaded", { message: "busy", retryAfterMs: 5 });
    return allGood(items);
  });
  expect((await open([line(busy)]).engine.ask(sentiment, questions("a")))[0]?.answer?.label).toBe("positive");
  const dead = provider("openai", () => {
    throw new ProviderFailure("again", "connection", { message: "gone" });
  });
  const { engine } = open([line(dead)]);
  const found = await engine.ask(sentiment, questions(...Array.from({ length: 60 }, (_, i) => `x${i}`)));
  expect(found.every(({ reason }) => reason === "unavailable")).toBe(true);
  expect(dead.sent.length).toBeLessThan(10);
});

test("spending stops at the ceiling, even when a call costs twenty times what it should, and exceeds it by no more than one call", async () => {
  const dear = provider("openai", (items, call) => ({
    ...allGood(items),
    usage: { ...usage, uncachedIn: call > 3 ? 60_000 : 3_000 },
  }));
  const ceiling = 200_000;
  const { engine, ledger } = open([line(dear)], { ceilings: { run: ceiling, day: null, task: {} } });
  const found = await engine.ask(sentiment, questions(...Array.from({ length: 600 }, (_, i) => `post ${i}`)));
  const spent = ledger.entries().reduce((total, entry) => total + entry.cost_micros, 0);
  expect(found.filter(({ reason }) => reason === "budget").length).toBeGreaterThan(100);
  expect(found.filter(({ answer }) => answer !== null).length).toBeGreaterThan(40);
  expect(spent).toBeLessThanOrEqual(ceiling + 61_000);
});

test("what earlier runs of the day spent counts towards the day's ceiling", async () => {
  const made = provider("openai", allGood);
  const ceilings = { run: null, day: 30_000, task: {} };
  await open([line(made)], { ceilings }).engine.ask(sentiment, questions("a"));
  const { engine } = open([line(made)], { ceilings: { ...ceilings, day: 2_001 } });
  expect((await engine.ask(sentiment, questions("b")))[0]?.reason).toBe("budget");
  expect(made.sent.length).toBe(1);
});

test("an earlier edition's answer is found behind the newest, and the edition's own is never taken for it", async () => {
  const label = (words: string) => (items: Sent["items"]) =>
    reply(items.map(({ id }) => ({ id, ...good, label: words })));
  const at = (edition: string, made: Provider, day: string) =>
    open([line(made)], { run: edition, at: `${day}T08:00:00Z` }).engine;
  const recalled = (engine: ReturnType<typeof at>, before: string) =>
    engine.recall(sentiment, questions("a"), { before })[0]?.answer?.label ?? null;

  const one = at("2026-W46", provider("openai", label("negative")), "2026-11-13");
  await one.ask(sentiment, questions("a"));
  expect(recalled(one, "2026-W46")).toBeNull();
  const two = at("2026-W47", provider("openai", label("positive")), "2026-11-20");
  expect((await two.ask(sentiment, questions("a")))[0]?.answer?.label).toBe("positive");
  expect(recalled(two, "2026-W47")).toBe("negative");
  const again = at("2026-W47", provider("openai", label("neutral")), "2026-11-20");
  expect(recalled(again, "2026-W47")).toBe("negative");
  expect(recalled(again, "2026-W48")).toBe("positive");
  expect(again.recall(sentiment, questions("a"))[0]?.answer?.label).toBe("positive");
});

test("--frozen asks nothing and refuses what was not kept, naming the task", async () => {
  const made = provider("openai", allGood);
  await open([line(made)]).engine.ask(sentiment, questions("a"));
  const { engine } = open([line(made)], { frozen: true, at: "2027-11-20T08:00:00Z" });
  expect((await engine.ask(sentiment, questions("a")))[0]?.answer?.label).toBe("positive");
  await expect(engine.ask(sentiment, questions("b"))).rejects.toThrow(/missing answer: task sentiment/);
  expect(made.sent.length).toBe(1);
});

test("an estimate asks nothing and says items, calls and the most they may cost", async () => {
  const made = provider("openai", allGood);
  await open([line(made)]).engine.ask(sentiment, questions("a"));
  const { engine } = open([line(made)], { estimate: true });
  await engine.ask(sentiment, questions("a", ...Array.from({ length: 30 }, (_, i) => `p${i}`)));
  expect(engine.estimates()).toMatchObject([{ task: "sentiment", items: 31, kept: 1, calls: 2 }]);
  expect(engine.estimates()[0]?.most_micros).toBeGreaterThan(0);
  expect(made.sent.length).toBe(1);
});

test("a batch costs half, and one that a run did not wait for is fetched by the next, not asked again", async () => {
  const made = provider("openai", allGood);
  made.workFor(1000);
  const first = open([line(made)], { batchWaitMs: 100 });
  const found = await first.engine.ask(sentiment, questions("a", "b"));
  expect(found.map(({ reason }) => reason)).toEqual(["waiting", "waiting"]);
  const still = open([line(made)], { batchWaitMs: 100 });
  expect((await still.engine.ask(sentiment, questions("a", "b"))).map(({ reason }) => reason)).toEqual([
    "waiting",
    "waiting",
  ]);
  made.workFor(0);
  const next = open([line(made)], { batchWaitMs: 100 });
  const fetched = await next.engine.ask(sentiment, questions("a", "b"));
  expect(fetched.map(({ answer }) => answer?.label)).toEqual(["positive", "positive"]);
  expect(made.batched()).toBe(1);
  expect(made.sent).toEqual([]);
  expect(next.ledger.entries().reduce((total, entry) => total + entry.cost_micros, 0)).toBe(1000);
});

test("a changed ledger is refused by file and line; a changed answer is asked again, and refused when nothing may be asked", async () => {
  const made = provider("openai", allGood);
  const { engine } = open([line(made)]);
  await engine.ask(sentiment, questions("a"));
  await engine.ask(sentiment, questions("b"));
  const answers = join(folder, "answers", "sentiment.ndjson");
  writeFileSync(answers, readFileSync(answers, "utf8").replace('"positive"', '"negative"'));
  expect(() => openAnswers(join(folder, "answers"), silent, true).find("sentiment", "x")).toThrow(
    /sentiment\.ndjson:1 does not bear its own hash/,
  );
  expect((await open([line(made)]).engine.ask(sentiment, questions("a")))[0]?.answer?.label).toBe("positive");
  expect(made.sent.length).toBe(3);
  const ledger = join(folder, "ledger.ndjson");
  const lines = readFileSync(ledger, "utf8").trimEnd().split("\n");
  writeFileSync(ledger, `${lines.slice(1).join("\n")}\n`);
  expect(() => openLedger(ledger)).toThrow(/ledger\.ndjson:1 was changed, or a line before it is gone/);
});

test("a run killed between answer and ledger pays no answer twice and enters the call when it comes back", async () => {
  const made = provider("openai", allGood);
  await open([line(made)]).engine.ask(sentiment, questions("a"));
  rmSync(join(folder, "ledger.ndjson"));
  // Half a line, as a killed process leaves it.
  writeFileSync(join(folder, "answers", "sentiment.ndjson"), '{"key":"ab', { flag: "a" });
  const { engine, ledger } = open([line(made)]);
  await engine.ask(sentiment, questions("a"));
  expect(made.sent.length).toBe(1);
  expect(ledger.spentOn("2026-11-20")).toBe(2000);
  await engine.ask(sentiment, questions("b"));
  expect((await open([line(made)]).engine.ask(sentiment, questions("b")))[0]?.answer?.label).toBe("positive");
  expect(made.sent.length).toBe(2);
});

test("no caption stands in the ledger or under an id that could be guessed", async () => {
  const made = provider("openai", allGood);
  await open([line(made)]).engine.ask(sentiment, questions("a caption nobody else may read"));
  expect(readFileSync(join(folder, "ledger.ndjson"), "utf8")).not.toContain("caption");
});
