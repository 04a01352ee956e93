// A small live source for tests of the desk: tags whose posts are listed in pages by a cursor, on a server that counts. Also its parser.
import { z } from "zod";
import { linesOf } from "./lines-of.ts";
import { liveConfig } from "./live-config.ts";
import type { Answer, Json, LiveSource, PageRead, Target } from "./types.ts";

export const Config = z.strictObject({
  ...liveConfig,
  tags: z.array(z.string()).default(["one", "two", "three"]),
  /** Different tags a week. */
  places: z.int().default(30),
  per_minute: z.int().default(1000),
  pace: z.number().default(0),
  fragile: z.boolean().default(false),
  session: z.boolean().default(false),
});
export type Config = z.output<typeof Config>;

const things = {
  posts: z.strictObject({
    request: z.strictObject({ market: z.string().nullable(), tag: z.string() }),
    collected_at: z.iso.datetime(),
    provenance: z.enum(["observed", "synthetic"]),
    item: z.strictObject({ id: z.string(), author: z.string(), text: z.string(), likes: z.int().min(0) }),
  }),
};
export const prepare = linesOf(things);
export const parserFile = import.meta.url;

interface Progress {
  readonly cursor: string | null;
  readonly pages: number;
  readonly over: boolean;
  readonly since: string;
}

const progressOf = (progress: Json): Progress => progress as unknown as Progress;

export const source: LiveSource<Config> = {
  id: "test",
  title: "Tags of a test",
  config: Config as z.ZodType<Config>,
  things,
  counted: ["posts"],
  people: {
    posts: {
      subject: (row) => {
        const { id, author } = row["item"] as { id: string; author: string };
        return { platform: "test", author_id: author, author_handle: author, post_id: id };
      },
      expired: () => null,
    },
  },
  collect: () => Promise.reject(new Error("the desk collects")),
  live: {
    platform: "test",
    addresses: () => ({ main: "https://api.test.example/v1", other: "https://other.test.example" }),
    credentials: [
      { name: "token", variable: "LEAP_TEST_TOKEN", secret: true, required: true },
      { name: "user_id", variable: "LEAP_TEST_USER_ID", secret: false, required: false },
    ],
    sessions: {
      session: {
        login: () => ({
          ...{ path: "/login", method: "POST", expect: "json", costs: [] },
          secrets: [{ of: "token", in: "json", name: "password" }],
        }),
        renew: () => ({
          ...{ path: "/renew", method: "POST", expect: "json", costs: [] },
          secrets: [{ of: "session.renewal", in: "header", name: "authorization" }],
        }),
        read: ({ json }) => {
          const { secret, renewal } = z.object({ secret: z.string(), renewal: z.string() }).parse(json);
          return { secret, renewal, expires_at: null };
        },
      },
    },
    limits: ({ config, plain }) => [
      {
        ...{
          id: "requests",
          title: "Requests a minute",
          unit: "requests",
          account: plain("user_id") ?? "nobody",
        },
        capacity: config.per_minute,
        window: { kind: "rolling", seconds: 60 },
        pace_seconds: config.pace,
      },
      {
        ...{
          id: "tags",
          title: "Different tags in 7 days",
          unit: "tags",
          account: plain("user_id") ?? "nobody",
        },
        capacity: config.places,
        window: { kind: "rolling", seconds: 7 * 86_400 },
        distinct: true,
      },
    ],
    plan: ({ config, markets }) =>
      config.tags.map(
        (tag): Target => ({
          id: `tag:${tag}`,
          title: `#${tag}`,
          markets: markets.map(({ code }) => code),
          data: tag,
        }),
      ),
    begin: (_target, kept, { at }) => ({
      cursor: null,
      pages: 0,
      over: false,
      since: (kept as string | null) ?? new Date(Date.parse(at) - 86_400_000).toISOString(),
    }),
    next: ({ data }, progress, { config }) => {
      const { cursor, over } = progressOf(progress);
      if (over) return null;
      return {
        path: `/tags/${encodeURIComponent(String(data))}`,
        query: { ...(cursor === null ? {} : { after: cursor }), limit: "2" },
        costs: [
          { limit: "requests", units: 1 },
          { limit: "tags", units: 1, key: String(data) },
        ],
        secrets: config.session
          ? [{ of: "session", in: "header", name: "authorization", prefix: "Bearer " }]
          : [{ of: "token", in: "query", name: "access_token" }],
        conditional: cursor === null ? `tag:${data}` : undefined,
        expect: "json",
      } as never;
    },
    read: ({ data, markets }, progress, answer, { config }): PageRead => {
      const was = progressOf(progress);
      if (answer.unchanged) return { items: [], progress: { ...was, over: true } };
      const {
        posts = [],
        next = null,
        gone = [],
        more = [],
      } = answer.json as {
        posts?: { id: string }[];
        next?: string | null;
        gone?: string[];
        more?: string[];
      };
      return {
        items: posts.map((item) => ({
          ...{ thing: "posts", id: item.id, post: true },
          row: { request: { market: markets[0] ?? null, tag: String(data) }, item },
        })),
        progress: { cursor: next, pages: was.pages + 1, over: next === null, since: was.since },
        deleted: gone.map((post_id) => ({ platform: "test", post_id, how: "absent" })),
        targets: more.map((tag) => ({ id: `tag:${tag}`, title: `#${tag}`, markets, data: tag })),
        fragile: config.fragile,
      };
    },
    judge: (answer: Answer) => {
      const code = (answer.json as { code?: string } | undefined)?.code;
      if (code === "banned")
        return { is: "stop-target", why: "the tag is banned", mark: "banned", for_days: 30 };
      if (code === "dead") return { is: "stop-account", why: "the token is dead", act: "Sign in again." };
      if (code === "expired") return { is: "renew", session: "session", why: "the session has run out" };
      if (code?.startsWith("until ")) return { is: "pause", until: code.slice(6), why: "throttled" };
      return null;
    },
    usage: ({ headers }) =>
      headers["x-used"] ? [{ limit: "requests", used_pct: Number(headers["x-used"]) }] : [],
    finish: (_target, progress, ended, { at }) => ({
      kept: ended ? at : progressOf(progress).since,
      covers: ended
        ? {
            from: new Date(
              Math.max(Date.parse(progressOf(progress).since), Date.parse(at) - 86_400_000),
            ).toISOString(),
            until: at,
          }
        : null,
      pages_available: progressOf(progress).pages,
    }),
  },
};
