// Why a call brought no reply, in the engine's words. Providers echo keys and questions in their error texts, so nothing that
// a provider wrote is ever carried on: a failure is worded here, from its status and from codes on a list.
import { type FailureKind, ProviderFailure, type ProviderId } from "../types.ts";

/** What an SDK's error says, before it is judged. */
export interface Refusal {
  readonly status: number;
  /** Codes and types of the error's body, lowest level first; whatever the provider sent. */
  readonly codes: readonly unknown[];
  /** The provider's own sentence: looked at, never repeated. */
  readonly said: unknown;
  readonly headers: Headers | undefined;
}

type Code =
  | "rate_limited"
  | "overloaded"
  | "server_error"
  | "connection"
  | "timeout"
  | "quota"
  | "key"
  | "model"
  | "too_long"
  | "invalid_request";

const words: Readonly<Record<Code, (provider: ProviderId) => string>> = {
  rate_limited: () => "asks for fewer calls",
  overloaded: () => "is overloaded",
  server_error: () => "failed on its side",
  connection: () => "could not be reached or broke the connection",
  timeout: () => "did not answer in time",
  quota: () => "has no quota or credit left for this key. Is the account paid for?",
  key: (provider) =>
    `does not accept the key. Is ${provider.toUpperCase()}_API_KEY right, and allowed to ask?`,
  model: (provider) =>
    `does not know the model or the address. Are the model's name and ${provider.toUpperCase()}_BASE_URL right?`,
  too_long: () => "says that the question is too long",
  invalid_request: () => "does not take the question as it is",
};

const kinds: Readonly<Record<Code, FailureKind>> = {
  rate_limited: "again",
  overloaded: "again",
  server_error: "again",
  connection: "again",
  timeout: "again",
  quota: "provider",
  key: "provider",
  model: "provider",
  too_long: "request",
  invalid_request: "request",
};

export interface About {
  readonly status?: number | null;
  readonly retryAfterMs?: number | null;
}

/** A failure in our own words; `again`, `provider` or `request` follows from the code. */
export function failure(provider: ProviderId, code: Code, about: About = {}): ProviderFailure {
  const status = about.status ?? null;
  const message = `${provider} ${words[code](provider)}${status === null ? "" : ` (HTTP ${status})`}`;
  return new ProviderFailure(kinds[code], code, {
    message,
    status,
    retryAfterMs: about.retryAfterMs ?? null,
  });
}

/** A provider's answer with an error status, judged. */
export function judged(provider: ProviderId, refusal: Refusal, now: number): ProviderFailure {
  return failure(provider, codeOf(refusal), {
    status: refusal.status,
    retryAfterMs: refusal.headers === undefined ? null : retryAfterMs(refusal.headers, now),
  });
}

const named: Readonly<Record<string, Code>> = {
  insufficient_quota: "quota",
  billing_hard_limit_reached: "quota",
  billing_not_active: "quota",
  billing_error: "quota",
  enforced_spend_limit_reached: "quota",
  contract_spend_limit_reached: "quota",
  linked_organization_spend_limit_reached: "quota",
  linked_organization_billing_unavailable: "quota",
  organization_on_hold: "key",
  invalid_api_key: "key",
  account_deactivated: "key",
  authentication_error: "key",
  permission_error: "key",
  model_not_found: "model",
  model_not_available: "model",
  context_length_exceeded: "too_long",
  string_above_max_length: "too_long",
  request_too_large: "too_long",
  overloaded_error: "overloaded",
  rate_limit_exceeded: "rate_limited",
  rate_limit_error: "rate_limited",
};

function codeOf({ status, codes, said }: Refusal): Code {
  for (const code of codes) {
    const known = typeof code === "string" && Object.hasOwn(named, code) ? named[code] : undefined;
    if (known !== undefined) return known;
  }
  // An account without credit is an ordinary 400 at Anthropic; only its sentence says so.
  if (typeof said === "string" && /credit balance|insufficient (quota|credit|funds)/i.test(said))
    return "quota";
  if (status === 401 || status === 403) return "key";
  if (status === 402) return "quota";
  if (status === 404 || status === 405 || (status >= 300 && status < 400)) return "model";
  if (status === 408 || status === 504) return "timeout";
  if (status === 429) return "rate_limited";
  if (status === 503 || status === 529) return "overloaded";
  if (status === 409 || status === 425 || status >= 500) return "server_error";
  if (status === 413) return "too_long";
  return typeof said === "string" && tooLong.test(said) ? "too_long" : "invalid_request";
}

const tooLong =
  /context (length|window|size)|prompt is too long|too many tokens|maximum (context|.{0,20}tokens)/i;

/** Longer waits than this are no plan for a run: the engine goes on without this provider. */
const LONGEST_WAIT_MS = 3_600_000;

/**
 * How long a provider asks to wait, in milliseconds up to an hour: `retry-after-ms`, else `retry-after` in seconds or as an HTTP date
 * (RFC 9110, 10.2.3), a date being read against the answer's own `date` so that a clock that is wrong here does no harm. Null when it says
 * nothing that can be.
 */
export function retryAfterMs(headers: Headers, now: number): number | null {
  const milliseconds = decimal(headers.get("retry-after-ms"));
  if (milliseconds !== null) return Math.min(Math.ceil(milliseconds), LONGEST_WAIT_MS);
  const said = headers.get("retry-after");
  const seconds = decimal(said);
  if (seconds !== null) return Math.min(Math.ceil(seconds * 1000), LONGEST_WAIT_MS);
  if (said === null || !/[a-z]{3}/i.test(said)) return null;
  const at = Date.parse(said);
  if (Number.isNaN(at)) return null;
  const answeredAt = Date.parse(headers.get("date") ?? "");
  return Math.min(Math.max(at - (Number.isNaN(answeredAt) ? now : answeredAt), 0), LONGEST_WAIT_MS);
}

function decimal(text: string | null): number | null {
  return text !== null && /^\s*\d{1,15}(\.\d{1,9})?\s*$/.test(text) ? Number(text) : null;
}
