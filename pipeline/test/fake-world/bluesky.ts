// Bluesky through a PDS: sessions that are few and short, search for those who are logged in, profiles and posts by id.
import { createHash } from "node:crypto";
import { Rolling } from "./counters.ts";
import { type Account, day, hour, lettersOf, type Post, shareOf } from "./universe.ts";
import { circles, moving, pageAt } from "./walking.ts";
import {
  type Asked,
  bearerOf,
  type FakeVendor,
  fieldsOf,
  html,
  iso,
  type Reply,
  type Stage,
} from "./wire.ts";

const small = "abcdefghijklmnopqrstuvwxyz234567";
export const didOf = (account: Account): string => `did:plc:${lettersOf(account.label, 24, small)}`;
export const rkeyOf = (post: Post): string => `3l${lettersOf(post.label, 11, small)}`;
export const uriOf = (post: Post): string => `at://${didOf(post.author)}/app.bsky.feed.post/${rkeyOf(post)}`;
export const cidOf = (post: Post): string => `bafyrei${lettersOf(post.label, 52, small)}`;

/** Some clients tell a time that has not come; the server then sorts by when it saw the post. */
const declared = (post: Post): number =>
  shareOf(post.label, "clock") < 0.02 ? post.bornAt + 40 * hour : post.bornAt;

export const recordOf = (post: Post): object => ({
  $type: "app.bsky.feed.post",
  text: post.text,
  createdAt: iso(declared(post)),
  ...(shareOf(post.label, "langs") < 0.9 ? { langs: [post.language] } : {}),
  facets: post.tags.map((tag, at) => ({
    index: { byteStart: at, byteEnd: at + tag.length },
    features: [{ $type: "app.bsky.richtext.facet#tag", tag }],
  })),
});

const fiveMinutes = 300_000;

export function bluesky(stage: Stage): FakeVendor {
  const { universe, settings, secrets } = stage;
  const requests = new Rolling(3_000, fiveMinutes);
  const logins = new Rolling(30, fiveMinutes);
  const loginsOfDay = new Rolling(300, day);
  const inCircles = circles(stage);
  const account: Account = {
    platform: "bluesky",
    label: "bluesky operator",
    handle: secrets.blueskyHandle,
    name: "The operator",
    market: "us",
    creator: null,
    followers: 12,
  };
  let serial = 0;
  let unheard = 0;
  let renewal: string | null = null;
  /** Access tokens up to this one are dead. */
  let deadUpTo = 0;
  let killedIn = -1;
  let authorised = { epoch: -1, count: 0 };

  function answer(asked: Asked): Reply {
    const method = asked.path.replace(/^\/xrpc\//, "");
    const taken = requests.take("ip", asked.now);
    const headers = limitHeaders(3_000, taken.used, taken.freeAt);
    if (!taken.granted)
      return { ...tooMany(method), headers, violation: "asked more than 3,000 times in five minutes" };
    const reply = routed(asked, method);
    return { ...reply, headers: { ...headers, ...reply.headers } };
  }

  function routed(asked: Asked, method: string): Reply {
    if (method === "com.atproto.server.createSession") return login(asked);
    if (method === "com.atproto.server.refreshSession") return refresh(asked);
    const handler = methods[method];
    if (!handler) return failed(501, "MethodNotImplemented", "Method Not Implemented", method);
    const token = bearerOf(asked);
    if (token === null) {
      if (method !== "app.bsky.feed.searchPosts")
        return failed(401, "AuthMissing", "Authentication Required", method);
      unheard += 1;
      const violation = "searched without a session";
      return unheard % 2 === 1
        ? {
            status: 403,
            text: html(
              "<html><body><h1>403 Forbidden</h1>\nRequest forbidden by administrative rules.\n</body></html>",
            ),
            endpoint: method,
            violation,
          }
        : { ...failed(403, "AuthMissing", "Authentication Required", method), violation };
    }
    const session = read(token);
    if (session === null || session.scope !== "access")
      return failed(400, "InvalidToken", "Token could not be verified", method);
    countAuthorised();
    if (session.exp * 1_000 <= asked.now || session.jti <= deadUpTo)
      return failed(400, "ExpiredToken", "Token has expired", method);
    return handler(asked, method);
  }

  /** On a day of expiring tokens, what was issued so far dies once, with the sixth request. */
  function countAuthorised(): void {
    if (authorised.epoch !== stage.epoch()) authorised = { epoch: stage.epoch(), count: 0 };
    authorised.count += 1;
    if (!stage.has("tokenExpires") || authorised.count <= 5 || killedIn === stage.epoch()) return;
    killedIn = stage.epoch();
    deadUpTo = serial;
  }

  function login(asked: Asked): Reply {
    const endpoint = "com.atproto.server.createSession";
    const { identifier, password } = fieldsOf(asked);
    const short = logins.take("account", asked.now);
    const long = loginsOfDay.take("account", asked.now);
    if (!short.granted || !long.granted)
      return {
        ...tooMany(endpoint),
        headers: limitHeaders(30, 30, short.freeAt),
        violation: short.granted
          ? "logged in more than 300 times in a day"
          : "logged in more than 30 times in five minutes",
      };
    if (identifier !== secrets.blueskyHandle || password !== secrets.blueskyPassword)
      return failed(401, "AuthenticationRequired", "Invalid identifier or password", endpoint);
    return sessionAt(asked.now, endpoint);
  }

  function refresh(asked: Asked): Reply {
    const endpoint = "com.atproto.server.refreshSession";
    const token = bearerOf(asked);
    const session = token === null ? null : read(token);
    if (session === null || session.scope !== "refresh")
      return failed(400, "InvalidToken", "Token could not be verified", endpoint);
    // One use: the new session brings a new one.
    if (session.exp * 1_000 <= asked.now || token !== renewal)
      return failed(400, "ExpiredToken", "Token has been revoked", endpoint);
    return sessionAt(asked.now, endpoint);
  }

  function sessionAt(now: number, endpoint: string): Reply {
    serial += 1;
    renewal = jwt("refresh", now + 60 * day, serial);
    return {
      status: 200,
      body: {
        accessJwt: jwt("access", now + 2 * hour, serial),
        refreshJwt: renewal,
        handle: secrets.blueskyHandle,
        did: didOf(account),
        active: true,
      },
      endpoint,
    };
  }

  const signatureOf = (jti: number): string =>
    createHash("sha256").update(`${secrets.blueskyPassword} ${jti}`).digest("base64url");

  const jwt = (scope: string, expiresAt: number, jti: number): string => {
    const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
    const claims = {
      scope: `com.atproto.${scope}`,
      sub: didOf(account),
      exp: Math.floor(expiresAt / 1_000),
      jti,
    };
    return `${part({ typ: "JWT", alg: "none" })}.${part(claims)}.${signatureOf(jti)}`;
  };

  function read(token: string): { scope: string; exp: number; jti: number } | null {
    try {
      const [, claims = "", signed = ""] = token.split(".");
      const said = JSON.parse(Buffer.from(claims, "base64url").toString()) as {
        scope: string;
        exp: number;
        jti: number;
      };
      const ours = signed === signatureOf(said.jti);
      return ours ? { ...said, scope: said.scope.replace("com.atproto.", "") } : null;
    } catch {
      return null;
    }
  }

  const methods: Readonly<Record<string, (asked: Asked, method: string) => Reply>> = {
    "app.bsky.feed.searchPosts"({ query, now }, endpoint) {
      const q = query.get("q");
      const limit = Number(query.get("limit") ?? 25);
      if (q === null || q.trim() === "")
        return failed(400, "InvalidRequest", 'Error: Params must have the property "q"', endpoint);
      if (!(limit >= 1 && limit <= 100))
        return failed(400, "InvalidRequest", "Error: limit can not be greater than 100", endpoint);
      if ((q.match(/"/g)?.length ?? 0) % 2 === 1)
        return failed(400, "BadQueryString", "unbalanced quotes", endpoint);
      const since = Date.parse(query.get("since") ?? "") || now - 14 * day;
      const until = Math.min(now, Date.parse(query.get("until") ?? "") || now);
      const wanted = query.getAll("tag").map((tag) => tag.toLowerCase());
      const lang = query.get("lang");
      const whole = universe
        .born("bluesky", since - 1, until)
        .filter(
          (post) =>
            universe.stands(post, now) && matches(post, q) && wanted.every((tag) => post.tags.includes(tag)),
        )
        .filter((post) => lang === null || (post.language === lang && shareOf(post.label, "langs") < 0.9))
        .reverse();
      const size = Math.min(limit, settings.pageSize);
      const list = stage.has("movingItems") ? moving(whole, size) : whole;
      const key = [...new Set([q.replace(/^#/, ""), ...wanted, ...(lang === null ? [] : [lang])])].join(" ");
      const { items, next } = pageAt(list, Number(query.get("cursor") ?? 0), size, inCircles(key));
      return {
        status: 200,
        body: {
          ...(next === null ? {} : { cursor: String(next) }),
          hitsTotal: Math.round(whole.length * 1.2),
          posts: items.map((post) => view(post, now)),
        },
        endpoint,
        key,
        items: items.length,
      };
    },

    "app.bsky.feed.getPosts"({ query, now }, endpoint) {
      const uris = query.getAll("uris");
      if (uris.length > 25)
        return failed(400, "InvalidRequest", "Error: uris must not have more than 25 elements", endpoint);
      const wanted = new Set(uris);
      const posts = universe
        .born("bluesky", now - 30 * day, now)
        .filter((post) => wanted.has(uriOf(post)) && universe.stands(post, now));
      return {
        status: 200,
        body: { posts: posts.map((post) => view(post, now)) },
        endpoint,
        key: `${uris.length} uris`,
        items: posts.length,
      };
    },

    "app.bsky.feed.getAuthorFeed"({ query, now }, endpoint) {
      const author = everyone().find((each) => [each.handle, didOf(each)].includes(query.get("actor") ?? ""));
      if (!author) return failed(400, "InvalidRequest", "Profile not found", endpoint);
      const own = universe
        .born("bluesky", now - 30 * day, now)
        .filter((post) => post.author.label === author.label && universe.stands(post, now))
        .reverse();
      const { items, next } = pageAt(
        own,
        Number(query.get("cursor") ?? 0),
        Math.min(Number(query.get("limit") ?? 50), settings.pageSize),
        false,
      );
      return {
        status: 200,
        body: {
          ...(next === null ? {} : { cursor: String(next) }),
          feed: items.map((post) => ({ post: view(post, now) })),
        },
        endpoint,
        key: author.handle,
        items: items.length,
      };
    },

    "app.bsky.actor.getProfile"({ query, now }, endpoint) {
      const found = profiles([query.get("actor") ?? ""], now);
      return found.length === 1
        ? { status: 200, body: found[0], endpoint, items: 1 }
        : failed(400, "InvalidRequest", "Profile not found", endpoint);
    },

    "app.bsky.actor.getProfiles"({ query, now }, endpoint) {
      const actors = query.getAll("actors");
      if (actors.length > 25)
        return failed(400, "InvalidRequest", "Error: actors must not have more than 25 elements", endpoint);
      const found = profiles(actors, now);
      return {
        status: 200,
        body: { profiles: found },
        endpoint,
        key: `${actors.length} actors`,
        items: found.length,
      };
    },
  };

  const everyone = (): Account[] =>
    universe.scene.markets.flatMap((market) => [...universe.accounts("bluesky", market)]);

  const profiles = (actors: readonly string[], now: number): object[] =>
    everyone()
      .filter((each) => actors.includes(each.handle) || actors.includes(didOf(each)))
      .filter((each) => (universe.accountGoneAt(each) ?? Number.POSITIVE_INFINITY) > now)
      .map((each) => ({
        did: didOf(each),
        handle: each.handle,
        ...(shareOf(each.label, "name") < 0.8
          ? { displayName: each.name, description: "Invented account" }
          : {}),
        followersCount: each.followers,
        followsCount: 90,
        postsCount: 300,
        indexedAt: "2025-02-01T00:00:00.000Z",
        createdAt: "2024-06-01T00:00:00.000Z",
        labels: [],
      }));

  const view = (post: Post, now: number): object => {
    const { likes, comments } = universe.counts(post, now);
    return {
      uri: uriOf(post),
      cid: cidOf(post),
      author: {
        did: didOf(post.author),
        handle: post.author.handle,
        displayName: post.author.name,
        labels: [],
      },
      record: recordOf(post),
      ...(post.commentsOff ? {} : { replyCount: comments }),
      repostCount: Math.floor(likes / 8),
      likeCount: likes,
      quoteCount: Math.floor(likes / 40),
      indexedAt: iso(post.bornAt + 1_123),
      labels: [],
    };
  };

  return {
    answer,
    keys: () => [
      ...new Set(
        Object.values(universe.scene.tags)
          .flat()
          .map((tag) => tag.toLowerCase()),
      ),
    ],
    obtainable: (key, from, until) =>
      universe
        .born("bluesky", from - 14 * day, until)
        .filter((post) => post.tags.includes(key))
        .map((post) => ({ key, id: uriOf(post), from: post.bornAt, until: universe.goneAt(post) }))
        .filter((each) => (each.until ?? Number.POSITIVE_INFINITY) > Math.max(from, each.from)),
  };
}

function matches(post: Post, q: string): boolean {
  const text = `${post.text} ${post.tags.map((tag) => `#${tag}`).join(" ")}`.normalize("NFC").toLowerCase();
  const words =
    q
      .normalize("NFC")
      .toLowerCase()
      .match(/"[^"]+"|\S+/g) ?? [];
  return words.every((word) =>
    word.startsWith("#")
      ? post.tags.includes(word.slice(1))
      : word === "*" || text.includes(word.replaceAll('"', "")),
  );
}

const failed = (status: number, error: string, message: string, endpoint: string): Reply => ({
  status,
  body: { error, message },
  endpoint,
});

const tooMany = (endpoint: string): Reply =>
  failed(429, "RateLimitExceeded", "Rate Limit Exceeded", endpoint);

const limitHeaders = (limit: number, used: number, freeAt: number): Record<string, string> => ({
  "ratelimit-limit": String(limit),
  "ratelimit-remaining": String(Math.max(0, limit - used)),
  "ratelimit-reset": String(Math.ceil(freeAt / 1_000)),
  "ratelimit-policy": `${limit};w=300`,
});
