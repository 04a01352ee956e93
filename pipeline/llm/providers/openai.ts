// OpenAI's models, and every server that speaks its protocol: the Responses API, or chat completions where a server knows no other.
import OpenAI, { APIError } from "openai";
import type { Provider } from "../types.ts";
import { type Answer, answerOf, attempt, type Line, line, type ProviderOptions } from "./attempt.ts";
import type { Refusal } from "./failure.ts";
import { openaiBatches } from "./openai-batches.ts";
import { chatBody, chatReply, responsesBody, responsesReply } from "./openai-wire.ts";
import { ceilingOf } from "./usage.ts";

/** One OpenAI-compatible provider. @throws LeapError for a key or an address that cannot be. */
export function openaiProvider(options: ProviderOptions): Provider {
  const on = line("openai", options, "https://api.openai.com/v1", refusalOf);
  const client = new OpenAI({
    apiKey: options.apiKey,
    adminAPIKey: null,
    webhookSecret: null,
    baseURL: on.baseURL,
    fetch: on.fetch,
    // A redirect would carry the question to a host that nobody named.
    fetchOptions: { redirect: "manual" },
    maxRetries: 0,
    timeout: Math.max(on.askMs, on.batchMs) + 1_000,
    // Its debug log prints questions.
    logLevel: "off",
  });
  let knowsResponses = true;
  return {
    id: "openai",
    async ask(request, signal) {
      const within = { signal, withinMs: on.askMs };
      if (knowsResponses) {
        const body = responsesBody(request);
        const answer = await attempt(on, within, (stop) => askResponses(client, body, stop));
        if (answer !== NO_SUCH_ADDRESS)
          return responsesReply(answer.body, ceilingOf(request), answer.requestId);
      }
      const body = chatBody(request);
      const answer = await attempt(on, within, (stop) =>
        answerOf(client.chat.completions.create(body, { signal: stop }), "x-request-id"),
      );
      const reply = chatReply(answer.body, ceilingOf(request), answer.requestId);
      knowsResponses = false;
      return reply;
    },
    batches: openaiBatches(client, on),
  };
}

const NO_SUCH_ADDRESS: unique symbol = Symbol("no such address");

/** A 404 or 405 that blames no model means that the address itself is not known there. */
async function askResponses(
  client: OpenAI,
  body: OpenAI.Responses.ResponseCreateParamsNonStreaming,
  signal: AbortSignal,
): Promise<Answer | typeof NO_SUCH_ADDRESS> {
  try {
    return await answerOf(client.responses.create(body, { signal }), "x-request-id");
  } catch (error) {
    const unknown = error instanceof APIError && (error.status === 404 || error.status === 405);
    if (unknown && error.code !== "model_not_found") return NO_SUCH_ADDRESS;
    throw error;
  }
}

const refusalOf: Line["refusal"] = (error) => {
  if (!(error instanceof APIError) || error.status === undefined) return null;
  const body = error.error as { readonly message?: unknown } | undefined;
  return {
    status: error.status,
    codes: [error.code, error.type],
    said: body?.message,
    headers: error.headers,
  } satisfies Refusal;
};
