// What an answer of the Graph API means, by the code in its body. The status is not documented (400, 403 and 429 were all seen for one code), and
// messages come in the language of the account: neither is asked. Codes: developers.facebook.com, Instagram Platform → error codes, 2 June 2026.
import type { Answer, Ask, Verdict } from "../../collecting/types.ts";
import { type Fields, fieldsOf, HOUR, later } from "./call.ts";
import { hashtagId } from "./hashtags.ts";
import { businessUsage } from "./usage.ts";
import { CURRENT } from "./version.ts";

const DAY = 24 * HOUR;

/** Null where the body says nothing of its own; then the status decides. */
export function judge(answer: Answer, ask: Ask): Verdict | null {
  const error = fieldsOf(answer.json)["error"];
  if (error !== undefined) return byCode(fieldsOf(error), answer, ask);
  if (answer.status !== 200) return null;
  return shapeFits(answer.json, ask);
}

function byCode(error: Fields, answer: Answer, ask: Ask): Verdict | null {
  const code = Number(error["code"] ?? Number.NaN);
  const subcode = Number(error["error_subcode"] ?? 0);
  const said = subcode === 0 ? `code ${code}` : `code ${code}, subcode ${subcode}`;
  const transient = error["is_transient"] === true;
  const about = aboutOf(ask);

  if (code === 190 || code === 102) return deadToken(subcode, said);
  const pause = throttled(code, subcode, said, answer, about);
  if (pause) return pause;
  if (code === 18 || subcode === 2207034)
    return {
      is: "pause",
      limit: "hashtags",
      until: later(answer.at, DAY),
      why: `${said}: the account has asked about thirty hashtags in seven days, more than our own count knows. New ones wait.`,
    };
  if (code === 110 || subcode === 2207013)
    return stopTarget(
      `${said}: no professional account bears this name. It may be a private person's, renamed, or gone.`,
      "not_found",
      30,
    );
  if ((code === 24 || subcode === 2207024) && about === "search")
    return stopTarget(`${said}: there is no such hashtag.`, "no_such_hashtag", 30);
  if (code === 24 || subcode === 2207024)
    return stopTarget(`${said}: it is not there any more.`, "not_found", 30);
  if (code === 10 && about === "insights") return { is: "good" };
  if (code === 10 || code === 3 || (code >= 200 && code <= 299))
    return {
      is: "configuration",
      why: `${said}: a permission or feature is missing for ${ask.path}. The app needs instagram_basic, instagram_manage_insights, pages_read_engagement and the feature Instagram Public Content Access.`,
    };
  if (code === 100 && subcode === 33)
    return stopTarget(`${said}: it is gone, or nobody may see it.`, "not_found", 30);
  if (code === 2635)
    return {
      is: "configuration",
      why: `${said}: this version of the Graph API has ended. Write version: ${CURRENT} under the source instagram in publication.yaml.`,
    };
  if (code === 100)
    return {
      is: "configuration",
      why: `${said}: a parameter or field of ${ask.path} is refused; a newer version may have removed it. See version: in publication.yaml.`,
    };
  // Code 2 with a server's status and code -1 say that the platform is down; blocking every tag for that would be our own outage.
  if (about === "search" && !transient && code !== -1 && !(code === 2 && answer.status >= 500))
    return {
      is: "retry",
      why: `${said}: the search for the hashtag failed without a reason`,
      most: 2,
      otherwise: stopTarget(
        `${said}, twice: Instagram answers so for hashtags that it has blocked or takes for sensitive.`,
        "blocked_tag",
        7,
      ),
    };
  if (transient || code === 1 || code === 2 || code === -1)
    return { is: "retry", why: `${said}: the platform is out of order` };
  // What is left of 2207xxx speaks about publishing and means nothing to readers.
  if (subcode >= 2_207_000 && subcode <= 2_207_999) return stopTarget(`${said}: refused.`, "refused");
  return answer.status === 200 ? { is: "retry", why: `${said}: an error nobody has described` } : null;
}

function throttled(
  code: number,
  subcode: number,
  said: string,
  answer: Answer,
  about: About,
): Verdict | null {
  const hour = later(answer.at, HOUR);
  if (code === 368 || (code === 4 && subcode === 2_207_051))
    return {
      is: "pause",
      until: later(answer.at, DAY),
      why: `${said}: Meta has blocked the app for breaking a policy. Nothing is asked for a day. Read the alerts in the app's dashboard before then: asking on would lengthen the block.`,
    };
  if (code === 4)
    return { is: "pause", limit: "app", until: hour, why: `${said}: the app has called too often` };
  if (code === 17)
    return { is: "pause", until: hour, why: `${said}: the user of the token has called too often` };
  if (code === 32)
    return { is: "pause", until: hour, why: `${said}: the page of the token has called too often` };
  if (code === 341 || code === 613) return { is: "pause", until: hour, why: `${said}: called too often` };
  if (code !== 80_002) return null;
  const minutes = businessUsage(answer)?.minutes || 60;
  const why = `${said}: the account's calls are used up; access returns in ${minutes} minutes`;
  const until = later(answer.at, minutes * 60_000);
  return about === "own" || about === "insights"
    ? { is: "pause", limit: "business", until, why }
    : { is: "pause", until, why };
}

function deadToken(subcode: number, said: string): Verdict {
  const reasons: Readonly<Record<number, readonly [why: string, first: string]>> = {
    458: ["the app was removed from the account", "Grant it access again"],
    459: ["the account has to pass a check", "Log in on facebook.com, answer it, and grant access again"],
    460: ["the password was changed", "Grant access again"],
    463: ["the token has expired", "Grant access again"],
    464: ["the account is not confirmed", "Log in on facebook.com, confirm it, and grant access again"],
    467: ["the token was made invalid", "Grant access again"],
    492: ["the account has lost its role on the page", "Give it the role back, and grant access again"],
  };
  const [why, first] = reasons[subcode] ?? ["the token is not accepted", "Grant access again"];
  return {
    is: "stop-account",
    why: `${said}: ${why}`,
    act: `${first}: leap auth instagram, or a new LEAP_INSTAGRAM_TOKEN.`,
  };
}

const stopTarget = (why: string, mark: string, for_days?: number): Verdict => ({
  is: "stop-target",
  why,
  mark,
  ...(for_days === undefined ? {} : { for_days }),
});

type About = "search" | "discovery" | "insights" | "own" | "media";

export function aboutOf(ask: Ask): About {
  if (ask.path.endsWith("/ig_hashtag_search")) return "search";
  if (ask.path.endsWith("/insights")) return "insights";
  if (ask.path.endsWith("/media")) return "own";
  return String(ask.query?.["fields"] ?? "").startsWith("business_discovery.") ? "discovery" : "media";
}

/** An answer with status 200 that has not what was asked for is no answer: it is asked again. */
function shapeFits(json: unknown, ask: Ask): Verdict | null {
  const about = aboutOf(ask);
  const { data, business_discovery } = fieldsOf(json);
  if (about === "search" && Array.isArray(data) && data.length === 0)
    return stopTarget("the search finds no such hashtag.", "no_such_hashtag", 30);
  if (about === "search")
    return hashtagId(json) === null ? { is: "retry", why: "the search answered without an id" } : null;
  if (about === "discovery")
    return Object.keys(fieldsOf(business_discovery)).length === 0
      ? { is: "retry", why: "an answer without business_discovery" }
      : null;
  return Array.isArray(data) ? null : { is: "retry", why: "an answer without data" };
}
