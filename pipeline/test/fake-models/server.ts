// Model providers on this machine: a loopback server that speaks the protocols of OpenAI and Anthropic, goes wrong on demand, and writes down
// everything that it was sent.
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { fittingAnswer } from "./answers.ts";
import { type BatchPlan, fakeBatches } from "./batches.ts";
import { type Fault, type FaultName, faults } from "./faults.ts";
import type { FakeRequest } from "./request.ts";
import { type Endpoint, errorBody, requestFrom, tokensOf, usageOf, wires } from "./wires.ts";

export interface Behaviour {
  /** The answer to a question, sent as JSON; a quiet one that fits the schema when absent. */
  readonly answer?: (request: FakeRequest) => unknown;
  /** What the question meets: a fault, its name, or none. */
  readonly fault?: FaultName | Fault | ((request: FakeRequest) => FaultName | Fault | null) | null;
  /** How long an answer takes, in milliseconds. */
  readonly delayMs?: number;
  readonly batches?: BatchPlan;
}

/** One HTTP call, as it came. */
export interface Call {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface FakeModels {
  /** For OPENAI_BASE_URL. */
  readonly openaiBaseUrl: string;
  /** For ANTHROPIC_BASE_URL. */
  readonly anthropicBaseUrl: string;
  /** Every HTTP call, in order. */
  readonly calls: readonly Call[];
  /** Every question to a model, alone or in a batch, in order. */
  readonly asked: readonly FakeRequest[];
  /** The most questions that were open at once. */
  readonly mostAtOnce: number;
  /** From now on; what stands is replaced as a whole. */
  set(behaviour: Behaviour): void;
  /** Breaks what is open and stops. */
  close(): Promise<void>;
}

/** Starts fake providers on a free port of the loopback interface; they keep no process alive. */
export async function startFakeModels(first: Behaviour = {}): Promise<FakeModels> {
  let behaviour = first;
  const calls: Call[] = [];
  const asked: FakeRequest[] = [];
  const sentBefore = new Set<string>();
  let open = 0;
  let mostAtOnce = 0;
  const stopped = new AbortController();

  /** Answers one question; `batched` ones are asked by the batches below. */
  function react(
    endpoint: Endpoint,
    raw: Readonly<Record<string, unknown>>,
    headers: IncomingHttpHeaders,
    batched: boolean,
  ): Reaction {
    const provider = endpoint === "messages" ? "anthropic" : "openai";
    const objection = wires[endpoint].objection(raw, headers);
    if (objection !== null)
      return { status: 400, headers: {}, body: errorBody(provider, "invalid_request_error", objection) };
    const request = requestFrom(endpoint, raw, headers, { number: asked.length + 1, batched });
    asked.push(request);
    const fault = faultFor(behaviour, request);
    const own = fault.headers;
    const extra = typeof own === "function" ? own() : (own ?? {});
    if (fault.raw) return { status: fault.status ?? 200, headers: extra, raw: fault.raw, fault };
    if (fault.status !== undefined) {
      const said = typeof fault.message === "function" ? fault.message(request) : (fault.message ?? "no");
      return {
        status: fault.status,
        headers: extra,
        body: errorBody(provider, fault.error?.[provider] ?? "error", said),
        fault,
      };
    }
    const plain = JSON.stringify((behaviour.answer ?? fittingAnswer)(request) ?? null);
    const text = fault.text?.(plain, request) ?? plain;
    const prefix = `${provider} ${request.model} ${request.system}`;
    const counted = { system: tokensOf(request.system), user: tokensOf(request.user), out: tokensOf(text) };
    const usage = usageOf(endpoint, { ...counted, repeated: sentBefore.has(prefix) }, batched);
    sentBefore.add(prefix);
    const stated = fault.usage ? fault.usage(usage) : usage;
    const finish = fault.finish ?? "complete";
    return {
      status: 200,
      headers: extra,
      body: wires[endpoint].answer({ request, text, finish, usage: stated }),
      fault,
    };
  }

  const batches = fakeBatches(react, () => behaviour.batches ?? {});

  const server = createServer((request, response) => {
    void answer(request, response).catch(() => response.destroy());
  });

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    const path = request.url ?? "/";
    const call: Call = {
      method: request.method ?? "",
      path,
      headers: request.headers,
      body: body.toString(),
    };
    calls.push(call);
    const provider = path.startsWith("/v1/messages") ? "anthropic" : "openai";
    if (!/^Bearer \S+$/.test(request.headers.authorization ?? "")) {
      const code = provider === "anthropic" ? "authentication_error" : "invalid_api_key";
      return send(response, { status: 401, headers: {}, body: errorBody(provider, code, "no key") });
    }
    const endpoint = request.method === "POST" ? endpoints[path] : undefined;
    if (endpoint === undefined) {
      const host = `http://${request.headers.host}`;
      const found = await batches(call, body, host);
      return send(
        response,
        found ?? { status: 404, headers: {}, raw: { type: "text/plain", body: "404 page not found" } },
      );
    }
    open += 1;
    mostAtOnce = Math.max(mostAtOnce, open);
    try {
      if (behaviour.delayMs) await wait(behaviour.delayMs, undefined, { signal: stopped.signal });
      await send(response, react(endpoint, JSON.parse(call.body), request.headers, false));
    } finally {
      open -= 1;
    }
  }

  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  server.unref();
  const root = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    openaiBaseUrl: `${root}/v1`,
    anthropicBaseUrl: root,
    calls,
    asked,
    get mostAtOnce() {
      return mostAtOnce;
    },
    set(next) {
      behaviour = next;
    },
    close() {
      stopped.abort();
      return new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    },
  };
}

const endpoints: Readonly<Record<string, Endpoint>> = {
  "/v1/responses": "responses",
  "/v1/chat/completions": "chat",
  "/v1/messages": "messages",
};

/** What the server does: an answer or an error, and what happens to it on its way. */
export interface Reaction {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly raw?: { readonly type: string; readonly body: string };
  readonly fault?: Fault;
}

function faultFor(behaviour: Behaviour, request: FakeRequest): Fault {
  const given = typeof behaviour.fault === "function" ? behaviour.fault(request) : (behaviour.fault ?? null);
  const fault: Fault = typeof given === "string" ? faults[given] : (given ?? {});
  return fault.only === undefined || fault.only === request.endpoint ? fault : {};
}

let requests = 0;

async function send(response: ServerResponse, reaction: Reaction): Promise<void> {
  const connection = reaction.fault?.connection;
  const type = reaction.raw?.type ?? "application/json";
  const body = reaction.raw?.body ?? JSON.stringify(reaction.body);
  if (connection === "never") return;
  if (connection === "reset") {
    response.socket?.resetAndDestroy();
    return;
  }
  const id = `req_${++requests}`;
  response.writeHead(reaction.status, {
    "content-type": type,
    "x-request-id": id,
    "request-id": id,
    ...reaction.headers,
  });
  if (connection === undefined) {
    response.end(body);
    return;
  }
  // White space before a value is JSON still, so only a clock ends such an answer.
  if (connection === "reset-in-body") {
    response.write(body.slice(0, body.length / 2), () => response.socket?.resetAndDestroy());
    return;
  }
  const piece = connection === "never-ending" ? " " : null;
  for (let at = 0; !response.destroyed && (piece !== null || at < body.length); at++) {
    response.write(piece ?? body[at]);
    await wait(20, undefined, { ref: false });
  }
  response.end();
}
