// Search by meaning: asked once, fused by rank, and never in the way when the endpoint is.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import type { Passage } from "./passages.ts";
import { embeddingEndpoint, searchWithVectors } from "./vectors.ts";

const root = mkdtempSync(join(tmpdir(), "leap-vectors-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));
let folders = 0;
const folder = () => join(root, String(folders++));

const passage = (id: string, text: string, expired = false) =>
  ({ id, note: id, title: id, heading: id, text, market: "all", topic: "culture", expired }) as Passage;
const passages = [
  passage("cream", "moisturiser for dry winters"),
  passage("law", "statute on labels"),
  passage("old", "moisturiser of yesterday", true),
];
const endpoint = { baseUrl: "http://localhost:9/v1", model: "tiny", apiKey: "secret-key" };

/** An endpoint that knows two meanings: skin and law. */
function standIn(answer?: (texts: string[]) => Response | Promise<Response>) {
  const asked: { url: string; texts: string[]; headers: Record<string, string> }[] = [];
  const warned: string[] = [];
  const vector = (text: string) => (/law|statute|rule/.test(text) ? [0.1, 1] : [1, 0.1]);
  const fetch = (async (url: string, init: { body: string; headers: Record<string, string> }) => {
    const texts = (JSON.parse(init.body) as { input: string[] }).input;
    asked.push({ url, texts, headers: init.headers });
    if (answer) return answer(texts);
    return Response.json({
      data: texts.map((text, index) => ({ index, embedding: vector(text) })).reverse(),
    });
  }) as unknown as typeof globalThis.fetch;
  const log = { info: () => {}, warn: (message: string) => warned.push(message), progress: () => {} };
  return { asked, warned, effects: { fetch, log } };
}
const ids = (found: readonly Passage[]) => found.map(({ id }) => id);

test("a question in other words is found by meaning, and an expired passage is neither embedded nor found", async () => {
  const { effects, asked } = standIn();
  const search = await searchWithVectors(passages, { endpoint, keep: folder(), effects });
  expect(ids(await search({ query: "which rules hold", market: "de" }))).toEqual(["law", "cream"]);
  expect(ids(await search({ query: "moisturiser", market: "de", limit: 1 }))).toEqual(["cream"]);
  expect(asked[0]?.texts).toHaveLength(2);
  expect(asked[0]?.url).toBe("http://localhost:9/v1/embeddings");
});

test("what was embedded once is not asked again, a file cut short is, and no key is kept", async () => {
  const keep = folder();
  const first = standIn();
  await (await searchWithVectors(passages, { endpoint, keep, effects: first.effects }))({
    query: "rules",
    market: "de",
  });
  const files = readdirSync(keep);
  expect(files).toHaveLength(3);
  expect(files.map((file) => readFileSync(join(keep, file), "utf8")).join()).not.toContain("secret-key");
  const second = standIn();
  await (await searchWithVectors(passages, { endpoint, keep, effects: second.effects }))({
    query: "rules",
    market: "de",
  });
  expect(second.asked).toEqual([]);
  writeFileSync(join(keep, files[0] as string), "[1, 0.");
  const third = standIn();
  await (await searchWithVectors(passages, { endpoint, keep, effects: third.effects }))({
    query: "rules",
    market: "de",
  });
  expect(third.asked.flatMap(({ texts }) => texts)).toHaveLength(1);
  const other = standIn();
  await searchWithVectors(passages, {
    endpoint: { ...endpoint, model: "other" },
    keep,
    effects: other.effects,
  });
  expect(other.asked).toHaveLength(1);
});

test.each([
  ["an error", () => new Response("secret-key is wrong", { status: 500 })],
  ["no connection", () => Promise.reject(new Error("connect ECONNREFUSED secret-key"))],
  ["no JSON", () => new Response("<html>")],
  ["too few vectors", () => Response.json({ data: [{ index: 0, embedding: [1, 0] }] })],
  [
    "not a number",
    () => new Response('{"data":[{"index":0,"embedding":[null,1]},{"index":1,"embedding":[1,1]}]}'),
  ],
  [
    "vectors of zeros",
    (texts: string[]) => Response.json({ data: texts.map((_, index) => ({ index, embedding: [0, 0] })) }),
  ],
  [
    "vectors of different lengths",
    (texts: string[]) =>
      Response.json({ data: texts.map((_, index) => ({ index, embedding: Array(index + 1).fill(1) })) }),
  ],
])(
  "an endpoint that answers with %s leaves search by words, and the log says so without a key",
  async (_, answer) => {
    const { effects, warned } = standIn(answer);
    const search = await searchWithVectors(passages, { endpoint, keep: folder(), effects });
    expect(ids(await search({ query: "statute", market: "de" }))).toEqual(["law"]);
    expect(warned).toHaveLength(1);
    expect(warned[0]).toMatch(/^knowledge: The embedding endpoint .* searched by words alone\.$/);
    expect(warned[0]).not.toContain("secret");
  },
);

test("without an endpoint the words alone decide", async () => {
  const search = await searchWithVectors(passages, null);
  expect(ids(await search({ query: "statute", market: "de" }))).toEqual(["law"]);
});

test("an endpoint needs address and model; its key is sent, and no other one", async () => {
  expect(embeddingEndpoint({})).toBeNull();
  expect(() => embeddingEndpoint({ EMBEDDING_BASE_URL: "http://localhost:1/v1" })).toThrow(
    "missing EMBEDDING_MODEL",
  );
  expect(() => embeddingEndpoint({ EMBEDDING_MODEL: "m" })).toThrow("missing EMBEDDING_BASE_URL");
  expect(() => embeddingEndpoint({ EMBEDDING_BASE_URL: "file:///etc", EMBEDDING_MODEL: "m" })).toThrow(
    "invalid EMBEDDING_BASE_URL",
  );
  const named = embeddingEndpoint({
    EMBEDDING_BASE_URL: "http://localhost:9/v1/",
    EMBEDDING_MODEL: "m",
    OPENAI_API_KEY: "another",
  });
  const { effects, asked } = standIn();
  if (named === null) throw new Error("an endpoint was named");
  await searchWithVectors(passages, { endpoint: named, keep: folder(), effects });
  await searchWithVectors(passages, { endpoint, keep: folder(), effects });
  expect(asked.map(({ url, headers }) => [url, headers["authorization"]])).toEqual([
    ["http://localhost:9/v1/embeddings", undefined],
    ["http://localhost:9/v1/embeddings", "Bearer secret-key"],
  ]);
});
