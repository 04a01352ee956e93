// One attempt at a provider: a deadline that covers the body too, a limit on what is read, and every error turned into a failure that
// says nothing of the question or the key.
import { LeapError } from "../../core/errors.ts";
import type { ProviderFailure, ProviderId } from "../types.ts";
import { failure, judged, type Refusal } from "./failure.ts";

export interface ProviderOptions {
  readonly apiKey: string;
  /** Root of the API: with `/v1` for OpenAI, without for Anthropic. The provider's own when absent. */
  readonly baseURL?: string | undefined;
  readonly fetch?: typeof globalThis.fetch | undefined;
  /** Longest one attempt may take, its body included. Two minutes when absent; moving a batch's files ten. */
  readonly timeoutMs?: number | undefined;
}

const ATTEMPT_MS = 120_000;
const BATCH_MS = 600_000;

/** What every call of one provider shares. */
export interface Line {
  readonly provider: ProviderId;
  readonly baseURL: string;
  readonly fetch: typeof globalThis.fetch;
  readonly askMs: number;
  readonly batchMs: number;
  /** Reads an SDK's error; null when it is no answer of the provider. */
  readonly refusal: (error: unknown) => Refusal | null;
}

/** The line to a provider. @throws LeapError for a key or an address that cannot be. */
export function line(
  provider: ProviderId,
  options: ProviderOptions,
  home: string,
  refusal: Line["refusal"],
): Line {
  const variable = provider.toUpperCase();
  // A header takes no such signs, and the error of the platform would print the key with them.
  if (!/^[\x21-\x7e]+$/.test(options.apiKey))
    throw new LeapError(
      `invalid ${variable}_API_KEY: it is empty or holds a space, a line break or a letter that no key has. Set it anew.`,
    );
  return {
    provider,
    baseURL: address(options.baseURL ?? home, `${variable}_BASE_URL`),
    fetch: bounded(options.fetch ?? globalThis.fetch),
    askMs: options.timeoutMs ?? ATTEMPT_MS,
    batchMs: options.timeoutMs ?? BATCH_MS,
    refusal,
  };
}

function address(given: string, variable: string): string {
  const url = URL.parse(given.trim());
  // The value is not shown: an address may hold a password.
  if (url === null || !/^https?:$/.test(url.protocol))
    throw new LeapError(`invalid ${variable}: not an address that starts with http:// or https://.`);
  return url.href.replace(/\/+$/, "");
}

/** Runs `call` once. @throws ProviderFailure, and nothing else. */
export async function attempt<T>(
  on: Line,
  limit: { readonly signal: AbortSignal; readonly withinMs: number },
  call: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const deadline = new AbortController();
  const stop = () => deadline.abort();
  if (limit.signal.aborted) stop();
  limit.signal.addEventListener("abort", stop, { once: true });
  // Own clock: the SDK of Anthropic stops its own once headers are there, and a body may then trickle for ever.
  const timer = setTimeout(stop, limit.withinMs);
  try {
    if (deadline.signal.aborted) throw failure(on.provider, "timeout");
    return await call(deadline.signal);
  } catch (error) {
    throw deadline.signal.aborted ? failure(on.provider, "timeout") : failureOf(on, error);
  } finally {
    clearTimeout(timer);
    limit.signal.removeEventListener("abort", stop);
  }
}

/** A body as it came, and the id in its header. */
export interface Answer {
  readonly body: unknown;
  readonly requestId: string | null;
}

/**
 * Reads an answer ourselves: the SDKs take a body without the content type of JSON for text, and stumble over one that is no object.
 * @throws SyntaxError for what is no JSON.
 */
export async function answerOf(
  call: { asResponse(): Promise<Response> },
  header: "x-request-id" | "request-id",
): Promise<Answer> {
  const response = await call.asResponse();
  return { body: JSON.parse(await response.text()), requestId: idOf(response.headers.get(header)) };
}

function failureOf(on: Line, error: unknown): ProviderFailure {
  const refusal = on.refusal(error);
  if (refusal !== null) return judged(on.provider, refusal, Date.now());
  // A body that is no JSON arrived, but cannot be read; everything else never arrived.
  return failure(on.provider, error instanceof SyntaxError ? "server_error" : "connection");
}

/** Bytes of an answer, and of a file of results: more is a fault or an attack, and would fill the memory. */
const MOST_BYTES = { post: 32 * 2 ** 20, get: 400 * 2 ** 20 };

function bounded(fetch: typeof globalThis.fetch): typeof globalThis.fetch {
  return async (input, init) => {
    const response = await fetch(input, init);
    if (response.body === null) return response;
    let left = init?.method?.toUpperCase() === "POST" ? MOST_BYTES.post : MOST_BYTES.get;
    const counted = response.body.pipeThrough(
      new TransformStream<Uint8Array, Uint8Array>({
        transform(chunk, controller) {
          left -= chunk.byteLength;
          if (left < 0) controller.error(new TypeError("more bytes than an answer has"));
          else controller.enqueue(chunk);
        },
      }),
    );
    return new Response(counted, response);
  };
}

/** An id as a provider gives it; null when it is none, so that no text of a server's choosing gets into the ledger. */
export function idOf(...candidates: readonly unknown[]): string | null {
  return candidates.find((id): id is string => typeof id === "string" && /^[\w.:-]{1,128}$/.test(id)) ?? null;
}
