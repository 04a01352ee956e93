// What a provider says with an error, in the engine's words.
import { expect, test } from "vitest";
import { judged, retryAfterMs } from "./failure.ts";

const now = Date.parse("2026-11-02T10:00:00Z");
const wait = (headers: Record<string, string>) => retryAfterMs(new Headers(headers), now);

test("milliseconds come before seconds, and neither is ever negative or without end", () => {
  expect(wait({ "retry-after-ms": "1500.2", "retry-after": "9" })).toBe(1501);
  expect(wait({ "retry-after": "0.5" })).toBe(500);
  expect(wait({ "retry-after": "86400" })).toBe(3_600_000);
  expect(wait({ "retry-after": "-1" })).toBeNull();
  expect(wait({ "retry-after": "NaN" })).toBeNull();
  expect(wait({ "retry-after": "1e9" })).toBeNull();
  expect(wait({})).toBeNull();
});

test("a date counts from the answer's own clock, else from ours; one that is past means now", () => {
  const at = "Mon, 02 Nov 2026 10:00:30 GMT";
  expect(wait({ "retry-after": at })).toBe(30_000);
  expect(wait({ "retry-after": at, date: "Mon, 02 Nov 2026 10:00:20 GMT" })).toBe(10_000);
  expect(wait({ "retry-after": "Mon, 02 Nov 2026 09:00:00 GMT" })).toBe(0);
});

test("a code says more than a status, whichever status it comes with", () => {
  const judge = (status: number, ...codes: unknown[]) => {
    const { kind, code } = judged("openai", { status, codes, said: null, headers: undefined }, now);
    return `${kind} ${code}`;
  };
  expect(judge(429, "insufficient_quota")).toBe("provider quota");
  expect(judge(400, "model_not_found")).toBe("provider model");
  expect(judge(400, null, "context_length_exceeded")).toBe("request too_long");
  expect(judge(200, "overloaded_error")).toBe("again overloaded");
  expect(judge(429, { code: 1 }, "toString")).toBe("again rate_limited");
});

test("a failure names the provider, the trouble, the status and what to look at", () => {
  const refusal = { status: 401, codes: [], said: "key sk-1 is wrong", headers: undefined };
  expect(judged("anthropic", refusal, now).message).toBe(
    "anthropic does not accept the key. Is ANTHROPIC_API_KEY right, and allowed to ask? (HTTP 401)",
  );
});
