// What an answer means, and how long a server asks us to stay away.
import { expect, test } from "vitest";
import type { Answer, Ask } from "./types.ts";
import { resetAt, retryAfter, verdictOf } from "./verdict.ts";

const now = Date.parse("2026-11-20T12:00:00Z");
const ask: Ask = { path: "/x", costs: [], expect: "json" };
const keyed: Ask = { ...ask, secrets: [{ of: "token", in: "query", name: "t" }] };
const inSession: Ask = { ...ask, secrets: [{ of: "session", in: "header", name: "a" }] };
const answer = (status: number, headers: Record<string, string> = {}): Answer => ({
  ...{ status, headers, text: "", unchanged: false, at: "2026-11-20T12:00:00Z" },
});
const meaning = (status: number, of: Ask = ask) => verdictOf(answer(status), null, of, ["session"]).is;

test.each([
  ["7", 7000],
  ["0.5", 500],
  ["-5", 0],
  ["99999999999", 99_999_999_999_000],
  ["Fri, 20 Nov 2026 12:00:30 GMT", 30_000],
  ["Fri, 20 Nov 2026 11:00:00 GMT", 0],
  ["soon", null],
  ["", null],
])("Retry-After: %s", (words, expected) => {
  expect(retryAfter({ "retry-after": words }, now)).toBe(expected);
});

test("a date is held against the server's own clock; milliseconds go first; nothing said is nothing", () => {
  const date = "Fri, 20 Nov 2026 12:00:30 GMT";
  expect(retryAfter({ "retry-after": date, date: "Fri, 20 Nov 2026 12:00:20 GMT" }, now)).toBe(10_000);
  expect(retryAfter({ "retry-after-ms": "250", "retry-after": "9" }, now)).toBe(250);
  expect(retryAfter({}, now)).toBeNull();
});

test("classes by status: what may pass, what ends the account, what ends the target, what we ask wrongly", () => {
  expect([200, 204, 304].map((status) => meaning(status))).toEqual(["good", "good", "good"]);
  expect([408, 425, 429, 500, 502, 503, 504].map((status) => meaning(status))).toEqual(
    Array(7).fill("retry"),
  );
  expect([403, 404, 410, 451].map((status) => meaning(status))).toEqual(Array(4).fill("stop-target"));
  expect([301, 400, 405, 422, 501].map((status) => meaning(status))).toEqual(Array(5).fill("configuration"));
  expect([meaning(401), meaning(401, keyed), meaning(401, inSession), meaning(402)]).toEqual([
    "stop-target",
    "stop-account",
    "renew",
    "stop-account",
  ]);
  expect(verdictOf(answer(200), "it is a page, not JSON", ask, [])).toMatchObject({ is: "retry" });
});

test("when a window is full again is read on our clock, whatever clock the server goes by", () => {
  const now = Date.parse("2026-11-20T12:00:00Z");
  const reset = (said: string, headers = {}) => resetAt(Date.parse(said), headers, now, 300_000);
  expect(reset("2026-11-20T12:03:00Z")).toBe("2026-11-20T12:03:00.000Z");
  // Ours is set to another day, the server's is not.
  const date = "Thu, 24 Dec 2026 08:00:00 GMT";
  expect(reset("2026-12-24T08:02:00Z", { date })).toBe("2026-11-20T12:02:00.000Z");
  expect(reset("2026-12-24T08:02:00Z")).toBe(null);
  expect(reset("soon", { date })).toBe(null);
});
