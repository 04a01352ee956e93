// Batches of both providers: what comes back of them, in which order, and what is lost on the way.
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import type { RowFate } from "../../test/fake-models/batches.ts";
import { startFakeModels } from "../../test/fake-models/server.ts";
import type { BatchedRequest, BatchResult, BatchState, Provider } from "../types.ts";
import { anthropicProvider } from "./anthropic.ts";
import { resultsAddress } from "./anthropic-batches.ts";
import { openaiProvider } from "./openai.ts";

const models = await startFakeModels();
const foreign = await startFakeModels();
afterAll(async () => {
  await models.close();
  await foreign.close();
});
beforeEach(() => models.set({}));

const KEY = "sk-canary-key";
const schema = z.strictObject({
  answers: z.array(z.strictObject({ id: z.string(), label: z.enum(["a", "b"]) })),
});
const never = new AbortController().signal;

const sides = [
  {
    name: "openai",
    model: "gpt-6-luna",
    provider: (): Provider => openaiProvider({ apiKey: KEY, baseURL: models.openaiBaseUrl }),
  },
  {
    name: "anthropic",
    model: "claude-haiku-5-5",
    provider: (): Provider => anthropicProvider({ apiKey: KEY, baseURL: models.anthropicBaseUrl }),
  },
] as const;

function batchOf(model: string, ids: readonly string[]): BatchedRequest[] {
  return ids.map((id) => ({
    id,
    request: {
      model,
      system: "rules",
      user: JSON.stringify({ items: [{ id: `p-${id}`, text: "canary caption" }] }),
      schema,
      task: "sentiment",
      maxOutputTokens: 100,
      cacheKey: "sentiment-1",
    },
  }));
}

const resultsIn = (state: BatchState): Map<string, BatchResult> => {
  expect(state.state).toBe("ended");
  const results = state.state === "ended" ? state.results : [];
  return new Map(results.map((result) => [result.id, result]));
};

describe.each(sides)("$name", ({ model, provider }) => {
  const submit = (...ids: string[]) => provider().batches.submit(batchOf(model, ids), never);
  const poll = (id: string) => provider().batches.poll(id, never);

  test("a batch is at work, then ended with an answer for each id", async () => {
    models.set({ batches: { polls: 1 } });
    const id = await submit("r1", "r2");
    expect(await poll(id)).toEqual({ state: "working" });
    const results = resultsIn(await poll(id));
    for (const one of ["r1", "r2"]) {
      const result = results.get(one);
      const reply = result !== undefined && "reply" in result ? result.reply : null;
      expect(reply?.text).toContain(`"p-${one}"`);
      expect(reply?.usage?.out).toBeGreaterThan(0);
    }
  });

  test("results outlive the process that asked: another polls the id", async () => {
    const id = await submit("r1");
    const asked = models.asked.length;
    expect(resultsIn(await poll(id)).size).toBe(1);
    expect(resultsIn(await poll(id)).size).toBe(1);
    expect(models.asked.length).toBe(asked + 1);
  });

  test("lines that are lost, broken, doubled or strange do not harm the others", async () => {
    const fates: Record<string, RowFate> = {
      r1: "lost",
      r2: "broken",
      r3: "twice",
      r4: "expired",
      r5: "strange",
    };
    models.set({ batches: { row: (id) => fates[id] ?? "answered" } });
    const results = resultsIn(await poll(await submit("r1", "r2", "r3", "r4", "r5", "r6")));
    expect([...results.keys()].sort()).toEqual(["r3", "r4", "r5-strange", "r6"]);
    expect(results.get("r3")).toMatchObject({ reply: { finish: "complete" } });
    expect(JSON.stringify(results.get("r3"))).not.toContain("again");
    expect(results.get("r4")).toMatchObject({ failure: { kind: "again" } });
    expect(results.get("r6")).toMatchObject({ reply: { finish: "complete" } });
  });

  test("one question may fail, refuse or be cut off, and the others stand", async () => {
    const faults = [
      "invalid-request",
      "500",
      "refusal",
      "truncated",
      "echoing-error",
      "body-of-another",
    ] as const;
    const first = models.asked.length + 1;
    models.set({ fault: ({ number }) => faults[number - first] ?? null });
    // The fake asks the last row first.
    const results = resultsIn(await poll(await submit("r7", "r6", "r5", "r4", "r3", "r2", "r1")));
    expect(results.get("r1")).toMatchObject({ failure: { kind: "request", code: "invalid_request" } });
    expect(results.get("r2")).toMatchObject({ failure: { kind: "again", code: "server_error" } });
    expect(results.get("r3")).toMatchObject({ reply: { finish: "refused", text: "" } });
    expect(results.get("r4")).toMatchObject({ reply: { finish: "truncated" } });
    expect(results.get("r5")).toMatchObject({ failure: { kind: "request" } });
    expect(results.get("r6")).toMatchObject({ failure: { kind: "again" } });
    expect(results.get("r7")).toMatchObject({ reply: { finish: "complete" } });
    for (const id of ["r1", "r2", "r5"]) {
      const result = results.get(id);
      expect(String(result && "failure" in result && result.failure.stack)).not.toContain("canary");
    }
  });

  test("a batch that expired brings what it has", async () => {
    models.set({ batches: { end: "expired", row: (id) => (id === "r1" ? "answered" : "expired") } });
    const results = resultsIn(await poll(await submit("r1", "r2")));
    expect(results.get("r1")).toMatchObject({ reply: { finish: "complete" } });
    expect(results.get("r2")).toMatchObject({ failure: { kind: "again", code: "timeout" } });
  });

  test("a cancelled batch is at work until the provider is done with it", async () => {
    models.set({ batches: { polls: 2 } });
    const id = await submit("r1");
    expect(await poll(id)).toEqual({ state: "working" });
    await provider().batches.cancel(id, never);
    expect(await poll(id)).toEqual({ state: "working" });
    expect(resultsIn(await poll(id)).get("r1")).toMatchObject({ failure: { kind: "again" } });
  });

  test("a batch that the provider has forgotten is lost", async () => {
    expect(await poll("batch_of_last_year")).toMatchObject({ state: "lost" });
  });

  test("a server without batches says so about the batch, not about itself", async () => {
    models.set({ batches: { absent: true } });
    await expect(submit("r1")).rejects.toMatchObject({ kind: "request", code: "invalid_request" });
  });

  test("a batch is refused before it is sent: empty, two models, an id twice or of another form", async () => {
    const before = models.calls.length;
    const two = [...batchOf(model, ["r1"]), ...batchOf("other-model", ["r2"])];
    await expect(submit()).rejects.toThrow("invalid batch: no requests");
    await expect(submit("r1", "r1")).rejects.toThrow("invalid id in a batch: r1");
    await expect(submit("r 1")).rejects.toThrow("invalid id in a batch: r 1");
    await expect(provider().batches.submit(two, never)).rejects.toThrow("ask one model");
    expect(models.calls.length).toBe(before);
  });
});

const broken = () => Promise.resolve(new Response("{}", { status: 500 }));
const isCreation = (url: unknown, init: RequestInit | undefined) =>
  String(url).endsWith("/batches") && init?.method?.toUpperCase() === "POST";

describe("openai", () => {
  const provider = sides[0].provider();

  test("a batch that the provider does not take is lost, and so is one that ended with nothing", async () => {
    models.set({ batches: { end: "failed" } });
    const failed = await provider.batches.submit(batchOf("gpt-6-luna", ["r1"]), never);
    expect(await provider.batches.poll(failed, never)).toMatchObject({ state: "lost" });
    models.set({ batches: { row: () => "lost" } });
    const empty = await provider.batches.submit(batchOf("gpt-6-luna", ["r1"]), never);
    expect(await provider.batches.poll(empty, never)).toMatchObject({ state: "lost" });
  });

  test("files of questions expire at the provider, and are deleted where no batch comes of them", async () => {
    const before = models.calls.length;
    await provider.batches.submit(batchOf("gpt-6-luna", ["r1"]), never);
    const [upload, batch] = models.calls.slice(before);
    expect(upload?.body).toMatch(/name="expires_after\[seconds\]"\s+604800/);
    expect(batch?.body).toContain('"output_expires_after":{"anchor":"created_at","seconds":604800}');
    const refused = openaiProvider({
      apiKey: KEY,
      baseURL: models.openaiBaseUrl,
      fetch: (url, init) => (isCreation(url, init) ? broken() : fetch(url, init)),
    });
    await expect(refused.batches.submit(batchOf("gpt-6-luna", ["r1"]), never)).rejects.toMatchObject({
      code: "server_error",
    });
    expect(models.calls.at(-1)?.method).toBe("DELETE");
  });

  test("a batch whose confirmation was lost on its way is found again, not handed over twice", async () => {
    const deaf = openaiProvider({
      apiKey: KEY,
      baseURL: models.openaiBaseUrl,
      fetch: async (url, init) => {
        const answer = await fetch(url, init);
        return isCreation(url, init) ? broken() : answer;
      },
    });
    const id = await deaf.batches.submit(batchOf("gpt-6-luna", ["r1"]), never);
    expect(resultsIn(await provider.batches.poll(id, never)).get("r1")).toMatchObject({
      reply: { finish: "complete" },
    });
  });
});

describe("anthropic", () => {
  const provider = sides[1].provider();

  test("the key goes to no other host, whatever address the results are said to have", async () => {
    models.set({ batches: { resultsUrl: `${foreign.anthropicBaseUrl}/v1/messages/batches/x/results` } });
    const id = await provider.batches.submit(batchOf("claude-haiku-5-5", ["r1"]), never);
    expect(resultsIn(await provider.batches.poll(id, never)).size).toBe(1);
    expect(foreign.calls).toEqual([]);
  });

  test("results are read where they are said to be on the host that was asked, else at the documented path", () => {
    const at = (stated: string | null) => resultsAddress("https://gateway.example/team", "b1", stated);
    const documented = "https://gateway.example/team/v1/messages/batches/b1/results";
    expect(at("https://gateway.example/files/b1")).toBe("https://gateway.example/files/b1");
    expect(at("https://api.anthropic.com/v1/messages/batches/b1/results")).toBe(documented);
    expect(at("http://gateway.example/files/b1")).toBe(documented);
    expect(at("https://gateway.example.attack.example/")).toBe(documented);
    expect(at("no address")).toBe(documented);
    expect(at(null)).toBe(documented);
  });
});
