// Walks over the desk against a Bluesky of a few posts in this process.
import { expect, test } from "vitest";
import { type TestWorld, testDesk } from "../../collecting/test-desk.ts";
import type { Row } from "../../core/types.ts";
import { expiryOf } from "./asks.ts";
import { source } from "./source.ts";

interface Post {
  readonly key: string;
  readonly at: string;
  readonly langs?: readonly string[];
  readonly text?: string;
  readonly createdAt?: string;
}

const uriOf = (key: string): string => `at://did:plc:abc/app.bsky.feed.post/${key}`;
const recordOf = ({ at, langs, text = "trying #KBeauty", createdAt = at }: Post): Row => ({
  ...{ $type: "app.bsky.feed.post", text, createdAt, ...(langs ? { langs } : {}) },
  facets: [{ features: [{ $type: "app.bsky.richtext.facet#tag", tag: "KBeauty" }] }],
});
const view = (post: Post): Row => ({
  ...{
    uri: uriOf(post.key),
    cid: "bafy",
    author: { did: "did:plc:abc", handle: "A.bsky.social", displayName: "Ann" },
  },
  ...{
    record: recordOf(post),
    replyCount: 1,
    repostCount: 2,
    likeCount: 7,
    quoteCount: 1,
    indexedAt: post.at,
  },
});

const jwt = (exp: string): string =>
  `e30.${Buffer.from(JSON.stringify({ exp: Date.parse(exp) / 1_000 })).toString("base64url")}.sig`;

interface World {
  readonly posts: Post[];
  readonly pageSize?: number;
  /** Tokens that the server takes. */
  readonly good?: Set<string>;
  readonly headers?: Readonly<Record<string, string>>;
}

function bluesky({ posts, pageSize = 100, good, headers = {} }: World) {
  let logins = 0;
  return ({ url, headers: sent }: Request): Response => {
    const { pathname, searchParams: query } = new URL(url);
    const method = pathname.split("/").at(-1);
    if (method === "com.atproto.server.createSession") {
      logins += 1;
      const accessJwt = `${jwt("2026-12-31T00:00:00Z")}${logins}`;
      good?.add(accessJwt);
      return Response.json({ accessJwt, refreshJwt: "r1", did: "did:plc:me" });
    }
    const token = sent.get("authorization")?.replace("Bearer ", "") ?? "";
    if (good && !good.has(token))
      return Response.json({ error: "ExpiredToken", message: "Token has expired" }, { status: 400 });
    if (method === "app.bsky.feed.searchPosts") {
      const found = posts
        .filter(({ at }) => at >= String(query.get("since")) && at < String(query.get("until")))
        .sort((a, b) => (a.at < b.at ? 1 : -1));
      const from = Number(query.get("cursor") ?? 0);
      const cursor = from + pageSize < found.length ? { cursor: String(from + pageSize) } : {};
      const page = found.slice(from, from + pageSize).map(view);
      return Response.json({ ...cursor, hitsTotal: found.length, posts: page }, { headers });
    }
    const asked = query.getAll("uris");
    return Response.json(
      { posts: posts.filter(({ key }) => asked.includes(uriOf(key))).map(view) },
      { headers },
    );
  };
}

const desk = (world: Partial<TestWorld> & Pick<TestWorld, "fetch">, tags: Row = { de: ["kbeauty"] }) =>
  testDesk({
    source,
    variables: { LEAP_BLUESKY_HANDLE: "me.bsky.social", LEAP_BLUESKY_APP_PASSWORD: "canary-app-password" },
    publication: { hashtags: {} },
    ...world,
    config: { tags, jetstream: null, ...world.config },
  });

const hour = (at: number): string => `2026-11-20T0${at}:00:00.000Z`;
const keysOf = (rows: readonly Row[]) =>
  rows.map((row) =>
    String((row["item"] as Row)["uri"])
      .split("/")
      .at(-1),
  );
const asks = (asked: readonly string[], method: string) => asked.filter((one) => one.includes(method));

test("a tag is searched with one session to its end, and again from an hour before the last run", async () => {
  const posts: Post[] = [1, 2, 3].map((at) => ({ key: `p${at}`, at: hour(at), langs: ["de"] }));
  const at = desk({ fetch: bluesky({ posts, pageSize: 2 }) });
  await at.collect();
  expect(keysOf(at.rows("posts"))).toEqual(["p3", "p2", "p1"]);
  expect(asks(at.asked, "createSession")).toHaveLength(1);
  await at.collect("2026-11-20T12:00:00Z");
  const last = new URL(String(asks(at.asked, "searchPosts").at(-1)).slice(4)).searchParams;
  expect(Object.fromEntries(last)).toMatchObject({
    q: "#kbeauty",
    tag: "kbeauty",
    sort: "latest",
    since: "2026-11-20T05:00:00.000Z",
  });
  expect(last.has("cursor")).toBe(false);
  at.close();
});

test.each([
  ["is renewed", true, 1],
  ["whose renewal is refused, too, is opened anew", false, 2],
])("a session that ends between two pages %s, and no page is lost", async (_, renews, logins) => {
  const good = new Set<string>();
  const posts: Post[] = [1, 2].map((at) => ({ key: `p${at}`, at: hour(at) }));
  const answer = bluesky({ posts, pageSize: 1, good });
  let ended = false;
  const at = desk({
    fetch: (request) => {
      if (request.url.includes("refreshSession") && renews) {
        good.add("renewed");
        return Response.json({ accessJwt: "renewed", refreshJwt: "r2" });
      }
      if (request.url.includes("cursor=1") && !ended) {
        ended = true;
        good.clear();
      }
      return answer(request);
    },
  });
  await at.collect();
  expect(keysOf(at.rows("posts"))).toEqual(["p2", "p1"]);
  expect(asks(at.asked, "createSession")).toHaveLength(logins);
  expect(asks(at.asked, "refreshSession")).toHaveLength(1);
  expect(JSON.stringify([at.incidents(), at.runs(), at.rows("posts")])).not.toContain("canary");
  at.close();
});

test("a wrong app password ends the run after one try and says what to do", async () => {
  const at = desk({
    fetch: () => Response.json({ error: "AuthenticationRequired", message: "Invalid" }, { status: 401 }),
  });
  await at.collect();
  expect(at.asked).toHaveLength(1);
  expect(JSON.stringify(at.incidents())).toContain("LEAP_BLUESKY_APP_PASSWORD");
  at.close();
});

test("a post that does not come back when it is looked at again is gone", async () => {
  const posts: Post[] = [
    { key: "a", at: hour(1) },
    { key: "b", at: hour(2) },
  ];
  const at = desk({ fetch: bluesky({ posts }) });
  await at.collect();
  posts.splice(0, 1);
  await at.collect("2026-11-21T06:00:00Z");
  expect(new Set(keysOf(at.rows("posts")))).toEqual(new Set(["b"]));
  at.close();
});

test("a tag of one market gives it all but what says it is in another language; one of several goes by the language", async () => {
  const posts: Post[] = [
    { key: "german", at: hour(1), langs: ["de"] },
    { key: "french", at: hour(2), langs: ["fr-CA"] },
    { key: "silent", at: hour(3), text: "Diese Creme ist wirklich gut und zieht schnell ein" },
  ];
  const marketsOf = async (tags: Row) => {
    const at = desk({ fetch: bluesky({ posts }) }, tags);
    await at.collect();
    const markets = at.rows("posts").map((row) => (row["request"] as Row)["market"]);
    const keys = keysOf(at.rows("posts"));
    at.close();
    return Object.fromEntries(keys.map((key, place) => [key, markets[place]]));
  };
  expect(await marketsOf({ de: ["kbeauty"] })).toEqual({ german: "de", french: null, silent: "de" });
  expect(await marketsOf({ de: ["kbeauty"], fr: ["KBeauty"] })).toEqual({
    german: "de",
    french: "fr",
    silent: "de",
  });
});

test("no name that is shown, no picture: what people are called beyond their account stays away", async () => {
  const at = desk({ fetch: bluesky({ posts: [{ key: "a", at: hour(1) }] }) });
  await at.collect();
  expect(JSON.stringify(at.rows("posts"))).not.toContain("Ann");
  at.close();
});

test("too many requests are waited out until the second that the server names", async () => {
  let refused = false;
  const answer = bluesky({ posts: [{ key: "a", at: hour(1) }] });
  const reset = Math.ceil(Date.parse("2026-11-20T06:03:00Z") / 1_000);
  const at = desk({
    fetch: (request) => {
      if (refused || !request.url.includes("searchPosts")) return answer(request);
      refused = true;
      const headers = {
        "RateLimit-Limit": "3000",
        "RateLimit-Remaining": "0",
        "RateLimit-Reset": String(reset),
        "RateLimit-Policy": "3000;w=300",
      };
      return Response.json({ error: "RateLimitExceeded" }, { status: 429, headers });
    },
  });
  await at.collect();
  expect(keysOf(at.rows("posts"))).toEqual(["a"]);
  expect(at.waited()).toBeGreaterThan(170_000);
  at.close();
});

test("a session says itself when it ends", () => {
  expect(expiryOf(jwt("2026-11-20T08:00:00Z"))).toBe("2026-11-20T08:00:00.000Z");
  expect(expiryOf("no token at all")).toBeNull();
});

const micros = (at: string): number => Date.parse(at) * 1_000;
const first = (at: string, commit: Row): string =>
  JSON.stringify({
    ...{ did: "did:plc:abc", time_us: micros(at), kind: "commit" },
    commit: { collection: "app.bsky.feed.post", rev: "r", ...commit },
  });
const second = (at: string, seq: number, event: Row): string =>
  JSON.stringify({
    payload: { did: "did:plc:abc", seq, time: at, collection: "app.bsky.feed.post", ...event },
  });

/** A run that finds a and b by search, then one with the stream. */
async function streamed(version: "v1" | "v2", frames: readonly string[]) {
  const posts: Post[] = [
    { key: "a", at: hour(1), langs: ["de"] },
    { key: "b", at: hour(2), langs: ["de"] },
  ];
  const opened: string[] = [];
  let runs = 0;
  const at = desk({
    fetch: bluesky({ posts }),
    config: { jetstream: { version, url: "wss://jetstream.example" } },
    frames: (url) => {
      opened.push(url);
      return runs === 0 ? [] : frames;
    },
  });
  await at.collect();
  runs = 1;
  await at.collect("2026-11-20T12:00:00Z");
  const rows = at.rows("posts");
  at.close();
  return { rows, opened };
}

test.each(["v1", "v2"] as const)(
  "the stream %s takes away what was deleted, and brings what is new under a wanted tag",
  async (version) => {
    const created = {
      operation: "create",
      rkey: "c",
      cid: "bafy",
      record: recordOf({ key: "c", at: "2026-11-20T09:00:00.000Z", langs: ["de"] }),
    };
    const frames =
      version === "v1"
        ? [
            first("2026-11-20T08:00:00Z", { operation: "delete", rkey: "a" }),
            first("2026-11-20T09:00:00Z", created),
          ]
        : [
            second("2026-11-20T08:00:00Z", 7, { operation: "delete", rkey: "a" }),
            second("2026-11-20T09:00:00Z", 8, created),
            "{ cut off",
          ];
    const { rows, opened } = await streamed(version, frames);
    expect(keysOf(rows)).toEqual(["b", "c"]);
    expect(rows.at(-1)).toMatchObject({
      request: { edge: "stream", market: "de", tag: "kbeauty" },
      item: { likeCount: null, indexedAt: "2026-11-20T09:00:00.000Z" },
    });
    // Five seconds before the last run ended its reading.
    expect(opened.at(-1)).toContain(`cursor=${micros("2026-11-20T05:59:55Z")}`);
  },
);

test("an account that was closed takes all its posts with it; one that is only being moved does not", async () => {
  const about = (status: string) =>
    JSON.stringify({
      ...{ did: "did:plc:abc", time_us: micros("2026-11-20T08:00:00Z"), kind: "account" },
      account: { active: false, did: "did:plc:abc", status },
    });
  expect((await streamed("v1", [about("desynchronized")])).rows).toHaveLength(2);
  expect((await streamed("v1", [about("deleted")])).rows).toEqual([]);
});

test("a client that says any time at all ends no walk: the posts behind it are collected", async () => {
  const posts = Array.from({ length: 12 }, (_, hour) => ({
    key: `k${hour}`,
    at: `2026-11-19T${String(hour).padStart(2, "0")}:00:00.000Z`,
    // Of another century, and of some days before.
    ...(hour === 10 ? { createdAt: "0001-01-01T00:00:00Z" } : {}),
    ...(hour === 11 ? { createdAt: "2026-11-15T00:00:00.000Z" } : {}),
  }));
  const world = desk({ fetch: bluesky({ posts, pageSize: 3 }) });
  await world.collect();
  expect(world.rows("posts")).toHaveLength(12);
  world.close();
});
