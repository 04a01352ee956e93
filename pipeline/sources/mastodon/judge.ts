// What an instance's refusals mean, and what its headers say of its limit.
import { rowOf } from "../../collecting/loose.ts";
import type { Answer, Ask, Context, Usage, Verdict } from "../../collecting/types.ts";
import { resetAt, retryAfter } from "../../collecting/verdict.ts";
import { limitOf } from "./asks.ts";
import type { Config } from "./config.ts";

const isTag = ({ path }: Ask): boolean => path.startsWith("/api/v1/timelines/");
const isStatus = ({ path }: Ask): boolean => path.startsWith("/api/v1/statuses/");

export function judge(answer: Answer, ask: Ask, { config }: Context<Config>): Verdict | null {
  const host = ask.address ?? "";
  switch (answer.status) {
    case 200:
      return isTag(ask) && answer.json !== undefined && !Array.isArray(answer.json)
        ? { is: "retry", why: "a timeline that is no list", most: 2 }
        : null;
    case 429:
      return {
        is: "pause",
        until:
          resetOf(answer) ??
          new Date(
            Date.parse(answer.at) + (retryAfter(answer.headers, Date.parse(answer.at)) ?? 300_000),
          ).toISOString(),
        why: `${host} answered 429`,
        limit: limitOf(host),
      };
    case 401:
    case 403:
    case 422: {
      const locked = config.instances.some((instance) => instance.host === host && instance.locked);
      return {
        is: "stop-target",
        // Of one instance alone: the others go on.
        mark: locked ? "token_refused" : "locked",
        why: locked
          ? `${host} refused the token (${answer.status}): set LEAP_MASTODON_TOKEN to one of an application there with read:statuses`
          : `${host} wants a token (${answer.status}): mark it as locked under instances and set LEAP_MASTODON_TOKEN, or take it off the list`,
      };
    }
    case 404:
    case 410:
      // A status that is gone is what was to be found out.
      if (isStatus(ask)) return { is: "good" };
      return { is: "stop-target", why: `${host} knows no such thing`, mark: "not_found", for_days: 1 };
    default:
      return null;
  }
}

/** The headers describe whichever bucket, of the address or of the account, is nearest to its end; the reset is an instant, not seconds. */
export function usage(answer: Answer, ask: Ask): readonly Usage[] {
  const { headers } = answer;
  const capacity = Number(headers["x-ratelimit-limit"]);
  const remaining = Number(headers["x-ratelimit-remaining"]);
  if (!headers["x-ratelimit-remaining"] || !(capacity > 0) || !(remaining >= 0)) return [];
  const resets_at = resetOf(answer);
  const used_pct = Math.round((1 - Math.min(remaining, capacity) / capacity) * 1_000) / 10;
  return [{ limit: limitOf(ask.address ?? ""), used_pct, remaining, ...(resets_at ? { resets_at } : {}) }];
}

const resetOf = ({ at, headers }: Answer): string | null =>
  resetAt(Date.parse(headers["x-ratelimit-reset"] ?? ""), headers, Date.parse(at), 3_600_000);

/** Says that nobody, or nobody without an account, may read tags here; null where they are open or the server does not say. */
export function closedFeeds(instance: unknown, signedIn: boolean): string | null {
  const access = rowOf(rowOf(rowOf(rowOf(instance)["configuration"])["timelines_access"])["hashtag_feeds"]);
  const open: unknown[] = signedIn ? ["public", "authenticated"] : ["public"];
  const closed = ["local", "remote"].filter(
    (which) => access[which] !== undefined && !open.includes(access[which]),
  );
  if (closed.length === 0) return null;
  return `its feeds of tags are not open: ${closed.map((which) => `${which} ${String(access[which])}`).join(", ")}; an empty list from it says nothing`;
}
