// Every fault that a provider can have, as the engine meets it: what is to be done about it, and nothing of the question or the key in it.
import { inspect } from "node:util";
import { afterAll, beforeEach, describe, expect, test, vi } from "vitest";
import { z } from "zod";
import { LeapError } from "../../core/errors.ts";
import { type FaultName, faultNames, faults } from "../../test/fake-models/faults.ts";
import { startFakeModels } from "../../test/fake-models/server.ts";
import { type ModelRequest, type Provider, ProviderFailure, type Reply } from "../types.ts";
import { anthropicProvider } from "./anthropic.ts";
import { openaiProvider } from "./openai.ts";

const models = await startFakeModels();
afterAll(() => models.close());
beforeEach(() => models.set({}));

const KEY = "sk-canary-key-4711";
const CAPTION = "canary caption: the cream of my aunt";
const RULES = "canary rules";

const schema = z.strictObject({
  answers: z.array(
    z.strictObject({
      id: z.string(),
      label: z.enum(["good", "bad"]),
      score: z.number(),
      why: z.string(),
    }),
  ),
});

const request = (model: string): ModelRequest => ({
  model,
  system: RULES,
  user: JSON.stringify({
    items: [
      { id: "pa1b2", text: CAPTION },
      { id: "pc3d4", text: "another" },
    ],
  }),
  schema,
  task: "sentiment",
  maxOutputTokens: 400,
  cacheKey: "sentiment-1",
});

interface Side {
  readonly name: string;
  readonly model: string;
  readonly provider: (timeoutMs?: number) => Provider;
}

const sides: readonly Side[] = [
  {
    name: "openai",
    model: "gpt-6-luna",
    provider: (timeoutMs) => openaiProvider({ apiKey: KEY, baseURL: models.openaiBaseUrl, timeoutMs }),
  },
  {
    name: "anthropic",
    model: "claude-haiku-5-5",
    provider: (timeoutMs) => anthropicProvider({ apiKey: KEY, baseURL: models.anthropicBaseUrl, timeoutMs }),
  },
];

const never = new AbortController().signal;
const ask = (side: Side, timeoutMs?: number): Promise<Reply> =>
  side.provider(timeoutMs).ask(request(side.model), never);

async function failureOf(side: Side, timeoutMs?: number): Promise<ProviderFailure> {
  const outcome = await ask(side, timeoutMs).catch((error: unknown) => error);
  expect(outcome).toBeInstanceOf(ProviderFailure);
  return outcome as ProviderFailure;
}

const failing: readonly [FaultName, string, string][] = [
  ["429", "again", "rate_limited"],
  ["429-ms", "again", "rate_limited"],
  ["insufficient-quota", "provider", "quota"],
  ["no-credit", "provider", "quota"],
  ["401", "provider", "key"],
  ["402", "provider", "quota"],
  ["403", "provider", "key"],
  ["404-model", "provider", "model"],
  ["redirect", "provider", "model"],
  ["invalid-request", "request", "invalid_request"],
  ["422", "request", "invalid_request"],
  ["413", "request", "too_long"],
  ["too-long", "request", "too_long"],
  ["too-long-in-words", "request", "too_long"],
  ["408", "again", "timeout"],
  ["409", "again", "server_error"],
  ["500", "again", "server_error"],
  ["502-html", "again", "server_error"],
  ["503", "again", "overloaded"],
  ["529", "again", "overloaded"],
  ["reset", "again", "connection"],
  ["reset-in-body", "again", "connection"],
  ["body-no-json", "again", "server_error"],
  ["body-html", "again", "server_error"],
  ["body-empty", "again", "server_error"],
  ["body-null", "again", "server_error"],
  ["body-of-another", "again", "server_error"],
];

const endless = ["slow-body", "never", "never-ending"] as const;

const waiting = [
  ["429-ms", 40],
  ["429-seconds", 2_000],
  ["429-forever", 3_600_000],
  ["429", null],
  ["429-nonsense", null],
] as const;

const finishing = [
  ["truncated", "truncated"],
  ["refusal", "refused"],
  ["filtered", "refused"],
  ["invalid-json", "complete"],
  ["fenced-json", "complete"],
  ["empty", "complete"],
] as const;

const unbilled = [
  "usage-missing",
  "usage-negative",
  "usage-absurd",
  "usage-fraction",
  "usage-zero",
  "usage-words",
  "usage-contradiction",
] as const;

const handedOn = [
  "wrong-language",
  "unknown-ids",
  "duplicate-ids",
  "missing-ids",
  "swapped-ids",
  "huge-number",
  "prompt-echo",
  "markup",
  "obeying",
  "another-shape",
  "not-a-number",
  "infinite",
  "json-in-prose",
] as const;

const withoutResponses = ["404-responses", "405-responses"] as const;

const echoing = ["echoing-error", "echoing-500"] as const;

describe.each(sides)("$name", (side) => {
  test.each(failing)("%s: %s, %s", async (fault, kind, code) => {
    models.set({ fault });
    const failure = await failureOf(side);
    expect([failure.kind, failure.code]).toEqual([kind, code]);
  });

  test("one attempt is one call", async () => {
    models.set({ fault: "429" });
    const before = models.calls.length;
    await failureOf(side);
    expect(models.calls.length).toBe(before + 1);
  });

  test.each(endless)("%s ends at the deadline", async (fault) => {
    models.set({ fault });
    const failure = await failureOf(side, 60);
    expect([failure.kind, failure.code]).toEqual(["again", "timeout"]);
  });

  test("a call ends when the caller stops it, before and while it runs", async () => {
    models.set({ fault: "never-ending" });
    const stop = new AbortController();
    setTimeout(() => stop.abort(new Error(CAPTION)), 30);
    const running = side.provider().ask(request(side.model), stop.signal);
    await expect(running).rejects.toMatchObject({ kind: "again", code: "timeout" });
    const before = models.calls.length;
    const late = side.provider().ask(request(side.model), stop.signal);
    await expect(late).rejects.toMatchObject({ code: "timeout" });
    expect(models.calls.length).toBe(before);
  });

  test.each(waiting)("%s asks to wait %s ms", async (fault, retryAfterMs) => {
    models.set({ fault });
    expect((await failureOf(side)).retryAfterMs).toBe(retryAfterMs);
  });

  test("a date to wait for is read as a span of time", async () => {
    models.set({ fault: "429-date" });
    const { retryAfterMs } = await failureOf(side);
    expect(retryAfterMs).toBeGreaterThanOrEqual(4_000);
    expect(retryAfterMs).toBeLessThanOrEqual(6_000);
  });

  // Deep, with what no ordinary log prints: hidden properties, causes, headers.
  const everythingIn = (error: unknown) => inspect(error, { depth: 20, showHidden: true });
  test.each([...failing.map(([fault]) => fault), ...echoing])(
    "%s: neither key nor question is in the failure",
    async (fault) => {
      models.set({ fault });
      expect(everythingIn(await failureOf(side))).not.toMatch(/canary/);
    },
  );

  test.each(finishing)("%s comes back as %s, and is billed", async (fault, finish) => {
    models.set({ fault });
    const reply = await ask(side);
    expect(reply.finish).toBe(finish);
    expect(reply.usage?.uncachedIn).toBeGreaterThan(0);
    if (finish === "refused") expect(reply.text).toBe("");
  });

  test.each(unbilled)("%s is no usage, and the answer stands", async (fault) => {
    models.set({ fault });
    const reply = await ask(side);
    expect(reply.usage).toBeNull();
    expect(schema.safeParse(JSON.parse(reply.text)).success).toBe(true);
  });

  test.each(handedOn)(
    "%s is handed on as it is: the engine judges answers, not the adapter",
    async (fault) => {
      const quiet = (await ask(side)).text;
      models.set({ fault });
      const reply = await ask(side);
      expect(reply.finish).toBe("complete");
      expect(reply.text).not.toBe(quiet);
    },
  );

  test("rules that were sent before are billed as read from the cache", async () => {
    const fresh = { ...request(side.model), system: `rules of ${side.name}, sent twice` };
    const provider = side.provider();
    const [first, second] = [await provider.ask(fresh, never), await provider.ask(fresh, never)];
    const tokens = Math.ceil(fresh.system.length / 4);
    expect(first.usage).toMatchObject({ cacheWriteShort: tokens, cacheRead: 0 });
    expect(second.usage).toMatchObject({ cacheWriteShort: 0, cacheRead: tokens });
    expect(second.usage?.uncachedIn).toBe(first.usage?.uncachedIn);
  });

  test("the key travels in its header alone", async () => {
    await ask(side);
    const call = models.calls.at(-1);
    expect(call?.headers.authorization).toBe(`Bearer ${KEY}`);
    expect(call?.body).not.toContain(KEY);
    expect(models.asked.at(-1)).toMatchObject({ task: "sentiment", provider: side.name, system: RULES });
  });

  test("a shape that not both providers take is refused before anything is sent", async () => {
    const before = models.calls.length;
    const loose = { ...request(side.model), schema: z.strictObject({ text: z.string().optional() }) };
    await expect(side.provider().ask(loose, never)).rejects.toBeInstanceOf(LeapError);
    const batch = side.provider().batches.submit([{ id: "r1", request: loose }], never);
    await expect(batch).rejects.toBeInstanceOf(LeapError);
    expect(models.calls.length).toBe(before);
  });

  test("nothing is printed, whatever the environment asks the SDK to print", async () => {
    vi.stubEnv("OPENAI_LOG", "debug");
    vi.stubEnv("ANTHROPIC_LOG", "debug");
    const printed = (["debug", "info", "log", "warn", "error"] as const).map((level) =>
      vi.spyOn(console, level),
    );
    await ask(side);
    models.set({ fault: "echoing-error" });
    await failureOf(side);
    for (const level of printed) expect(level).not.toHaveBeenCalled();
    vi.restoreAllMocks();
    vi.unstubAllEnvs();
  });

  test("an answer of more bytes than an answer has is not read to its end", async () => {
    let chunks = 0;
    const flood = () =>
      new ReadableStream<Uint8Array>({
        pull(controller) {
          chunks += 1;
          controller.enqueue(new Uint8Array(8 * 2 ** 20).fill(32));
        },
      });
    const flooding = () =>
      Promise.resolve(new Response(flood(), { headers: { "content-type": "application/json" } }));
    const make = side.name === "openai" ? openaiProvider : anthropicProvider;
    const asked = make({ apiKey: KEY, fetch: flooding }).ask(request(side.model), never);
    await expect(asked).rejects.toMatchObject({ kind: "again", code: "connection" });
    expect(chunks).toBeLessThan(10);
  });

  test("a key that no header takes is refused without showing it", () => {
    const make = side.name === "openai" ? openaiProvider : anthropicProvider;
    const attempts = () => make({ apiKey: `${KEY}\n` });
    expect(attempts).toThrow(/^invalid (OPENAI|ANTHROPIC)_API_KEY: /);
    expect(attempts).not.toThrow(/canary/);
    expect(() => make({ apiKey: KEY, baseURL: "ftp://user:canary@host" })).toThrow(
      /^invalid \w+_BASE_URL: not/,
    );
  });
});

test("every fault of the fake models is tried here", () => {
  const tried = new Set<string>([
    ...[...failing, ...waiting, ...finishing].map(([fault]) => fault),
    ...[...endless, ...unbilled, ...handedOn, ...echoing, ...withoutResponses],
    "429-date",
  ]);
  expect(faultNames.filter((name) => !tried.has(name))).toEqual([]);
});

describe("servers that know chat completions alone", () => {
  const openai = sides[0] as Side;
  test.each(withoutResponses)("%s: asked once, remembered after", async (fault) => {
    models.set({ fault });
    const provider = openai.provider();
    const before = models.calls.length;
    for (const expected of ["complete", "complete"])
      expect((await provider.ask(request("local-model"), never)).finish).toBe(expected);
    expect(models.calls.slice(before).map((call) => call.path)).toEqual([
      "/v1/responses",
      "/v1/chat/completions",
      "/v1/chat/completions",
    ]);
  });

  test("a reply in chat has its finish and usage", async () => {
    const only = { ...faults["404-responses"] };
    const provider = openai.provider();
    const chat = (fault: FaultName) =>
      models.set({ fault: (asked) => (asked.endpoint === "responses" ? only : fault) });
    for (const [fault, finish] of [
      ["truncated", "truncated"],
      ["refusal", "refused"],
      ["filtered", "refused"],
    ] as const) {
      chat(fault);
      const reply = await provider.ask(request("local-model"), never);
      expect(reply.finish).toBe(finish);
      expect(reply.usage?.uncachedIn).toBeGreaterThan(0);
    }
    chat("usage-negative");
    expect((await provider.ask(request("local-model"), never)).usage).toBeNull();
  });

  test("an answer in parts is read like one in a piece", async () => {
    const parts = [
      { type: "text", text: '{"answers"' },
      { type: "text", text: ":[]}" },
    ];
    const body = JSON.stringify({ choices: [{ message: { role: "assistant", content: parts } }] });
    const raw = { type: "text/plain", body };
    models.set({ fault: ({ endpoint }) => (endpoint === "responses" ? "404-responses" : { raw }) });
    expect(await openai.provider().ask(request("local-model"), never)).toMatchObject({
      text: '{"answers":[]}',
      finish: "complete",
      usage: null,
      requestId: expect.stringMatching(/^req_/),
    });
  });

  test("a model that is not known is no reason to try another address", async () => {
    models.set({ fault: "404-model" });
    const before = models.calls.length;
    await failureOf(openai);
    expect(models.calls.length).toBe(before + 1);
  });
});
