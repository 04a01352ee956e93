// The words of the model engine: what is asked, what comes back, who answered and what it cost.
import type { z } from "zod";
import type { Usage } from "../core/types.ts";

export type { Usage };

export type ProviderId = "openai" | "anthropic";

/** A provider's model: `openai:gpt-6-luna`. */
export interface ModelName {
  readonly provider: ProviderId;
  readonly model: string;
}

/** One question as it is sent. */
export interface ModelRequest {
  readonly model: string;
  /** Rules of the task: the same for every call, so that a provider can keep them. Holds no secret and no caption. */
  readonly system: string;
  /** The data: hostile text behind a delimiter that the call drew at random. */
  readonly user: string;
  /** Shape of the answer: an object at its root, in the subset of zod that both providers take. */
  readonly schema: z.ZodObject;
  /** The task's id; names the schema. */
  readonly task: string;
  readonly maxOutputTokens: number;
  /** What one prefix is kept under at the provider: task and prompt version. */
  readonly cacheKey: string;
}

export type Finish = "complete" | "truncated" | "refused";

export interface Reply {
  /** The answer's text, not parsed; empty when there is none. */
  readonly text: string;
  readonly finish: Finish;
  /** Null when the provider states none, or states what cannot be: such a call is settled at what was reserved for it. */
  readonly usage: Usage | null;
  /** Id under which the provider knows the call. */
  readonly requestId: string | null;
}

/**
 * Why a call failed, by what is to be done about it: `again` the same call may succeed (rate limit, overload, server error, broken connection, timeout);
 * `provider` this provider will not answer any call now (key, quota, permission, unknown model); `request` this call will never be answered.
 */
export type FailureKind = "again" | "provider" | "request";

/** One attempt that brought no reply. The message holds no key and no text of the question. */
export class ProviderFailure extends Error {
  readonly kind: FailureKind;
  /** Short code: `rate_limited`, `overloaded`, `server_error`, `connection`, `timeout`, `quota`, `key`, `model`, `too_long`, `invalid_request`. */
  readonly code: string;
  readonly status: number | null;
  /** What the provider asks to wait, in milliseconds; null when it does not say. */
  readonly retryAfterMs: number | null;

  constructor(
    kind: FailureKind,
    code: string,
    about: {
      readonly message: string;
      readonly status?: number | null;
      readonly retryAfterMs?: number | null;
    },
  ) {
    super(about.message);
    this.name = "ProviderFailure";
    this.kind = kind;
    this.code = code;
    this.status = about.status ?? null;
    this.retryAfterMs = about.retryAfterMs ?? null;
  }
}

/** One provider. It tries once and never waits: retries, budget and fallback are the engine's. */
export interface Provider {
  readonly id: ProviderId;
  /** Throws ProviderFailure. */
  ask(request: ModelRequest, signal: AbortSignal): Promise<Reply>;
  readonly batches: Batches;
}

export interface BatchedRequest {
  /** `^[A-Za-z0-9_-]{1,64}$`, unique in its batch. */
  readonly id: string;
  readonly request: ModelRequest;
}

/** Half price for what can wait. All requests of a batch ask one model. */
export interface Batches {
  /** Hands the batch over under a mark of ours and returns its id. Throws ProviderFailure. */
  submit(requests: readonly BatchedRequest[], signal: AbortSignal, mark?: string): Promise<string>;
  /** The batch that was handed over by a process that did not live to hear its id; null when there is none. Throws ProviderFailure. */
  readonly find?: (sent: SentBatch, signal: AbortSignal) => Promise<string | null>;
  /** Throws ProviderFailure. */
  poll(batch: string, signal: AbortSignal): Promise<BatchState>;
  cancel(batch: string, signal: AbortSignal): Promise<void>;
}

/** What is known of a batch whose id is not. */
export interface SentBatch {
  readonly mark: string;
  /** Ids of its requests. */
  readonly ids: readonly string[];
  /** When it was about to leave: an instant. */
  readonly at: string;
}

export type BatchState =
  | { readonly state: "working" }
  /** Every result that there is, in any order; a request without one was lost and may be asked again. */
  | { readonly state: "ended"; readonly results: readonly BatchResult[] }
  /** The whole batch failed, expired or was cancelled and has no results. */
  | { readonly state: "lost"; readonly reason: string };

export type BatchResult =
  | { readonly id: string; readonly reply: Reply }
  | { readonly id: string; readonly failure: ProviderFailure };
