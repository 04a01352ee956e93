// What Instagram's Graph API and its relatives have in common: error bodies, tokens, the app's usage that climbs in a header.
import { Rolling } from "./counters.ts";
import { digitsOf, hour } from "./universe.ts";
import type { Asked, Reply, Stage } from "./wire.ts";

export interface MetaError {
  readonly code: number;
  readonly message: string;
  readonly subcode?: number;
  readonly title?: string;
  readonly says?: string;
  readonly status?: number;
  readonly transient?: boolean;
}

export function metaError(error: MetaError) {
  const { code, message, subcode, title, says, transient } = error;
  return {
    status: error.status ?? 400,
    body: {
      error: {
        message,
        type: "OAuthException",
        code,
        ...(subcode === undefined ? {} : { error_subcode: subcode }),
        ...(transient === undefined ? {} : { is_transient: transient }),
        ...(title === undefined ? {} : { error_user_title: title, error_user_msg: says ?? title }),
        fbtrace_id: `A${digitsOf(message, 12)}`,
      },
    },
  };
}

export const expired = metaError({
  code: 190,
  subcode: 463,
  message: "Error validating access token: Session has expired on that day. The current time is later.",
});
export const noToken = metaError({
  code: 190,
  subcode: 467,
  status: 401,
  message: "Invalid OAuth access token - Cannot parse access token",
});

/** The same string with `+0000` and no colon, as the Graph API writes time. */
export const graphTime = (at: number): string => new Date(at).toISOString().replace(/\.\d+Z$/, "+0000");

/** Says of a token whether it lives; on a day of expiring tokens each dies after some requests and stays dead until another day. */
export function tokens(stage: Stage, after: number): (number: number) => "lives" | "dies" | "dead" {
  let epoch = -1;
  let dead = false;
  return (number) => {
    if (epoch !== stage.epoch()) {
      epoch = stage.epoch();
      dead = false;
    }
    if (!stage.has("tokenExpires") || number <= after) return "lives";
    if (dead) return "dead";
    dead = true;
    return "dies";
  };
}

/** The app's calls of a rolling hour, in percent; at 100 it is shut until the next full hour, and longer for each call that comes all the same. */
export function appUsage(stage: Stage, perHour: number) {
  const calls = new Rolling(Number.POSITIVE_INFINITY, hour);
  let shutUntil = 0;
  let refusals = 0;
  let stormed = -1;

  const refused = () => {
    refusals += 1;
    return metaError({
      code: 4,
      status: refusals % 2 === 1 ? 403 : 400,
      message: "(#4) Application request limit reached",
      transient: true,
    });
  };

  return {
    /** Null when the call may pass. */
    refuse({ now, number }: Asked): (Pick<Reply, "status" | "body"> & { violation?: string }) | null {
      if (now < shutUntil) {
        shutUntil += 5 * 60_000;
        return { ...refused(), violation: "called while the app was throttled, which prolongs the block" };
      }
      if (stage.has("throttled") && number >= 5 && stormed !== stage.epoch()) {
        stormed = stage.epoch();
        shutUntil = Math.ceil((now + 1) / hour) * hour;
        return refused();
      }
      if (calls.used("app", now) >= perHour) {
        shutUntil = Math.ceil((now + 1) / hour) * hour;
        return { ...refused(), violation: "called on at 100 % of X-App-Usage" };
      }
      calls.take("app", now);
      return null;
    },
    headers(now: number): Record<string, string> {
      const used = calls.used("app", now);
      // Seen only once enough calls were made.
      if (used < 4) return {};
      const pct = Math.min(100, Math.round((used / perHour) * 100));
      return {
        "x-app-usage": JSON.stringify({
          call_count: now < shutUntil ? 100 : pct,
          total_cputime: Math.round(pct / 3),
          total_time: Math.round(pct / 2),
        }),
      };
    },
  };
}
