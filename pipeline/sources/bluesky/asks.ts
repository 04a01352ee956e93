// The requests that Bluesky is asked. All count against one limit; signing in has two of its own.
import type { Ask, Context, SecretUse, Session } from "../../collecting/types.ts";

/** Posts that one search gives, and addresses that one look takes. */
export const PAGE = 100;
export const BATCH = 25;

const signedIn: SecretUse = { of: "session", in: "header", name: "authorization", prefix: "Bearer " };
const one = { limit: "requests", units: 1 } as const;

const ask = (method: string, query: Record<string, string | readonly string[]>): Ask => ({
  path: `/xrpc/${method}`,
  query,
  secrets: [signedIn],
  costs: [one],
  expect: "json",
});

const paged = (cursor: string | null): Record<string, string> => (cursor === null ? {} : { cursor });

export const askSearch = (tag: string, since: string, until: string, cursor: string | null): Ask =>
  ask("app.bsky.feed.searchPosts", {
    q: `#${tag}`,
    tag: [tag],
    sort: "latest",
    since,
    until,
    limit: String(PAGE),
    ...paged(cursor),
  });

export const askPosts = (uris: readonly string[]): Ask => ask("app.bsky.feed.getPosts", { uris });

export const askProfile = (actor: string): Ask => ask("app.bsky.actor.getProfile", { actor });

export const askFeed = (actor: string, cursor: string | null): Ask =>
  ask("app.bsky.feed.getAuthorFeed", { actor, limit: String(PAGE), ...paged(cursor) });

export const LOGIN = "/xrpc/com.atproto.server.createSession";
export const RENEWAL = "/xrpc/com.atproto.server.refreshSession";

/** An app password opens a session of two hours or so; what renews it lasts for weeks, and signing in is rationed. */
export const session: Session = {
  login: (context: Context): Ask => ({
    method: "POST",
    path: LOGIN,
    json: { identifier: (context.plain("handle") ?? "").replace(/^@/, "") },
    secrets: [{ of: "app_password", in: "json", name: "password" }],
    costs: [one, { limit: "logins", units: 1 }, { limit: "logins_day", units: 1 }],
    expect: "json",
  }),
  renew: (): Ask => ({
    method: "POST",
    path: RENEWAL,
    secrets: [{ of: "session.renewal", in: "header", name: "authorization", prefix: "Bearer " }],
    costs: [one],
    expect: "json",
  }),
  read({ json }) {
    const { accessJwt, refreshJwt } = (json ?? {}) as Record<string, unknown>;
    if (typeof accessJwt !== "string" || accessJwt === "") throw new Error("the answer holds no session");
    return {
      secret: accessJwt,
      renewal: typeof refreshJwt === "string" ? refreshJwt : null,
      expires_at: expiryOf(accessJwt),
    };
  },
};

/** The claim `exp` of a JWT (RFC 7519, 4.1.4), unverified: it only says when to ask for a new one. Null where it does not say. */
export function expiryOf(jwt: string): string | null {
  try {
    const claims = JSON.parse(Buffer.from(jwt.split(".")[1] ?? "", "base64url").toString("utf8"));
    const at = Number(claims.exp) * 1_000;
    return Number.isFinite(at) ? new Date(at).toISOString() : null;
  } catch {
    return null;
  }
}
