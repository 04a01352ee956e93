// Everything that goes wrong at providers, by name.
import { type Writer, written } from "./answers.ts";
import { obeyingModel } from "./obeying.ts";
import type { FakeRequest } from "./request.ts";

/** What a question meets instead of, or on top of, its answer. */
export interface Fault {
  /** The question is answered with an error: body in the protocol of the provider, unless `raw` gives one. */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>> | (() => Readonly<Record<string, string>>);
  /** Code and type of the error, by provider. */
  readonly error?: { readonly openai: string; readonly anthropic: string };
  readonly message?: string | ((request: FakeRequest) => string);
  /** A body in no protocol. */
  readonly raw?: { readonly type: string; readonly body: string };
  /** What happens to the connection: `slow` sends the body byte by byte, `never` nothing, `never-ending` a body without end. */
  readonly connection?: "reset" | "reset-in-body" | "never" | "slow" | "never-ending";
  /** Changes the answer's text; given the text of the behaviour's own answer. */
  readonly text?: (text: string, request: FakeRequest) => string;
  readonly finish?: "truncated" | "refused" | "filtered";
  /** Changes the usage, in the words of the provider; undefined leaves it out. */
  readonly usage?: (usage: Readonly<Record<string, unknown>>) => unknown;
  /** Meets only the endpoint that is named. */
  readonly only?: FakeRequest["endpoint"];
}

type Changed = (value: unknown, key: string) => unknown;

/** The answer's text after every number, string or list of it was changed. */
const changing = (change: Changed) => (text: string) => JSON.stringify(walk(JSON.parse(text), "", change));

function walk(value: unknown, key: string, change: Changed): unknown {
  const changed = change(value, key);
  if (Array.isArray(changed)) return changed.map((each) => walk(each, key, change));
  if (changed === null || typeof changed !== "object") return changed;
  return Object.fromEntries(Object.entries(changed).map(([name, each]) => [name, walk(each, name, change)]));
}

const rewriting = (text: Writer["text"]) => (_text: string, request: FakeRequest) =>
  JSON.stringify(written(request, { text, number: () => 0, choice: (_place, values) => values[0] }));

const isEntries = (value: unknown): value is { id: string }[] =>
  Array.isArray(value) && value.length > 0 && value.every((each) => typeof each?.id === "string");

/** JSON has no sign for these, so they are written in by hand. */
const numbersAs = (sign: string) => (text: string) =>
  changing((value) => (typeof value === "number" ? "@number@" : value))(text).replaceAll('"@number@"', sign);

const busy = { openai: "rate_limit_exceeded", anthropic: "rate_limit_error" };
const invalid = { openai: "invalid_request_error", anthropic: "invalid_request_error" };

export const faults = {
  "429": { status: 429, error: busy },
  "429-ms": { status: 429, error: busy, headers: { "retry-after-ms": "40" } },
  "429-seconds": { status: 429, error: busy, headers: { "retry-after": "2" } },
  "429-date": {
    status: 429,
    error: busy,
    headers: () => ({ "retry-after": new Date(Date.now() + 5_000).toUTCString() }),
  },
  "429-forever": { status: 429, error: busy, headers: { "retry-after": "999999999" } },
  "429-nonsense": { status: 429, error: busy, headers: { "retry-after": "-3 or so" } },
  "insufficient-quota": { status: 429, error: { openai: "insufficient_quota", anthropic: "billing_error" } },
  "no-credit": { status: 400, error: invalid, message: "Your credit balance is too low to use this API." },
  "invalid-request": { status: 400, error: invalid },
  "too-long": { status: 400, error: { openai: "context_length_exceeded", anthropic: "request_too_large" } },
  "too-long-in-words": { status: 400, error: invalid, message: "prompt is too long: 250000 tokens" },
  "401": { status: 401, error: { openai: "invalid_api_key", anthropic: "authentication_error" } },
  "402": { status: 402, error: { openai: "billing", anthropic: "billing_error" } },
  "403": { status: 403, error: { openai: "forbidden", anthropic: "permission_error" } },
  "404-model": { status: 404, error: { openai: "model_not_found", anthropic: "not_found_error" } },
  "404-responses": {
    status: 404,
    only: "responses",
    raw: { type: "text/plain", body: "404 page not found" },
  },
  "405-responses": { status: 405, only: "responses", raw: { type: "text/plain", body: "no" } },
  "408": { status: 408, error: { openai: "timeout", anthropic: "timeout_error" } },
  "409": { status: 409, error: { openai: "conflict", anthropic: "conflict_error" } },
  "413": { status: 413, raw: { type: "text/html", body: "<h1>413 Payload Too Large</h1>" } },
  "422": { status: 422, error: invalid },
  "500": { status: 500, error: { openai: "server_error", anthropic: "api_error" } },
  "502-html": { status: 502, raw: { type: "text/html", body: "<h1>502 Bad Gateway</h1>" } },
  "503": { status: 503, error: { openai: "server_overloaded", anthropic: "api_error" } },
  "529": { status: 529, error: { openai: "overloaded", anthropic: "overloaded_error" } },
  redirect: {
    status: 307,
    headers: { location: "http://127.0.0.1:9/elsewhere" },
    raw: { type: "text/plain", body: "" },
  },
  /** The error repeats the question and the key. */
  "echoing-error": { status: 400, error: invalid, message: echo },
  "echoing-500": { status: 500, error: { openai: "server_error", anthropic: "api_error" }, message: echo },

  reset: { connection: "reset" },
  "reset-in-body": { connection: "reset-in-body" },
  "slow-body": { connection: "slow" },
  never: { connection: "never" },
  "never-ending": { connection: "never-ending" },

  "body-no-json": { raw: { type: "application/json", body: '{"output": [' } },
  "body-html": { raw: { type: "text/html", body: "<html>welcome to this network</html>" } },
  "body-empty": { raw: { type: "application/json", body: "" } },
  "body-null": { raw: { type: "application/json", body: "null" } },
  "body-of-another": { raw: { type: "application/json", body: '{"ok":true}' } },

  "invalid-json": { text: (text) => text.slice(0, -1) },
  "fenced-json": { text: (text) => `\`\`\`json\n${text}\n\`\`\`` },
  "json-in-prose": { text: (text) => `Here is the answer:\n${text}\nI hope this helps!` },
  empty: { text: () => "" },
  "another-shape": { text: () => '{"unexpected":[1,2,3]}' },
  truncated: { text: (text) => text.slice(0, Math.ceil(text.length / 2)), finish: "truncated" },
  refusal: { text: () => "I cannot help with that.", finish: "refused" },
  filtered: { text: () => "", finish: "filtered" },
  "wrong-language": { text: rewriting(() => "これは質問とは別の言語で書かれた答えです") },
  "unknown-ids": { text: changing((value, key) => (key === "id" ? `${value}z` : value)) },
  "duplicate-ids": { text: changing((value) => (isEntries(value) ? [...value, value[0]] : value)) },
  "missing-ids": { text: changing((value) => (isEntries(value) ? value.slice(1) : value)) },
  "swapped-ids": { text: changing((value) => (isEntries(value) ? swapped(value) : value)) },
  "not-a-number": { text: numbersAs("NaN") },
  infinite: { text: numbersAs("1e999") },
  "huge-number": { text: numbersAs("90071992547409930000") },
  "prompt-echo": {
    text: (text, request) => rewriting(() => `${request.system} ${request.user}`)(text, request),
  },
  markup: {
    text: rewriting(
      () =>
        '<b onmouseover="alert(1)">bold</b> <script>alert(1)</script> [a link](https://attack.example) ![](https://attack.example/x.png)',
    ),
  },
  obeying: { text: (_text, request) => JSON.stringify(obeyingModel(request)) },

  "usage-missing": { usage: () => undefined },
  "usage-negative": { usage: numbered(() => -5) },
  "usage-absurd": { usage: numbered(() => 9e15) },
  "usage-fraction": { usage: numbered((tokens) => tokens + 0.5) },
  "usage-zero": { usage: numbered(() => 0) },
  "usage-words": { usage: numbered(() => "many") },
  /** More was read from the cache than was asked. */
  "usage-contradiction": {
    usage: (usage) => ({
      ...usage,
      input_tokens_details: { cached_tokens: 1e6 },
      prompt_tokens_details: { cached_tokens: 1e6 },
      cache_read_input_tokens: -1,
    }),
  },
} as const satisfies Record<string, Fault>;

export type FaultName = keyof typeof faults;

export const faultNames = Object.keys(faults) as FaultName[];

function echo(request: FakeRequest): string {
  return `cannot answer: ${request.headers.authorization} asked ${request.system} ${request.user}`;
}

function numbered(change: (tokens: number) => unknown): NonNullable<Fault["usage"]> {
  const each = (value: unknown): unknown => {
    if (typeof value === "number") return change(value);
    if (value === null || typeof value !== "object") return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, each(inner)]));
  };
  return each;
}

function swapped(entries: readonly { id: string }[]): unknown[] {
  return entries.map((entry, place) => ({ ...entry, id: entries.at(place - 1)?.id }));
}
