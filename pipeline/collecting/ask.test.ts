// One attempt: what is whole passes, anything else is named; no secret leaves its address.
import { expect, test } from "vitest";
import { type Attempt, attempt } from "./ask.ts";
import { gather } from "./stream.ts";
import type { Ask } from "./types.ts";

const ask: Ask = { path: "/x", costs: [], expect: "json" };
function tried(
  answers: (url: URL, init: RequestInit) => Response | Promise<Response>,
  about: Partial<Attempt> = {},
) {
  return attempt(
    {
      ...{
        ask,
        base: new URL("https://api.example/v1/"),
        userAgent: "GlobalLeap/0.1",
        known: null,
        mostMs: 60,
      },
      ...{ mostBytes: 1000, secret: () => "canary", again: async () => true },
      ...about,
    },
    {
      fetch: (url, init) => Promise.resolve(answers(url as URL, init as RequestInit)),
      socket: () => {
        throw new Error("none");
      },
      now: () => new Date(0),
    },
  );
}

test.each<[string, () => Response, string | null]>([
  ["JSON", () => new Response('{"a":1}'), null],
  ["JSON behind a byte order mark", () => new Response('\ufeff{"a":1}'), null],
  ["a page with status 200", () => new Response("<!doctype html><p>maintenance"), "it is a page, not JSON"],
  ["a body that was cut", () => new Response('{"a":[1,2'), "it is no JSON"],
  ["nothing", () => new Response(""), "it is empty"],
  [
    "bytes that are no UTF-8",
    () => new Response(new Uint8Array([0x22, 0xc3, 0x28, 0x22])),
    "it is not UTF-8",
  ],
  ["more than the cap", () => new Response(`"${"x".repeat(2000)}"`), "it is larger than 1000 bytes"],
])("%s", async (_name, response, broken) => {
  expect(await tried(response)).toMatchObject({ broken });
});

test("text is left as it is", async () => {
  expect(
    await tried(() => new Response("Please limit requests"), { ask: { ...ask, expect: "text" } }),
  ).toMatchObject({
    broken: null,
    answer: { text: "Please limit requests" },
  });
});

test("headers that never come, and a body that never ends, end with the time", async () => {
  const never = new Promise<Response>(() => {});
  expect(await tried(() => never)).toEqual({ failure: "no whole answer within 0.06 s", bytes: 0 });
  const drops = () => {
    let timer: NodeJS.Timeout;
    const body = new ReadableStream({
      start: (to) => {
        timer = setInterval(() => to.enqueue(new Uint8Array([32])), 10);
      },
      cancel: () => clearInterval(timer),
    });
    return new Response(body);
  };
  expect(await tried(drops)).toMatchObject({ failure: "no whole answer within 0.06 s" });
});

test("a redirect within the address is followed; one that leads elsewhere is an answer, and gets no secret", async () => {
  const seen: string[] = [];
  const keyed: Ask = { ...ask, secrets: [{ of: "token", in: "query", name: "access_token" }] };
  const answers = (to: string) => (url: URL) => {
    seen.push(url.href);
    return url.pathname === "/v1/x"
      ? new Response(null, { status: 302, headers: { location: to } })
      : new Response("{}");
  };
  expect(await tried(answers("/v1/y"), { ask: keyed })).toMatchObject({ answer: { status: 200 } });
  expect(await tried(answers("https://evil.example/y"), { ask: keyed })).toMatchObject({
    answer: { status: 302 },
  });
  expect(seen).toEqual([
    "https://api.example/v1/x?access_token=canary",
    "https://api.example/v1/y",
    "https://api.example/v1/x?access_token=canary",
  ]);
});

test("secrets go in last, where they are named; paths stay on the address", async () => {
  let got: RequestInit = {};
  const all: Ask = {
    ...{ ...ask, method: "POST", path: "//evil.example/a%2Fb", json: { id: "me" } },
    secrets: [
      { of: "p", in: "json", name: "password" },
      { of: "t", in: "header", name: "authorization", prefix: "Bearer " },
    ],
  };
  await tried(
    (url, init) => {
      got = init;
      expect(url.href).toBe("https://api.example/v1/evil.example/a%2Fb".replace("v1/", "v1//"));
      return new Response("{}");
    },
    { ask: all, secret: ({ prefix = "" }) => `${prefix}canary` },
  );
  expect(JSON.parse(String(got.body))).toEqual({ id: "me", password: "canary" });
  expect(got.headers).toMatchObject({ authorization: "Bearer canary", "user-agent": "GlobalLeap/0.1" });
  expect(got.redirect).toBe("manual");
});

test("a stream is gathered until there is enough, and frames before a break are kept", async () => {
  const socketOf = (frames: number) => () => {
    const socket = Object.assign(new EventTarget(), { close() {}, binaryType: "" });
    queueMicrotask(() => {
      socket.dispatchEvent(new Event("open"));
      for (let at = 0; at < frames; at += 1)
        socket.dispatchEvent(new MessageEvent("message", { data: `${at}` }));
      socket.dispatchEvent(new Event("error"));
    });
    return socket as unknown as WebSocket;
  };
  const request: Attempt = {
    ask: { path: "/s", costs: [], expect: "frames", until: { frames: 3, idle_ms: 50, total_ms: 100 } },
    ...{ base: new URL("wss://stream.example"), userAgent: "x", known: null, mostMs: 60, mostBytes: 1000 },
    ...{ secret: () => "canary", again: async () => true },
  };
  const outside = (frames: number) => ({ fetch, socket: socketOf(frames), now: () => new Date(0) });
  expect(await gather(request, outside(5))).toMatchObject({ answer: { frames: ["0", "1", "2"] } });
  expect(await gather(request, outside(2))).toMatchObject({ answer: { frames: ["0", "1"] } });
  expect(await gather(request, outside(0))).toMatchObject({ failure: "the stream cannot be opened" });
});
