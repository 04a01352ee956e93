// Four instances of Mastodon under /mastodon/<host>: two that federate with each other, one that asks for a token, one whose tag feeds are off.
import { Rolling } from "./counters.ts";
import { type Account, day, digitsOf, hour, type Post, shareOf } from "./universe.ts";
import { circles } from "./walking.ts";
import { type Asked, bearerOf, type FakeVendor, iso, type Reply, type Stage } from "./wire.ts";

export const mastodonHosts = ["haut.sample", "hada.sample", "locked.sample", "quiet.sample"] as const;
type Host = (typeof mastodonHosts)[number];

const fiveMinutes = 300_000;

/** Where an account lives. */
const homeOf = (account: Account): Host => {
  const share = shareOf(account.label, "home");
  return share < 0.45 ? "haut.sample" : share < 0.8 ? "hada.sample" : "locked.sample";
};

/** When a copy of the post arrives at a host; null when it never does. */
function arrival(post: Post, host: Host): number | null {
  if (homeOf(post.author) === host) return post.bornAt;
  return shareOf(post.label, `federates ${host}`) < 0.6
    ? post.bornAt + 5_000 + Math.floor(55_000 * shareOf(post.label, `way ${host}`))
    : null;
}

const statusId = (post: Post, host: Host): string =>
  ((BigInt(arrival(post, host) ?? 0) << 16n) + BigInt(digitsOf(`${post.label} ${host}`, 4))).toString();
const number = (post: Post): string =>
  ((BigInt(post.bornAt) << 16n) + BigInt(digitsOf(post.label, 4))).toString();
const uriOf = (post: Post): string =>
  `https://${homeOf(post.author)}/users/${userOf(post.author)}/statuses/${number(post)}`;
/** Names of accounts have no points here. */
const userOf = (account: Account): string => account.handle.replace(/\.sample$/, "").replaceAll(".", "_");

export function mastodon(stage: Stage): FakeVendor {
  const { universe, settings, secrets } = stage;
  const requests = new Rolling(300, fiveMinutes);
  const inCircles = circles(stage);

  function answer(asked: Asked): Reply {
    const [, found = "", path = "/"] = /^\/([^/]+)(\/.*)$/.exec(asked.path) ?? [];
    const host = mastodonHosts.find((each) => each === found);
    if (host === undefined) return { status: 404, body: { error: "Record not found" }, endpoint: "instance" };
    const taken = requests.take(host, asked.now);
    const headers = {
      "x-ratelimit-limit": "300",
      "x-ratelimit-remaining": String(300 - taken.used),
      "x-ratelimit-reset": iso(taken.freeAt).replace(/Z$/, "000Z"),
    };
    if (!taken.granted)
      return {
        status: 429,
        headers,
        body: { error: "Too many requests" },
        endpoint: "throttled",
        key: host,
        violation: `asked ${host} more than 300 times in five minutes`,
      };
    const reply = routed(asked, host, path);
    return { ...reply, headers: { ...headers, ...reply.headers } };
  }

  function routed(asked: Asked, host: Host, path: string): Reply {
    if (path === "/api/v2/instance" || path === "/api/v1/instance")
      return { status: 200, body: instanceOf(host), endpoint: "instance", key: host };
    const token = bearerOf(asked);
    if (token !== null && token !== secrets.mastodonToken) return denied(host);
    if (host === "locked.sample" && token === null) return denied(host);
    const tag = /^\/api\/v1\/timelines\/tag\/([^/]+)$/.exec(path)?.[1];
    if (tag !== undefined) return timeline(asked, host, decodeURIComponent(tag).toLowerCase(), path);
    const id = /^\/api\/v1\/statuses\/(\d+)$/.exec(path)?.[1];
    if (id !== undefined) {
      const post = universe
        .born("mastodon", asked.now - 30 * day, asked.now)
        .find((each) => statusId(each, host) === id && visible(each, host, asked.now));
      return post
        ? { status: 200, body: shownAs(post, host, asked.now), endpoint: "status", key: host }
        : missing("status", host);
    }
    const account = /^\/api\/v1\/accounts\/(lookup|\d+)$/.exec(path)?.[1];
    if (account !== undefined) {
      const acct = asked.query.get("acct");
      const found = everyone().find((each) =>
        account === "lookup" ? acctOf(each, host) === acct : accountId(each, host) === account,
      );
      const gone =
        found === undefined || (universe.accountGoneAt(found) ?? Number.POSITIVE_INFINITY) <= asked.now;
      return gone
        ? missing("account", host)
        : { status: 200, body: accountAs(found, host), endpoint: "account", key: host };
    }
    return missing("path", host);
  }

  function timeline(asked: Asked, host: Host, tag: string, path: string): Reply {
    const endpoint = "tag timeline";
    const key = `${host} ${tag}`;
    if (host === "quiet.sample") return { status: 200, body: [], endpoint, key, items: 0 };
    const { query, now } = asked;
    const limit = Math.min(Number(query.get("limit") ?? 20), 40, settings.pageSize);
    const tags = [tag, ...query.getAll("any[]")].map((each) => each.toLowerCase());
    const all = universe
      .born("mastodon", now - 14 * day, now)
      .filter((post) => tags.some((each) => post.tags.includes(each)) && visible(post, host, now))
      .filter((post) => query.get("local") !== "true" || homeOf(post.author) === host)
      .map((post) => ({ post, id: BigInt(statusId(post, host)) }))
      .sort((a, b) => (a.id < b.id ? 1 : -1));
    const max = query.get("max_id");
    const min = query.get("min_id");
    const since = query.get("since_id");
    const start = max === null ? 0 : indexBelow(all, BigInt(max));
    // On a day of moving posts the last two of a page stand on the next one, too.
    const again =
      max !== null && start < all.length && stage.has("movingItems") ? Math.min(2, limit - 1, start) : 0;
    const within = all
      .slice(start - again)
      .filter(({ id }) => (min === null || id > BigInt(min)) && (since === null || id > BigInt(since)));
    // min_id: the page right above it; else the newest.
    const items = min === null ? within.slice(0, limit) : within.slice(-limit);
    const newest = items[0]?.id ?? 0n;
    const oldest = items.at(-1)?.id ?? 0n;
    const address = (parameters: Record<string, string>): string => {
      const kept = [...query].filter(([name]) => !["max_id", "min_id", "since_id"].includes(name));
      return `<${asked.base}/${host}${path}?${new URLSearchParams([...kept, ...Object.entries(parameters)])}>`;
    };
    // A circle: below the last page stands the first.
    const circle = inCircles(key) && oldest === all.at(-1)?.id;
    const next = circle ? (all[0]?.id ?? 0n) + 1n : oldest;
    const link =
      items.length === 0
        ? {}
        : {
            link: `${address({ max_id: String(next) })}; rel="next", ${address({ min_id: String(newest) })}; rel="prev"`,
          };
    return {
      status: 200,
      headers: link,
      body: items.map(({ post }) => shownAs(post, host, now)),
      endpoint,
      key,
      items: items.length,
    };
  }

  const visible = (post: Post, host: Host, now: number): boolean => {
    const at = arrival(post, host);
    return at !== null && at <= now && universe.stands(post, now);
  };

  const everyone = (): Account[] =>
    universe.scene.markets.flatMap((market) => [...universe.accounts("mastodon", market)]);

  function shownAs(post: Post, host: Host, now: number): object {
    const { likes, comments } = universe.counts(post, now);
    // Copies do not know of every reaction.
    const heard = homeOf(post.author) === host ? 1 : 0.6;
    return {
      id: statusId(post, host),
      uri: uriOf(post),
      url: `https://${homeOf(post.author)}/@${userOf(post.author)}/${number(post)}`,
      created_at: iso(post.bornAt),
      edited_at: shareOf(post.label, "edited") < 0.05 ? iso(post.bornAt + hour) : null,
      account: accountAs(post.author, host),
      content: htmlOf(post, host),
      visibility: "public",
      sensitive: false,
      spoiler_text: "",
      media_attachments:
        post.media === "IMAGE"
          ? []
          : [{ id: digitsOf(post.label, 12), type: post.media === "VIDEO" ? "video" : "image" }],
      mentions: [],
      tags: post.tags.map((name) => ({ name, url: `https://${host}/tags/${encodeURIComponent(name)}` })),
      emojis: [],
      reblogs_count: Math.floor((likes * heard) / 5),
      favourites_count: Math.floor(likes * heard),
      replies_count: Math.floor(comments * heard),
      language: shareOf(post.label, "language") < 0.9 ? post.language : null,
      reblog: null,
      card: null,
      poll: null,
      in_reply_to_id: null,
    };
  }

  return {
    answer,
    keys: () =>
      mastodonHosts.flatMap((host) =>
        [...new Set(Object.values(universe.scene.tags).flat())].map((tag) => `${host} ${tag.toLowerCase()}`),
      ),
    obtainable(key, from, until) {
      const [host = "", tag = ""] = key.split(" ");
      if (host === "quiet.sample") return [];
      return universe
        .born("mastodon", from - 14 * day, until)
        .filter((post) => post.tags.includes(tag) && !hides(post.author))
        .flatMap((post) => {
          const at = arrival(post, host as Host);
          return at === null ? [] : [{ key, id: uriOf(post), from: at, until: universe.goneAt(post) }];
        })
        .filter(
          (each) =>
            each.from <= until && (each.until ?? Number.POSITIVE_INFINITY) > Math.max(from, each.from),
        );
    },
  };
}

/** Where the statuses older than the id begin in a list that begins with the newest. */
function indexBelow(all: readonly { id: bigint }[], id: bigint): number {
  const at = all.findIndex((each) => each.id < id);
  return at === -1 ? all.length : at;
}

/** Asks not to be found; who heeds it has nothing of theirs. */
const hides = (account: Account): boolean => shareOf(account.label, "noindex") < 0.1;

const denied = (host: string): Reply => ({
  status: 401,
  body: { error: "The access token is invalid" },
  endpoint: "token",
  key: host,
});
const missing = (endpoint: string, host: string): Reply => ({
  status: 404,
  body: { error: "Record not found" },
  endpoint,
  key: host,
});
const acctOf = (account: Account, host: Host): string =>
  homeOf(account) === host ? userOf(account) : `${userOf(account)}@${homeOf(account)}`;
const accountId = (account: Account, host: Host): string => `109${digitsOf(`${account.label} ${host}`, 15)}`;

const accountAs = (account: Account, host: Host): object => ({
  id: accountId(account, host),
  username: userOf(account),
  acct: acctOf(account, host),
  display_name: account.name,
  note: "<p>Invented account</p>",
  url: `https://${homeOf(account)}/@${userOf(account)}`,
  uri: `https://${homeOf(account)}/users/${userOf(account)}`,
  followers_count: account.followers,
  following_count: 70,
  statuses_count: 400,
  created_at: "2023-01-05T00:00:00.000Z",
  last_status_at: "2026-11-15",
  bot: shareOf(account.label, "bot") < 0.04,
  group: false,
  discoverable: shareOf(account.label, "discoverable") < 0.7 ? true : null,
  noindex: hides(account),
  indexable: !hides(account),
});

function htmlOf(post: Post, host: Host): string {
  const escaped = post.text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  const linked = escaped.replace(
    /#([\p{L}\p{N}_]+)/gu,
    (_, name: string) =>
      `<a href="https://${host}/tags/${encodeURIComponent(name)}" class="mention hashtag" rel="tag">#<span>${name}</span></a>`,
  );
  return linked
    .split("\n\n")
    .map((paragraph) => `<p>${paragraph.replaceAll("\n", "<br />")}</p>`)
    .join("");
}

const instanceOf = (host: Host): object => {
  const access = host === "locked.sample" ? "authenticated" : host === "quiet.sample" ? "disabled" : "public";
  return {
    domain: host,
    title: `Invented instance ${host}`,
    version: "4.5.2",
    languages: ["de"],
    configuration: {
      timelines_access: {
        live_feeds: { local: access, remote: access },
        hashtag_feeds: { local: access, remote: access },
      },
    },
  };
};
