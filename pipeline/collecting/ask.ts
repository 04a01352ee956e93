// One attempt at one request: from the address to an answer that is whole, or to words about what is wrong with it. Knows nothing of limits,
// and is the only place where a secret meets a request.
import { redactedError } from "../core/secrets.ts";
import type { Answer, Ask, SecretUse } from "./types.ts";

export interface Outside {
  readonly fetch: typeof globalThis.fetch;
  readonly socket: (
    url: string,
    words: { readonly headers: Readonly<Record<string, string>>; readonly protocols: readonly string[] },
  ) => WebSocket;
  readonly now: () => Date;
}

export interface Attempt {
  readonly ask: Ask;
  readonly base: URL;
  /** Value of a secret; throws when there is none. */
  readonly secret: (use: SecretUse) => string;
  readonly userAgent: string;
  /** ETag and Last-Modified of the last answer. */
  readonly known: { readonly etag: string | null; readonly last_modified: string | null } | null;
  /** Milliseconds for headers and body together. */
  readonly mostMs: number;
  readonly mostBytes: number;
  /** Told before a redirect within the same origin is followed: it costs as much as the request did. */
  readonly again: () => Promise<boolean>;
}

export type Outcome =
  | { readonly answer: Answer; readonly broken: string | null; readonly bytes: number }
  /** Nobody answered: no name, no connection, no end. */
  | { readonly failure: string; readonly bytes: number };

const MOST_REDIRECTS = 2;

export async function attempt(request: Attempt, outside: Outside): Promise<Outcome> {
  const signal = AbortSignal.timeout(request.mostMs);
  let url = urlOf(request);
  let redirects = 0;
  for (;;) {
    let response: Response;
    try {
      response = await within(
        signal,
        outside.fetch(url, { ...wordsOf(request), redirect: "manual", signal }),
      );
    } catch (error) {
      return { failure: failureOf(error, signal, request.mostMs), bytes: 0 };
    }
    const next = locationOf(response, url);
    const follow = next && next.origin === url.origin && (request.ask.method ?? "GET") === "GET";
    if (follow && redirects < MOST_REDIRECTS && (await request.again())) {
      await response.body?.cancel().catch(() => {});
      redirects += 1;
      url = next;
      continue;
    }
    return readAnswer(response, request, outside, signal);
  }
}

/** Address, path and query; secrets that travel there are put in last. Throws when a path leads off the address. */
export function urlOf({ ask, base, secret }: Pick<Attempt, "ask" | "base" | "secret">): URL {
  const url = new URL(base);
  url.pathname = `${base.pathname.replace(/\/$/, "")}/${ask.path.replace(/^\//, "")}`;
  if (url.origin !== base.origin || ask.path.includes("?") || ask.path.includes("#"))
    throw new Error(`a path must not hold a query: ${ask.path}`);
  for (const [name, value] of Object.entries(ask.query ?? {}))
    for (const one of typeof value === "string" ? [value] : value) url.searchParams.append(name, one);
  for (const use of ask.secrets ?? []) if (use.in === "query") url.searchParams.append(use.name, secret(use));
  return url;
}

export function headersOf({ ask, secret, userAgent, known }: Attempt): Record<string, string> {
  const headers: Record<string, string> = {
    "user-agent": userAgent,
    accept: ask.expect === "json" ? "application/json" : "*/*",
    ...(known?.etag ? { "if-none-match": known.etag } : {}),
    ...(known?.last_modified ? { "if-modified-since": known.last_modified } : {}),
    ...ask.headers,
  };
  for (const use of ask.secrets ?? []) if (use.in === "header") headers[use.name] = secret(use);
  return headers;
}

function wordsOf(request: Attempt): RequestInit {
  const { ask, secret } = request;
  const headers = headersOf(request);
  const put = (into: "json" | "form") =>
    Object.fromEntries(
      (ask.secrets ?? []).filter((use) => use.in === into).map((use) => [use.name, secret(use)]),
    );
  const method = ask.method ?? "GET";
  const json = put("json");
  const form = put("form");
  if (ask.json !== undefined || Object.keys(json).length > 0) {
    headers["content-type"] ??= "application/json";
    const body = Object.keys(json).length > 0 ? { ...(ask.json as object | undefined), ...json } : ask.json;
    return { method, headers, body: JSON.stringify(body) };
  }
  if (ask.form !== undefined || Object.keys(form).length > 0)
    return { method, headers, body: new URLSearchParams({ ...ask.form, ...form }) };
  return { method, headers };
}

function locationOf(response: Response, from: URL): URL | null {
  if (response.status < 300 || response.status >= 400 || response.status === 304) return null;
  const to = response.headers.get("location");
  return to === null ? null : URL.parse(to, from);
}

async function readAnswer(
  response: Response,
  { ask, mostBytes, mostMs }: Attempt,
  outside: Outside,
  signal: AbortSignal,
): Promise<Outcome> {
  const read = await bodyOf(response, mostBytes, signal);
  if ("failure" in read) return { failure: failureOf(read.failure, signal, mostMs), bytes: read.bytes };
  const headers: Record<string, string> = {};
  for (const [name, value] of response.headers) headers[name.toLowerCase()] = value;
  let broken = read.broken;
  let text = "";
  if (broken === null)
    try {
      text = new TextDecoder("utf-8", { fatal: true }).decode(read.body);
    } catch {
      broken = "it is not UTF-8";
    }
  const json = ask.expect === "json" && broken === null && text !== "" ? parsed(text) : undefined;
  if (ask.expect === "json" && broken === null && json === undefined && ![204, 304].includes(response.status))
    broken =
      text.trim() === "" ? "it is empty" : /^\s*</.test(text) ? "it is a page, not JSON" : "it is no JSON";
  return {
    answer: {
      status: response.status,
      headers,
      text,
      ...(json === undefined ? {} : { json: json.value }),
      unchanged: response.status === 304,
      at: outside.now().toISOString(),
    },
    broken,
    bytes: read.bytes,
  };
}

function parsed(text: string): { value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

type Body = { body: Uint8Array; broken: string | null; bytes: number } | { failure: unknown; bytes: number };

/** The body as it is after decompression, up to the cap: a small file may unpack to a huge one. */
async function bodyOf(response: Response, mostBytes: number, signal: AbortSignal): Promise<Body> {
  if (!response.body) return { body: new Uint8Array(), broken: null, bytes: 0 };
  const reader = response.body.getReader();
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  try {
    for (;;) {
      const { done, value } = await within(signal, reader.read());
      if (done) break;
      bytes += value.byteLength;
      if (bytes > mostBytes) {
        reader.cancel().catch(() => {});
        return { body: new Uint8Array(), broken: `it is larger than ${mostBytes} bytes`, bytes };
      }
      chunks.push(value);
    }
  } catch (failure) {
    reader.cancel().catch(() => {});
    return { failure, bytes };
  }
  return { body: Buffer.concat(chunks), broken: null, bytes };
}

/** Whatever the other side does with the signal, the waiting ends. */
export function within<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  if (signal.aborted) {
    work.catch(() => {});
    return Promise.reject(signal.reason);
  }
  return new Promise<T>((resolve, reject) => {
    const end = () => reject(signal.reason);
    signal.addEventListener("abort", end, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener("abort", end));
  });
}

function failureOf(error: unknown, signal: AbortSignal, mostMs: number): string {
  if (signal.aborted) return `no whole answer within ${mostMs / 1000} s`;
  const cause = (error as { cause?: { code?: string } } | null)?.cause;
  const code = cause?.code ?? (error as { code?: string } | null)?.code;
  if (code === "ENOTFOUND" || code === "EAI_AGAIN") return "the name of the address cannot be resolved";
  if (code === "ECONNREFUSED") return "nobody listens at the address";
  if (code === "ECONNRESET" || code === "UND_ERR_SOCKET") return "the connection broke";
  return redactedError(cause instanceof Error ? cause : error);
}
