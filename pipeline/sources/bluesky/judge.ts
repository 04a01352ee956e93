// What Bluesky's refusals mean, and what its headers say of the limits.
import { rowOf, wordsOf } from "../../collecting/loose.ts";
import type { Answer, Ask, Usage, Verdict } from "../../collecting/types.ts";
import { resetAt, retryAfter } from "../../collecting/verdict.ts";
import { LOGIN, RENEWAL } from "./asks.ts";

const ACT =
  "Make an app password in the settings of the account, then set LEAP_BLUESKY_HANDLE and LEAP_BLUESKY_APP_PASSWORD.";

export function judge(answer: Answer, ask: Ask): Verdict | null {
  const error = wordsOf(rowOf(answer.json)["error"]);
  const { status } = answer;
  if (status === 429 || error === "RateLimitExceeded") return pause(answer, ask);
  if (status >= 200 && status < 300) return null;
  const why = error === null ? `the server answered ${status}` : `${status} ${error}`;
  if (ask.path === LOGIN) return status >= 500 ? null : { is: "stop-account", why, act: ACT };
  // The desk signs in anew where what renews is refused.
  if (ask.path === RENEWAL) return status >= 500 ? null : { is: "stop-target", why, mark: "session_over" };
  switch (error) {
    case "ExpiredToken":
    case "InvalidToken":
    case "AuthMissing":
    case "AuthenticationRequired":
      return { is: "renew", session: "session", why };
    case "AccountTakedown":
    case "AccountDeactivated":
      return isAboutActor(ask)
        ? { is: "stop-target", why, mark: "gone", for_days: 7 }
        : { is: "stop-account", why, act: ACT };
    case "BadQueryString":
      return { is: "stop-target", why, mark: "bad_query", for_days: 7 };
    case "InvalidRequest":
      return isAboutActor(ask) ? { is: "stop-target", why, mark: "not_found", for_days: 7 } : null;
  }
  // A page of HTML: what a search gets that does not come with a session, and now and then one that does.
  if (status === 403)
    return {
      is: "retry",
      why: `${why}: forbidden by the server's rules`,
      most: 2,
      otherwise: { is: "stop-target", why, mark: "forbidden", for_days: 1 },
    };
  return null;
}

const isAboutActor = ({ query }: Ask): boolean => query?.["actor"] !== undefined;

function pause(answer: Answer, ask: Ask): Verdict {
  const { at, headers } = answer;
  const [limit] = usage(answer, ask).map((one) => one.limit);
  const after = retryAfter(headers, Date.parse(at)) ?? 300_000;
  const until = resetOf(answer) ?? new Date(Date.parse(at) + after).toISOString();
  return { is: "pause", until, why: "429: too many requests", ...(limit ? { limit } : {}) };
}

/** Signing in is counted apart; which window the headers speak of stands in their policy, such as `30;w=300`. */
export function usage(answer: Answer, ask: Ask): readonly Usage[] {
  const { headers } = answer;
  const capacity = Number(headers["ratelimit-limit"]);
  const remaining = Number(headers["ratelimit-remaining"]);
  if (!headers["ratelimit-limit"] || !headers["ratelimit-remaining"] || !(capacity > 0) || !(remaining >= 0))
    return [];
  const resets_at = resetOf(answer);
  const day = /w=86400\b/.test(headers["ratelimit-policy"] ?? "") || capacity === 300;
  const limit = ask.path !== LOGIN || capacity >= 1_000 ? "requests" : day ? "logins_day" : "logins";
  const used_pct = Math.round((1 - Math.min(remaining, capacity) / capacity) * 1_000) / 10;
  return [{ limit, used_pct, remaining, ...(resets_at ? { resets_at } : {}) }];
}

/** Seconds since 1970. */
function resetOf({ at, headers }: Answer): string | null {
  const seconds = Number(headers["ratelimit-reset"]);
  if (!headers["ratelimit-reset"] || !(seconds > 0)) return null;
  return resetAt(seconds * 1_000, headers, Date.parse(at), 86_400_000);
}
