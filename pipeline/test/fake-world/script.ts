// The script of days: what goes wrong on each, and with which requests. Several days may be laid over each other.
import { html, iso, plain, type VendorName } from "./wire.ts";

/** What vendors themselves do differently. */
export type Flag =
  | "throttled"
  | "tokenExpires"
  | "cursorLoop"
  | "movingItems"
  | "bannedTag"
  | "hiddenLikes"
  | "purge";

export type Fault =
  /** Answered by nobody that knows the vendor; it never sees the request. */
  | {
      readonly is: "instead";
      readonly status: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly text: { readonly type: string; readonly body: string };
      /** Nothing may be asked for so long, in milliseconds. */
      readonly quietMs?: number;
    }
  /** The connection is gone before anything was answered. */
  | { readonly is: "reset" }
  /** The vendor answers, and half of the body arrives: `torn` breaks the connection, else the JSON just ends. */
  | { readonly is: "truncated"; readonly torn: boolean }
  /** The vendor answers, and the body trickles. */
  | { readonly is: "slow" };

interface Meeting {
  readonly vendor: VendorName;
  /** Of this vendor since the day was set, from 1. */
  readonly number: number;
  readonly now: number;
}

export interface Day {
  readonly says: string;
  readonly flags?: readonly Flag[];
  meets?(request: Meeting): Fault | null;
}

const retryAfters: readonly ((now: number) => Readonly<Record<string, string>>)[] = [
  () => ({ "retry-after": "1" }),
  (now) => ({ "retry-after": new Date(Math.ceil(now / 1_000) * 1_000 + 1_000).toUTCString() }),
  () => ({}),
  () => ({ "retry-after": "-5" }),
];

function tooMany({ vendor, now }: Meeting, headers: Readonly<Record<string, string>>): Fault {
  const body = tooManyBody[vendor] ?? JSON.stringify({ error: "Too many requests" });
  const text = body.startsWith("{") ? { type: "application/json", body } : plain(body);
  const own =
    vendor === "mastodon"
      ? { "x-ratelimit-remaining": "0", "x-ratelimit-limit": "300", "x-ratelimit-reset": iso(now + 1_500) }
      : vendor === "bluesky"
        ? {
            "ratelimit-remaining": "0",
            "ratelimit-limit": "3000",
            "ratelimit-reset": String(Math.ceil(now / 1_000) + 1),
          }
        : {};
  const seconds = Number(headers["retry-after"]);
  return {
    is: "instead",
    status: 429,
    headers: { ...own, ...headers },
    text,
    ...(seconds > 0 ? { quietMs: seconds * 1_000 } : {}),
  };
}

const tooManyBody: Partial<Record<VendorName, string>> = {
  bluesky: JSON.stringify({ error: "RateLimitExceeded", message: "Rate Limit Exceeded" }),
  gdelt: "Please limit requests to one every 5 seconds.",
  wikimedia: "Too many requests. Please respect the User-Agent policy.",
  youtube: JSON.stringify({
    error: {
      code: 429,
      message: "Rate exceeded",
      errors: [{ domain: "usageLimits", reason: "rateLimitExceeded" }],
    },
  }),
  pinterest: JSON.stringify({ code: 8, message: "You have exceeded your rate limit. Try again later." }),
};

const page = html(
  "<!doctype html><html><head><title>Just a moment</title></head><body>Checking.</body></html>",
);
const down: readonly VendorName[] = ["youtube", "mastodon"];

export const days = {
  normal: { says: "nothing out of the way" },
  storm429: {
    says: "requests 2 to 7 of each vendor are too many, with Retry-After in its forms; Instagram throttles without warning at the fifth",
    flags: ["throttled"],
    meets: (request) =>
      request.vendor !== "instagram" && request.number >= 2 && request.number <= 7
        ? tooMany(request, (retryAfters[request.number % 4] ?? (() => ({})))(request.now))
        : null,
  },
  retryAfterDay: {
    says: "the third request of each vendor is told to come back tomorrow",
    meets: (request) => (request.number === 3 ? tooMany(request, { "retry-after": "86400" }) : null),
  },
  tokenExpiryMidRun: {
    says: "tokens of Meta die after six requests, sessions of Bluesky after five; the operator renews them overnight",
    flags: ["tokenExpires"],
  },
  cursorLoop: { says: "some walks lead back to their first page", flags: ["cursorLoop"] },
  movingItems: { says: "posts stand on two pages, or come again at the end", flags: ["movingItems"] },
  deletedPosts: {
    says: "every fourth post that stood is gone, and some accounts with all they wrote",
    flags: ["purge"],
  },
  bannedTag: { says: "a hashtag answers with an error that says nothing", flags: ["bannedTag"] },
  hiddenLikes: { says: "most posts hide their likes", flags: ["hiddenLikes"] },
  truncatedBody: {
    says: "the third, eighth and thirteenth answer of each vendor end in the middle",
    meets: ({ number }) => ([3, 8, 13].includes(number) ? { is: "truncated", torn: number % 2 === 0 } : null),
  },
  htmlWith200: {
    says: "the second, seventh and twelfth answer of each vendor are web pages with status 200",
    meets: ({ number }) => ([2, 7, 12].includes(number) ? { is: "instead", status: 200, text: page } : null),
  },
  slowBody: {
    says: "the second answer of each vendor, and every twentieth, trickles",
    meets: ({ number }) => (number % 20 === 2 ? { is: "slow" } : null),
  },
  dnsFailure: {
    says: "the first two connections to each vendor fail, and two later ones",
    meets: ({ number }) => ([1, 2, 6, 12].includes(number) ? { is: "reset" } : null),
  },
  maintenance503: {
    says: `${down.join(" and ")} are down for maintenance`,
    meets: ({ vendor }) =>
      down.includes(vendor)
        ? { is: "instead", status: 503, text: html("<html><body>We are back soon.</body></html>") }
        : null,
  },
} satisfies Record<string, Day>;

export type DayName = keyof typeof days;
export const dayNames = Object.keys(days) as DayName[];

/** Flags and first fault of the days that lie over each other. */
export function laid(names: readonly DayName[]): Required<Pick<Day, "flags" | "meets">> {
  const chosen: Day[] = names.map((name) => days[name]);
  return {
    flags: chosen.flatMap(({ flags }) => flags ?? []),
    meets(request) {
      for (const { meets } of chosen) {
        const fault = meets?.(request);
        if (fault) return fault;
      }
      return null;
    },
  };
}
