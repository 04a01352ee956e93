// Anthropic's message batches: the questions go up in one body, the results come back as lines within a day, at half the price.
import type Anthropic from "@anthropic-ai/sdk";
import { z } from "zod";
import { type Batches, type BatchResult, type BatchState, ProviderFailure } from "../types.ts";
import { messagesBody, messagesReply } from "./anthropic-wire.ts";
import { attempt, idOf, type Line } from "./attempt.ts";
import { checkBatch, resultsOf } from "./batch-results.ts";
import { failure, judged } from "./failure.ts";
import { ANY_CALL } from "./usage.ts";

const MOST_REQUESTS = 100_000;
const MOST_BYTES = 256_000_000;

export function anthropicBatches(client: Anthropic, on: Line): Batches {
  const once = <T>(signal: AbortSignal, call: (stop: AbortSignal) => Promise<T>) =>
    attempt(on, { signal, withinMs: on.batchMs }, call);
  const batches: Required<Batches> = {
    async submit(requests, signal) {
      checkBatch(requests);
      const bodies = requests.map(({ id, request }) => ({ custom_id: id, params: messagesBody(request) }));
      const bytes = bodies.reduce((sum, body) => sum + Buffer.byteLength(JSON.stringify(body)) + 1, 0);
      if (requests.length > MOST_REQUESTS || bytes > MOST_BYTES) throw failure("anthropic", "too_long");
      const batch = await once(signal, (stop) =>
        client.messages.batches.create({ requests: bodies }, { signal: stop }),
      ).catch((error: unknown) => {
        // A gateway without batches: this batch will never be taken, though single calls may well be.
        const absent = error instanceof ProviderFailure && (error.status === 404 || error.status === 405);
        throw absent ? failure("anthropic", "invalid_request", { status: error.status }) : error;
      });
      const id = idOf((batch as { readonly id?: unknown } | null)?.id);
      if (id === null) throw failure("anthropic", "server_error");
      return id;
    },
    async find({ ids, at }, signal) {
      const page = await once(signal, (stop) =>
        client.messages.batches.list({ limit: 100 }, { signal: stop }),
      ).catch(unknownAsNull);
      const listed = page === null ? null : Listed.safeParse(page.data);
      if (listed?.success === false) throw failure("anthropic", "server_error");
      for (const one of listed?.data ?? []) {
        const late = Date.parse(one.created_at) - Date.parse(at);
        const counts = Object.values(one.request_counts).reduce((sum, count) => sum + count, 0);
        if (late < -CLOCKS_DIFFER_MS || late > HANDED_OVER_WITHIN_MS || counts !== ids.length) continue;
        // Only results say whose they are. A batch under way that fits is waited for; if it is not ours, none of its results is taken.
        if (one.processing_status !== "ended") return one.id;
        const state = await batches.poll(one.id, signal);
        if (state.state === "ended" && state.results.some(({ id }) => ids.includes(id))) return one.id;
      }
      return null;
    },
    async poll(id, signal) {
      const answer = await once(signal, (stop) =>
        client.messages.batches.retrieve(id, {}, { signal: stop }),
      ).catch(unknownAsNull);
      if (answer === null) return { state: "lost", reason: "the provider does not know the batch" };
      const batch = Batch.safeParse(answer);
      if (!batch.success) throw failure("anthropic", "server_error");
      if (batch.data.processing_status !== "ended") return { state: "working" };
      const url = resultsAddress(on.baseURL, id, batch.data.results_url);
      const lines = await once(signal, async (stop) => {
        const headers = { accept: "application/binary" };
        return (await client.get(url, { headers, signal: stop }).asResponse()).text();
      }).catch(unknownAsNull);
      if (lines === null) return { state: "lost", reason: "the batch ended, and its results are gone" };
      return { state: "ended", results: resultsOf([lines], resultOf) } satisfies BatchState;
    },
    async cancel(id, signal) {
      await once(signal, (stop) => client.messages.batches.cancel(id, {}, { signal: stop }));
    },
  };
  return batches;
}

/**
 * Where a batch's results stand. The SDK sends the key to whatever host `results_url` names, so it is followed on the host that was asked
 * only; a gateway that passes on its provider's own address has the results at the documented path.
 */
export function resultsAddress(baseURL: string, batch: string, stated: string | null | undefined): string {
  const url = stated == null ? null : URL.parse(stated);
  if (url !== null && url.origin === new URL(baseURL).origin) return url.href;
  return `${baseURL}/v1/messages/batches/${encodeURIComponent(batch)}/results`;
}

function unknownAsNull(error: unknown): null {
  if (error instanceof ProviderFailure && error.status === 404) return null;
  throw error;
}

/** The provider keeps no mark of ours, so a batch is known by when it was made and how many questions it holds. */
const CLOCKS_DIFFER_MS = 60_000;
const HANDED_OVER_WITHIN_MS = 600_000;
const Listed = z.array(
  z.object({
    id: z.string().regex(/^[\w.:-]{1,128}$/),
    created_at: z.string(),
    processing_status: z.string(),
    request_counts: z.record(z.string(), z.number()),
  }),
);

const Batch = z.object({ processing_status: z.string(), results_url: z.string().nullish() });

const ResultLine = z.object({
  result: z.object({
    type: z.string(),
    message: z.unknown().optional(),
    error: z
      .object({ error: z.object({ type: z.unknown().optional(), message: z.unknown().optional() }) })
      .nullish()
      .catch(null),
  }),
});

function resultOf(line: Readonly<Record<string, unknown>>, id: string): BatchResult | null {
  const parsed = ResultLine.safeParse(line);
  if (!parsed.success) return null;
  const { type, message, error } = parsed.data.result;
  // Not answered within the day, or cancelled before: may be asked again.
  if (type === "expired" || type === "canceled") return { id, failure: failure("anthropic", "timeout") };
  if (type === "errored") {
    const said = error?.error;
    const refusal = {
      status: statuses[String(said?.type)] ?? 500,
      codes: [said?.type],
      said: said?.message,
      headers: undefined,
    };
    return { id, failure: judged("anthropic", refusal, 0) };
  }
  if (type !== "succeeded") return null;
  try {
    return { id, reply: messagesReply(message, ANY_CALL) };
  } catch (error) {
    if (error instanceof ProviderFailure) return { id, failure: error };
    throw error;
  }
}

/** The status that a type of error has where it has one: https://docs.anthropic.com/en/api/errors */
const statuses: Readonly<Record<string, number>> = {
  invalid_request_error: 400,
  authentication_error: 401,
  billing_error: 402,
  permission_error: 403,
  not_found_error: 404,
  timeout_error: 408,
  conflict_error: 409,
  request_too_large: 413,
  rate_limit_error: 429,
  api_error: 500,
  overloaded_error: 529,
};
