// Anthropic's models: the Messages API, with the rules of the task in a block that the provider keeps.
import Anthropic, { APIError } from "@anthropic-ai/sdk";
import type { Provider } from "../types.ts";
import { anthropicBatches } from "./anthropic-batches.ts";
import { messagesBody, messagesReply } from "./anthropic-wire.ts";
import { answerOf, attempt, type Line, line, type ProviderOptions } from "./attempt.ts";
import { ceilingOf } from "./usage.ts";

/** Anthropic, or a gateway that speaks its protocol. @throws LeapError for a key or an address that cannot be. */
export function anthropicProvider(options: ProviderOptions): Provider {
  const given = line("anthropic", options, "https://api.anthropic.com", refusalOf);
  // The SDK adds /v1 itself; who gives it too meant the same address.
  const on = { ...given, baseURL: given.baseURL.replace(/\/v1$/, "") };
  const client = new Anthropic({
    // With a key given, no profile of the disk and no token of the environment is looked for.
    apiKey: options.apiKey,
    authToken: null,
    webhookKey: null,
    baseURL: on.baseURL,
    fetch: on.fetch,
    // A redirect would carry the question to a host that nobody named.
    fetchOptions: { redirect: "manual" },
    maxRetries: 0,
    timeout: Math.max(on.askMs, on.batchMs) + 1_000,
    logLevel: "off",
    openTelemetry: false,
  });
  return {
    id: "anthropic",
    async ask(request, signal) {
      const body = messagesBody(request);
      const answer = await attempt(on, { signal, withinMs: on.askMs }, (stop) =>
        answerOf(client.messages.create(body, { signal: stop }), "request-id"),
      );
      return messagesReply(answer.body, ceilingOf(request), answer.requestId);
    },
    batches: anthropicBatches(client, on),
  };
}

const refusalOf: Line["refusal"] = (error) => {
  if (!(error instanceof APIError) || error.status === undefined) return null;
  return {
    status: error.status,
    codes: [error.errorCode, error.type],
    said: error.apiMessage,
    headers: error.headers,
  };
};
