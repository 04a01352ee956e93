// The one server of the fake world: finds the vendor by the prefix of the path, lets today's script have its way, and writes everything down.
import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { jetstream } from "./jetstream.ts";
import type { Fault } from "./script.ts";
import {
  type Asked,
  type FakeVendor,
  iso,
  type Reply,
  type Stage,
  type VendorName,
  vendorNames,
} from "./wire.ts";

/** One request, as it was answered. */
export interface Entry {
  readonly number: number;
  /** ISO instant of the world's clock. */
  readonly at: string;
  readonly vendor: VendorName;
  readonly method: string;
  readonly endpoint: string;
  /** What it was about: a hashtag, a term, an article; null where nothing is said. */
  readonly key: string | null;
  /** Path and query without secrets. */
  readonly asked: string;
  /** 0 when the connection was broken before an answer. */
  readonly status: number;
  readonly items: number;
  /** What the script did to it. */
  readonly fault: string | null;
  /** Answered whole once before since the day was set: the same request at the same place. */
  readonly again: boolean;
  /** What a careful client would not have done; null when all is well. */
  readonly violation: string | null;
}

export interface Control {
  readonly stage: Stage;
  now(): number;
  meets(vendor: VendorName, number: number, now: number): Fault | null;
  readonly vendors: Readonly<Record<VendorName, FakeVendor>>;
  /** Under `/_world/`; null when there is nothing of that name. */
  control(method: string, path: string, query: URLSearchParams, body: string): unknown;
}

const secretNames = /^(access_token|input_token|fb_exchange_token|key|client_secret|code)$/;

export async function serveWorld({ stage, now, meets, vendors, control }: Control) {
  const ledger: Entry[] = [];
  let epoch = -1;
  let counts = new Map<VendorName, number>();
  let answered = new Set<string>();
  const quietUntil = new Map<VendorName, number>();
  let failing = new Map<string, number>();

  const stream = jetstream(stage, now, (endpoint, status, frames) =>
    write({
      vendor: "bluesky",
      method: "GET",
      endpoint,
      key: null,
      asked: "",
      status,
      items: frames,
      fault: null,
      again: false,
      violation: null,
    }),
  );

  function write(entry: Omit<Entry, "number" | "at">): void {
    ledger.push({ number: ledger.length + 1, at: iso(now()), ...entry });
  }

  const server = createServer((request, response) => {
    void handle(request, response).catch((error: unknown) => {
      if (!response.headersSent) response.writeHead(500, { "content-type": "text/plain" });
      response.end(error instanceof Error ? `the fake world broke: ${error.stack}` : "");
    });
  });
  server.on("upgrade", (request: IncomingMessage, socket: Socket, head: Buffer) => {
    const url = new URL(request.url ?? "/", "http://world");
    stream.upgrade(request, socket, head, url.pathname, url.searchParams);
  });

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks).toString();
    const url = new URL(request.url ?? "/", "http://world");
    if (url.pathname.startsWith("/_world/")) return controlled(request.method ?? "GET", url, body, response);
    const vendor = vendorNames.find((name) => url.pathname.startsWith(`/${name}/`));
    if (vendor === undefined) {
      response.writeHead(404, { "content-type": "text/plain" });
      response.end("nobody of that name in this world");
      return;
    }
    begin();
    const number = (counts.get(vendor) ?? 0) + 1;
    counts.set(vendor, number);
    const at = now();
    const asked: Asked = {
      method: request.method ?? "GET",
      path: url.pathname.slice(vendor.length + 1),
      query: url.searchParams,
      headers: request.headers,
      body,
      now: at,
      number,
      base: `http://${request.headers.host}/${vendor}`,
    };
    const hasty = at < (quietUntil.get(vendor) ?? 0) - 60 ? "asked again before Retry-After was over" : null;
    // Each instance of Mastodon is a service of its own.
    const service = vendor === "mastodon" ? `${vendor} ${asked.path.split("/")[1]}` : vendor;
    const fault = meets(vendor, number, at);
    const about = { vendor, method: asked.method, asked: shown(asked) };
    if (fault?.is === "reset" || fault?.is === "instead") {
      const failed = (failing.get(service) ?? 0) + 1;
      failing.set(service, failed);
      const stubborn = failed > 15 ? "kept asking a service that does not answer" : null;
      const status = fault.is === "reset" ? 0 : fault.status;
      write({
        ...about,
        endpoint: endpointOf(asked),
        key: null,
        status,
        items: 0,
        fault: fault.is === "reset" ? "reset" : `instead ${status}`,
        again: false,
        violation: hasty ?? stubborn,
      });
      if (fault.is === "reset") return void response.socket?.resetAndDestroy();
      if (fault.quietMs !== undefined) quietUntil.set(vendor, at + fault.quietMs);
      return send(
        response,
        { status: fault.status, headers: fault.headers ?? {}, text: fault.text, endpoint: "" },
        at,
      );
    }
    failing.delete(service);
    const reply = vendors[vendor].answer(asked);
    const signature = signed(asked, reply);
    const again = answered.has(signature);
    if (reply.status < 400 && fault === null) answered.add(signature);
    const circling = again && stage.has("cursorLoop") ? "walked in a circle" : null;
    write({
      ...about,
      endpoint: reply.endpoint,
      key: reply.key ?? null,
      status: reply.status,
      items: reply.items ?? 0,
      fault: fault?.is ?? null,
      again,
      violation: reply.violation ?? hasty ?? (circling !== null && timesOf(signature) > 2 ? circling : null),
    });
    if (fault?.is === "truncated") return truncate(response, reply, at, fault.torn);
    if (fault?.is === "slow") return trickle(response, reply, at, stage.settings.slowMs);
    send(response, reply, at);
  }

  const circled = new Map<string, number>();
  function timesOf(signature: string): number {
    const times = (circled.get(signature) ?? 1) + 1;
    circled.set(signature, times);
    return times;
  }

  function begin(): void {
    if (epoch === stage.epoch()) return;
    epoch = stage.epoch();
    counts = new Map();
    answered = new Set();
    failing = new Map();
    quietUntil.clear();
    circled.clear();
  }

  async function controlled(method: string, url: URL, body: string, response: ServerResponse): Promise<void> {
    const name = url.pathname.slice("/_world/".length);
    const found =
      name === "ledger"
        ? ledger
        : name === "violations"
          ? violations()
          : control(method, name, url.searchParams, body);
    response.writeHead(found === null ? 404 : 200, { "content-type": "application/json" });
    response.end(JSON.stringify(found));
  }

  const violations = (): Entry[] => ledger.filter(({ violation }) => violation !== null);

  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  server.unref();
  return {
    root: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    ledger: ledger as readonly Entry[],
    violations,
    close(): Promise<void> {
      stream.close();
      return new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    },
  };
}

const endpointOf = (asked: Asked): string => asked.path.split("/").at(-1) ?? asked.path;

function shown(asked: Asked): string {
  const kept = [...asked.query].filter(([name]) => !secretNames.test(name));
  return kept.length === 0 ? asked.path : `${asked.path}?${new URLSearchParams(kept)}`;
}

/** The same question at the same place; where it came from and what it was signed with do not count. */
function signed(asked: Asked, reply: Reply): string {
  const body = createHash("sha1").update(asked.body).digest("hex");
  return `${asked.method} ${asked.base} ${shown(asked)} ${body} ${reply.position ?? ""}`;
}

function wired(reply: Reply, now: number): { headers: Record<string, string>; body: Buffer } {
  const type = reply.text?.type ?? "application/json; charset=utf-8";
  const text = reply.text?.body ?? (reply.body === undefined ? "" : JSON.stringify(reply.body));
  return {
    headers: { "content-type": type, date: new Date(now).toUTCString(), ...reply.headers },
    body: Buffer.from(text),
  };
}

function send(response: ServerResponse, reply: Reply, now: number): void {
  const { headers, body } = wired(reply, now);
  response.writeHead(
    reply.status,
    reply.status === 304 ? headers : { ...headers, "content-length": String(body.length) },
  );
  response.end(reply.status === 304 ? undefined : body);
}

function truncate(response: ServerResponse, reply: Reply, now: number, torn: boolean): void {
  const { headers, body } = wired(reply, now);
  const half = body.subarray(0, Math.floor(body.length / 2));
  if (!torn) {
    response.writeHead(reply.status, headers);
    response.end(half);
    return;
  }
  response.writeHead(reply.status, { ...headers, "content-length": String(body.length) });
  response.write(half, () => response.socket?.resetAndDestroy());
}

async function trickle(response: ServerResponse, reply: Reply, now: number, slowMs: number): Promise<void> {
  const { headers, body } = wired(reply, now);
  response.writeHead(reply.status, headers);
  const pieces = Math.max(1, Math.floor(slowMs / 50));
  const size = Math.max(1, Math.ceil(body.length / pieces));
  for (let at = 0; at < body.length && !response.destroyed; at += size) {
    response.write(body.subarray(at, at + size));
    await wait(50, undefined, { ref: false });
  }
  response.end();
}
