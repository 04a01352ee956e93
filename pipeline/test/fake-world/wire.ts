// What passes between the server and a vendor: a request as it came, a reply to send, what the ledger shall say of it.
import type { IncomingHttpHeaders } from "node:http";
import type { Flag } from "./script.ts";
import type { Universe } from "./universe.ts";

export const vendorNames = [
  "instagram",
  "threads",
  "pinterest",
  "youtube",
  "bluesky",
  "mastodon",
  "wikimedia",
  "gdelt",
  "ecb",
] as const;
export type VendorName = (typeof vendorNames)[number];

export interface Asked {
  readonly method: string;
  /** Behind the vendor's prefix, still encoded: `/v26.0/ig_hashtag_search`. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  /** Milliseconds of the world's clock. */
  readonly now: number;
  /** How many this vendor has had since the day was set, this one included. */
  readonly number: number;
  /** Where this vendor answers: `http://127.0.0.1:4711/instagram`. */
  readonly base: string;
}

export interface Reply {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly body?: unknown;
  readonly text?: { readonly type: string; readonly body: string };
  /** Name of what was asked, for the ledger. */
  readonly endpoint: string;
  /** What it was about: a hashtag, a term, an article, a username. */
  readonly key?: string;
  readonly items?: number;
  /** Where the server stood, when the request alone does not say it. */
  readonly position?: number;
  /** What a careful client would not have done; words for people. */
  readonly violation?: string;
}

/** When a post could be had by whom asked for the key. */
export interface Obtainable {
  readonly key: string;
  /** As the API names it. */
  readonly id: string;
  readonly from: number;
  /** Null: for good. */
  readonly until: number | null;
}

export interface FakeVendor {
  answer(asked: Asked): Reply;
  /** Everything that could be had of the key at some time from `from` to `until`. */
  obtainable?(key: string, from: number, until: number): Obtainable[];
  /** Keys that the scene knows of. */
  keys?(): string[];
}

/** What a vendor stands on. */
export interface Stage {
  readonly universe: Universe;
  readonly settings: Settings;
  readonly secrets: Secrets;
  /** True where today's script says so. */
  has(flag: Flag): boolean;
  /** Counts the settings of the clock, so that a vendor sees that a new day has begun. */
  epoch(): number;
  /** Set when today was set. */
  begunAt(): number;
}

export interface Settings {
  /** No page is longer, whatever was asked. */
  readonly pageSize: number;
  readonly hashtags: number;
  readonly instagramCallsPerHour: number;
  readonly instagramBusinessCalls: number;
  readonly youtubeSearches: number;
  readonly youtubeUnits: number;
  readonly gdeltPaceSeconds: number;
  readonly wikimediaPerSecond: number;
  /** Of Threads: unless the app was approved, only one's own posts are searched, and nothing says so. */
  readonly threadsApproved: boolean;
  /** Hashtags that Instagram refuses on a day with `bannedTag`; the first of the first market when empty. */
  readonly banned: readonly string[];
  /** How long a slow body takes. */
  readonly slowMs: number;
}

export interface Secrets {
  readonly instagramToken: string;
  readonly instagramUser: string;
  readonly appId: string;
  readonly appSecret: string;
  readonly threadsToken: string;
  readonly pinterestToken: string;
  readonly youtubeKey: string;
  readonly blueskyHandle: string;
  readonly blueskyPassword: string;
  readonly mastodonToken: string;
}

export const html = (body: string) => ({ type: "text/html; charset=utf-8", body });
export const plain = (body: string) => ({ type: "text/plain; charset=utf-8", body });

export const bearerOf = (asked: Asked): string | null =>
  /^Bearer (\S+)$/i.exec(asked.headers.authorization ?? "")?.[1] ?? null;

/** Fields of a form or of JSON, whichever was sent. */
export function fieldsOf(asked: Asked): Record<string, string> {
  const type = asked.headers["content-type"] ?? "";
  if (type.includes("json")) {
    try {
      return JSON.parse(asked.body) as Record<string, string>;
    } catch {
      return {};
    }
  }
  return Object.fromEntries(new URLSearchParams(asked.body));
}

export const iso = (at: number): string => new Date(at).toISOString();
/** `2026-11-20T08:15:32Z`. */
export const isoSeconds = (at: number): string => iso(at).replace(/\.\d+Z$/, "Z");
