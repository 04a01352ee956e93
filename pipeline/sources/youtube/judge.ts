// What YouTube's refusals mean. The reason stands in the body; the status alone says too little: 403 is a spent day, a hidden comment section or a dead key.
import { listOf, rowOf, wordsOf } from "../../collecting/loose.ts";
import type { Answer, Ask, Verdict } from "../../collecting/types.ts";
import { freeAt } from "../../collecting/windows.ts";

export const ZONE = "America/Los_Angeles";

export function judge(answer: Answer, ask: Ask): Verdict | null {
  const error = rowOf(rowOf(answer.json)["error"]);
  const reasons = reasonsOf(error);
  if (reasons.length === 0) return missing(answer, ask);
  for (const reason of reasons) {
    const verdict = verdictOf(reason, answer, ask);
    if (verdict) return verdict;
  }
  const why = `${answer.status} ${reasons[0]}`;
  if (answer.status === 400) return { is: "configuration", why };
  if (answer.status === 403 || answer.status === 404)
    return { is: "stop-target", why, mark: answer.status === 403 ? "forbidden" : "not_found", for_days: 1 };
  return null;
}

/** The old list of errors, and the names that newer Google services give beside it. */
function reasonsOf(error: Record<string, unknown>): string[] {
  return [
    ...listOf(error["errors"]).map((one) => wordsOf(rowOf(one)["reason"])),
    ...listOf(error["details"]).map((one) => wordsOf(rowOf(one)["reason"])),
    wordsOf(error["status"]),
  ].filter((reason) => reason !== null);
}

function verdictOf(reason: string, { at, status }: Answer, ask: Ask): Verdict | null {
  switch (reason) {
    case "quotaExceeded":
    case "dailyLimitExceeded":
    case "dailyLimitExceededUnreg":
      return {
        is: "pause",
        until: new Date(freeAt({ kind: "day", zone: ZONE }, Date.parse(at))).toISOString(),
        why: `${reason}: the day's calls are used up`,
        limit: ask.costs[0]?.limit ?? "units",
      };
    case "rateLimitExceeded":
    case "userRateLimitExceeded":
    case "servingLimitExceeded":
    case "RESOURCE_EXHAUSTED":
    case "backendError":
    case "internalError":
    case "SERVICE_UNAVAILABLE":
      return { is: "retry", why: `${status} ${reason}` };
    case "commentsDisabled":
      return { is: "stop-target", why: "comments are off", mark: "comments_off", for_days: 7 };
    case "videoNotFound":
    case "channelNotFound":
    case "playlistNotFound":
      return { is: "stop-target", why: reason, mark: "not_found", for_days: 7 };
    case "invalidPageToken":
      return { is: "stop-target", why: "the page's mark is no longer known", mark: "page_lost" };
    case "keyInvalid":
    case "keyExpired":
    case "API_KEY_INVALID":
    case "accessNotConfigured":
    case "SERVICE_DISABLED":
    case "ipRefererBlocked":
      return {
        is: "stop-account",
        why: `${status} ${reason}`,
        act: "See in the Google Cloud console that the key exists, that the YouTube Data API v3 is switched on for its project and that the key's restrictions allow this machine, then set LEAP_YOUTUBE_KEY.",
      };
    default:
      return null;
  }
}

/** A channel that is not there is no error to YouTube, but an answer without items. */
function missing({ status, json }: Answer, ask: Ask): Verdict | null {
  if (status !== 200 || !ask.path.endsWith("/channels") || ask.query?.["forHandle"] === undefined)
    return null;
  if (wordsOf(rowOf(json)["kind"]) === null || listOf(rowOf(json)["items"]).length > 0) return null;
  return {
    is: "stop-target",
    why: `no channel bears the handle ${String(ask.query["forHandle"])}`,
    mark: "not_found",
    for_days: 7,
  };
}
