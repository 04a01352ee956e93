// What an answer means when its source has no opinion of its own: by status, and by whether the body is what it should be.
import type { Answer, Ask, Verdict } from "./types.ts";

/** `broken` says why a body is none: no JSON, cut off, not UTF-8. */
export function verdictOf(
  answer: Answer,
  broken: string | null,
  ask: Ask,
  sessions: readonly string[],
): Verdict {
  const { status } = answer;
  const after = retryAfter(answer.headers, Date.parse(answer.at));
  const wait = after === null ? {} : { after_ms: after };
  if (status === 0 || (status >= 200 && status < 300) || status === 304)
    return broken === null ? { is: "good" } : { is: "retry", why: `broken answer: ${broken}`, ...wait };
  const session = ask.secrets
    ?.map(({ of }) => of.replace(/\.renewal$/, ""))
    .find((of) => sessions.includes(of));
  switch (status) {
    case 401:
      if (session) return { is: "renew", session, why: "the server answered 401" };
      if (ask.secrets?.length)
        return {
          is: "stop-account",
          why: "the server answered 401",
          act: "Sign in again, or set the credential anew.",
        };
      return { is: "stop-target", why: "the server answered 401", mark: "not_public" };
    case 402:
      return {
        is: "stop-account",
        why: "the server answered 402: no credit is left",
        act: "See the account's plan.",
      };
    case 403:
      return { is: "stop-target", why: "the server answered 403", mark: "forbidden" };
    case 404:
    case 410:
    case 451:
      return {
        is: "stop-target",
        why: `the server answered ${status}`,
        mark: status === 451 ? "withheld" : "not_found",
      };
    case 408:
    case 425:
    case 429:
      return { is: "retry", why: `the server answered ${status}`, ...wait };
  }
  if (status >= 500 && status !== 501 && status !== 505)
    return { is: "retry", why: `the server answered ${status}`, ...wait };
  if (status >= 300 && status < 400)
    return {
      is: "configuration",
      why: `the server sends us elsewhere (${status}); the address should be set to where it points`,
    };
  return { is: "configuration", why: `the server answered ${status}` };
}

/**
 * Milliseconds that a server asks us to stay away: `retry-after-ms`, or `retry-after` as seconds or an HTTP date (RFC 9110, 10.2.3). Never
 * negative; null where it says nothing that can be read. A date is held against the server's own clock where it tells it.
 */
export function retryAfter(headers: Readonly<Record<string, string>>, now: number): number | null {
  const ms = Number(headers["retry-after-ms"]);
  if (headers["retry-after-ms"]?.trim() && Number.isFinite(ms)) return Math.max(0, ms);
  const words = headers["retry-after"]?.trim();
  if (!words) return null;
  if (/^[+-]?\d+(\.\d+)?$/.test(words)) return Math.max(0, Number(words) * 1000);
  const at = Date.parse(words);
  if (Number.isNaN(at)) return null;
  const theirs = Date.parse(headers["date"] ?? "");
  return Math.max(0, at - (Number.isNaN(theirs) ? now : theirs));
}

/**
 * The instant at which a server's window is full again, on our clock: null where it says none that lies ahead within `longestMs`. A server that goes
 * by another clock tells its own in the header `date`; what it says is then as far ahead of us as it is of the server.
 */
export function resetAt(
  said: number,
  headers: Readonly<Record<string, string>>,
  now: number,
  longestMs: number,
): string | null {
  const ahead = [said - now, said - Date.parse(headers["date"] ?? "")].find(
    (ms) => ms > -CLOCKS_DIFFER_MS && ms <= longestMs + CLOCKS_DIFFER_MS,
  );
  return ahead === undefined ? null : new Date(now + Math.max(0, ahead)).toISOString();
}

const CLOCKS_DIFFER_MS = 60_000;
