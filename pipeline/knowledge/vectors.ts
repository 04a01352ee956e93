// Search by meaning beside search by words: vectors of an OpenAI-compatible endpoint, kept in the state, fused with BM25 by rank.
// Without an endpoint, or when it fails, the words alone decide, and the log says so.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { LeapError } from "../core/errors.ts";
import type { Effects, Embedding } from "../core/types.ts";
import type { Passage } from "./passages.ts";
import { answers, byCodePoint, type KnowledgeQuery, limitOf, searchOver } from "./search.ts";

export type SearchByMeaning = (query: KnowledgeQuery) => Promise<Passage[]>;

/** The endpoint that `EMBEDDING_BASE_URL` and `EMBEDDING_MODEL` name, with `EMBEDDING_API_KEY` where it asks for one; null when neither is set. */
export function embeddingEndpoint(
  environment: Readonly<Record<string, string | undefined>>,
): Embedding["endpoint"] | null {
  const { EMBEDDING_BASE_URL: baseUrl, EMBEDDING_MODEL: model, EMBEDDING_API_KEY: apiKey } = environment;
  if (!baseUrl && !model) return null;
  if (!baseUrl || !model)
    throw new LeapError(
      `missing ${baseUrl ? "EMBEDDING_MODEL" : "EMBEDDING_BASE_URL"}: an embedding endpoint needs both. Set it, or unset the other to search by words alone.`,
    );
  if (!/^https?:$/.test(URL.parse(baseUrl)?.protocol ?? ""))
    throw new LeapError(
      `invalid EMBEDDING_BASE_URL: it is no http address. An example: http://localhost:11434/v1`,
    );
  return { baseUrl: baseUrl.replace(/\/+$/, ""), model, apiKey };
}

/**
 * Searches by words and, where an endpoint answers, by meaning. Passages are embedded at once, a question when it is asked; both once only.
 * Fusion: reciprocal ranks with k = 60 (Cormack, Clarke and Büttcher, SIGIR 2009).
 */
export async function searchWithVectors(
  passages: readonly Passage[],
  embedding: Embedding | null | undefined,
): Promise<SearchByMeaning> {
  const byWords = searchOver(passages);
  const wordsAlone: SearchByMeaning = async (query) => byWords(query);
  if (!embedding) return wordsAlone;
  const { endpoint, keep, effects } = embedding;
  const current = passages.filter((passage) => !passage.expired);
  const embed = keptEmbedding(endpoint, keep, effects.fetch);
  const failed = (error: unknown) =>
    effects.log.warn(`knowledge: ${reasonOf(error)} Passages are searched by words alone.`);
  let vectors: readonly (readonly number[])[];
  try {
    vectors = await embed(current.map(({ title, heading, text }) => `${title}\n${heading}\n\n${text}`));
  } catch (error) {
    failed(error);
    return wordsAlone;
  }
  return async (query) => {
    const limit = limitOf(query);
    let asked: readonly number[];
    try {
      asked = (await embed([query.query]))[0] ?? [];
    } catch (error) {
      failed(error);
      return byWords(query);
    }
    const near = current
      .flatMap((passage, index) =>
        answers(passage, query) ? [{ passage, likeness: cosine(asked, vectors[index] ?? []) }] : [],
      )
      .sort((a, b) => b.likeness - a.likeness || byCodePoint(a.passage.id, b.passage.id))
      .slice(0, DEPTH)
      .map(({ passage }) => passage);
    return fused([byWords({ ...query, limit: DEPTH }), near]).slice(0, limit);
  };
}

/** How deep each ranking is read: what neither of them holds so far up is about something else. */
const DEPTH = 50;
const RANK_CONSTANT = 60;
const AT_ONCE = 64;
const PATIENCE_MS = 30_000;

function fused(rankings: readonly (readonly Passage[])[]): Passage[] {
  const scores = new Map<Passage, number>();
  for (const ranking of rankings)
    for (const [index, passage] of ranking.entries())
      scores.set(passage, (scores.get(passage) ?? 0) + 1 / (RANK_CONSTANT + index + 1));
  return [...scores]
    .sort(([a, one], [b, other]) => other - one || byCodePoint(a.id, b.id))
    .map(([passage]) => passage);
}

const Vector = z.array(z.number()).min(1);
const Answer = z.object({ data: z.array(z.object({ index: z.int().min(0), embedding: Vector })) });

/** Vectors of texts in their order; only what is not kept yet is asked for. Throws when the endpoint does not answer with one vector a text. */
function keptEmbedding(endpoint: Embedding["endpoint"], keep: string, fetch: Effects["fetch"]) {
  const fileOf = (text: string) =>
    join(
      keep,
      `${createHash("sha256")
        .update(JSON.stringify([endpoint.baseUrl, endpoint.model, text]))
        .digest("hex")}.json`,
    );
  return async (texts: readonly string[]): Promise<(readonly number[])[]> => {
    const found = new Map<string, readonly number[]>();
    for (const text of texts) {
      const vector = keptVector(fileOf(text));
      if (vector) found.set(text, vector);
    }
    const missing = [...new Set(texts)].filter((text) => !found.has(text));
    for (let start = 0; start < missing.length; start += AT_ONCE) {
      const part = missing.slice(start, start + AT_ONCE);
      const vectors = await ask(endpoint, part, fetch);
      for (const [index, text] of part.entries()) {
        const vector = vectors[index] as readonly number[];
        found.set(text, vector);
        keepVector(fileOf(text), vector);
      }
    }
    const all = texts.map((text) => found.get(text) ?? []);
    if (new Set(all.map((vector) => vector.length)).size > 1)
      throw new Error("The embedding endpoint gives vectors of different lengths.");
    return all;
  };
}

async function ask(
  { baseUrl, model, apiKey }: Embedding["endpoint"],
  texts: readonly string[],
  fetch: Effects["fetch"],
): Promise<(readonly number[])[]> {
  const response = await fetch(`${baseUrl}/embeddings`, {
    method: "POST",
    headers: { "content-type": "application/json", ...(apiKey ? { authorization: `Bearer ${apiKey}` } : {}) },
    body: JSON.stringify({ model, input: texts, encoding_format: "float" }),
    // A key must not follow a redirect to another host.
    redirect: "error",
    signal: AbortSignal.timeout(PATIENCE_MS),
  });
  if (!response.ok) throw new Error(`The embedding endpoint answers with status ${response.status}.`);
  const parsed = Answer.safeParse(await response.json());
  const vectors = parsed.success
    ? texts.map((_, index) => parsed.data.data.find((one) => one.index === index)?.embedding)
    : [];
  if (
    vectors.length === 0 ||
    vectors.some((vector) => vector === undefined || vector.every((value) => value === 0))
  )
    throw new Error("The embedding endpoint does not answer with one vector a text.");
  return vectors as (readonly number[])[];
}

/** A file cut short by a kill is asked for again. */
function keptVector(file: string): readonly number[] | null {
  if (!existsSync(file)) return null;
  try {
    return Vector.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch {
    return null;
  }
}

function keepVector(file: string, vector: readonly number[]): void {
  mkdirSync(join(file, ".."), { recursive: true });
  writeFileSync(`${file}.part`, JSON.stringify(vector));
  renameSync(`${file}.part`, file);
}

function cosine(a: readonly number[], b: readonly number[]): number {
  if (a.length !== b.length) return -1;
  let [dot, left, right] = [0, 0, 0];
  for (const [index, value] of a.entries()) {
    const other = b[index] ?? 0;
    dot += value * other;
    left += value * value;
    right += other * other;
  }
  return left === 0 || right === 0 ? -1 : dot / Math.sqrt(left * right);
}

/** What happened, without the address: it may hold a key. */
function reasonOf(error: unknown): string {
  const { name, message } = error as Error;
  if (name === "TimeoutError") return `The embedding endpoint did not answer within ${PATIENCE_MS / 1000} s.`;
  return message.startsWith("The embedding endpoint") ? message : "The embedding endpoint cannot be reached.";
}
