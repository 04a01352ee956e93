// Threads' keyword search: queries of a rolling day, of which empty ones are free; sensitive words find nothing, and an app that was not
// approved finds its own posts only. Neither says so.
import { Rolling } from "./counters.ts";
import { expired, graphTime, metaError, noToken, tokens } from "./meta.ts";
import { day, digitsOf, lettersOf, type Post } from "./universe.ts";
import { circles, moving, pageAt } from "./walking.ts";
import { bearerOf, type FakeVendor, type Reply, type Stage } from "./wire.ts";

const sensitive = ["diet", "abnehmen"];
/** A word that everybody uses: whoever may search finds it. */
const everywhere = "coffee";
const threadId = (post: Post): string => `18${digitsOf(post.label, 15)}`;

export function threads(stage: Stage): FakeVendor {
  const { universe, settings, secrets } = stage;
  const queries = new Rolling(2_200, day);
  const token = tokens(stage, 6);
  const inCircles = circles(stage);

  const matches = (post: Post, q: string, mode: string): boolean =>
    mode === "TAG" ? post.tags.includes(q) : `${post.text} ${post.tags.join(" ")}`.toLowerCase().includes(q);

  const found = (q: string, mode: string, from: number, until: number, now: number): Post[] =>
    sensitive.includes(q) || (!settings.threadsApproved && q !== everywhere)
      ? []
      : settings.threadsApproved
        ? universe
            .born("threads", from, until)
            .filter((post) => q === everywhere || matches(post, q, mode))
            .filter((post) => universe.stands(post, now))
            .reverse()
        : universe.own(from, until);

  return {
    answer(asked) {
      const { query, now } = asked;
      const endpoint = "keyword_search";
      const given = query.get("access_token") ?? bearerOf(asked);
      if (given !== secrets.threadsToken) return { ...noToken, endpoint: "token" };
      const life = token(asked.number);
      if (life !== "lives")
        return {
          ...expired,
          endpoint: "token",
          ...(life === "dead" ? { violation: "asked on with a token that is dead" } : {}),
        };
      if (/refresh_access_token$/.test(asked.path))
        return {
          status: 200,
          body: { access_token: given, token_type: "bearer", expires_in: 5_184_000 },
          endpoint: "refresh",
        };
      if (/\/me$/.test(asked.path))
        return { status: 200, body: { id: "2000000001", username: "operator.sample" }, endpoint: "me" };
      if (!/^(\/v1\.0)?\/keyword_search$/.test(asked.path))
        return { ...metaError({ code: 100, message: "Unsupported get request." }), endpoint: "path" };
      const q = (query.get("q") ?? "").replace(/^#/, "").toLowerCase();
      const mode = query.get("search_mode") ?? "KEYWORD";
      const since = secondsOf(query.get("since"), now - 7 * day);
      const until = Math.min(now, secondsOf(query.get("until"), now));
      const size = Math.min(Number(query.get("limit") ?? 25), 100, settings.pageSize);
      const whole = found(q, mode, since, until, now);
      const list = stage.has("movingItems") ? moving(whole, size) : whole;
      const position = Number(Buffer.from(query.get("after") ?? "", "base64url").toString() || 0);
      const { items, next } = pageAt(list, position, size, inCircles(q));
      if (items.length > 0 && !queries.take("app", now).granted)
        return {
          ...metaError({ code: 4, status: 403, message: "(#4) Application request limit reached" }),
          endpoint,
          key: q,
          violation: "asked the 2,201st query of a day",
        };
      const fields = (query.get("fields") ?? "id").split(",");
      const reply: Reply = {
        status: 200,
        body: {
          data: items.map((post) => shownAs(post, fields)),
          ...(next === null ? {} : { paging: { cursors: { before: at(position), after: at(next) } } }),
        },
        endpoint,
        key: q,
        items: items.length,
      };
      return reply;
    },
    keys: () => [
      ...new Set(
        Object.values(universe.scene.tags)
          .flat()
          .map((tag) => tag.toLowerCase()),
      ),
    ],
    obtainable: (key, from, until) =>
      universe
        .born("threads", from - 7 * day, until)
        .filter((post) => settings.threadsApproved && post.tags.includes(key))
        .map((post) => ({ key, id: threadId(post), from: post.bornAt, until: universe.goneAt(post) }))
        .filter((each) => (each.until ?? Number.POSITIVE_INFINITY) > Math.max(from, each.from)),
  };
}

const at = (position: number): string => Buffer.from(String(position)).toString("base64url");

/** Unix seconds or an instant; neither is documented better. */
function secondsOf(given: string | null, otherwise: number): number {
  if (given === null) return otherwise;
  return /^\d+$/.test(given) ? Number(given) * 1_000 : Date.parse(given);
}

function shownAs(post: Post, fields: readonly string[]): Record<string, unknown> {
  const code = lettersOf(post.label, 11, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");
  const all: Record<string, unknown> = {
    text: post.text,
    media_type: post.media === "IMAGE" ? "TEXT_POST" : post.media,
    permalink: `https://www.threads.net/@${post.author.handle}/post/${code}`,
    timestamp: graphTime(post.bornAt),
    username: post.author.handle,
    shortcode: code,
    is_quote_post: false,
    has_replies: post.reach.comments > 0,
    topic_tag: post.tags[0],
  };
  return {
    id: threadId(post),
    ...Object.fromEntries(
      fields
        .map((field) => [field, all[field]])
        .filter(([name, value]) => name !== "id" && value !== undefined),
    ),
  };
}
