// YouTube's Data API: a hundred searches a day in a bucket of their own, ten thousand units for the rest, both full again at midnight in
// California; counts that are strings or missing; ids of deleted videos that are silently absent.
import { createHash } from "node:crypto";
import { Daily } from "./counters.ts";
import { type Account, day, type Post } from "./universe.ts";
import { circles, moving, pageAt } from "./walking.ts";
import type { Asked, FakeVendor, Reply, Stage } from "./wire.ts";
import {
  channelId,
  channelItem,
  commentItem,
  playlistItem,
  searchItem,
  videoId,
  videoItem,
} from "./youtube-items.ts";

const pacific = "America/Los_Angeles";
/** Deeper than this no search goes. */
const searchDepth = 500;
const memory = 30 * day;

interface Refusal {
  readonly status: number;
  readonly reason: string;
  readonly message: string;
  readonly domain?: string;
}

function refused(
  { status, reason, message, domain = "youtube.parameter" }: Refusal,
  endpoint: string,
): Reply {
  return {
    status,
    body: { error: { code: status, message, errors: [{ domain, reason, message }] } },
    endpoint,
  };
}

export function youtube(stage: Stage): FakeVendor {
  const { universe, settings, secrets } = stage;
  const searches = new Daily(settings.youtubeSearches, pacific);
  const units = new Daily(settings.youtubeUnits, pacific);
  const inCircles = circles(stage);
  const channels = (): Account[] =>
    universe.scene.markets.flatMap((market) => [...universe.accounts("youtube", market)]);
  const videos = (now: number): Post[] => universe.born("youtube", now - memory, now);

  function answer(asked: Asked): Reply {
    const endpoint = asked.path.replace(/^(\/youtube)?(\/v3)?\//, "");
    const key = asked.query.get("key") ?? asked.headers["x-goog-api-key"] ?? null;
    if (key === null)
      return refused(
        {
          status: 403,
          reason: "forbidden",
          message: "The request is missing a valid API key.",
          domain: "global",
        },
        endpoint,
      );
    if (key !== secrets.youtubeKey)
      return refused(
        { status: 400, reason: "keyInvalid", message: "API key not valid.", domain: "usageLimits" },
        endpoint,
      );
    const bucket = endpoint === "search" ? searches : units;
    if (!bucket.take("project", asked.now))
      return {
        ...refused(
          {
            status: 403,
            reason: "quotaExceeded",
            message: "The request cannot be completed because you have exceeded your quota.",
            domain: "youtube.quota",
          },
          endpoint,
        ),
        violation: `asked beyond the ${endpoint === "search" ? "searches" : "units"} of a day`,
      };
    const reply = endpoints[endpoint]?.(asked);
    if (reply === undefined)
      return refused({ status: 404, reason: "notFound", message: "Not found" }, endpoint);
    if (reply.status !== 200) return { ...reply, endpoint };
    const etag = `"${createHash("sha1").update(JSON.stringify(reply.body)).digest("base64url")}"`;
    const same = asked.headers["if-none-match"]?.replace(/^W\//, "") === etag;
    return same
      ? { ...reply, status: 304, body: undefined, headers: { etag }, endpoint }
      : {
          ...reply,
          body: { etag: etag.slice(1, -1), ...(reply.body as object) },
          headers: { etag },
          endpoint,
        };
  }

  const endpoints: Readonly<Record<string, (asked: Asked) => Omit<Reply, "endpoint">>> = {
    search({ query, now }) {
      const q = query.get("q") ?? "";
      const channel = query.get("channelId");
      const after = Date.parse(query.get("publishedAfter") ?? "") || now - memory;
      const before = Math.min(now, Date.parse(query.get("publishedBefore") ?? "") || now);
      const found = universe
        .born("youtube", Math.max(after, now - memory) - 1, before)
        .filter((post) => matches(post, q) && universe.stands(post, now))
        .filter((post) => post.market === (query.get("regionCode") ?? post.market).toLowerCase())
        .filter((post) => channel === null || channelId(post.author) === channel)
        .reverse();
      const size = sizeOf(query, 50, settings.pageSize);
      const list = (stage.has("movingItems") ? moving(found, size) : found).slice(0, searchDepth);
      const position = positionOf(query);
      if (position === null)
        return refused(
          {
            status: 400,
            reason: "invalidPageToken",
            message: "The request specifies an invalid page token.",
          },
          "search",
        );
      const { items, next } = pageAt(list, position, size, inCircles(q));
      return listed("search", items.map(searchItem), next, Math.round(found.length * 1.3) + 1, {
        key: q,
        regionCode: query.get("regionCode"),
      });
    },

    videos({ query, now }) {
      const ids = (query.get("id") ?? "").split(",").filter((id) => id !== "");
      if (ids.length === 0 || ids.length > 50)
        return refused(
          { status: 400, reason: "invalidFilters", message: "The request specifies too many or no ids." },
          "videos",
        );
      const standing = new Map(
        videos(now)
          .filter((post) => universe.stands(post, now))
          .map((post) => [videoId(post), post]),
      );
      const items = ids.flatMap((id) => standing.get(id) ?? []).map((post) => videoItem(post, stage, now));
      return listed("video", items, null, items.length, { key: `${ids.length} ids` });
    },

    channels({ query, now }) {
      const handle = query.get("forHandle")?.replace(/^@/, "").toLowerCase();
      const ids = (query.get("id") ?? "").split(",");
      const items = channels()
        .filter((each) => (handle === undefined ? ids.includes(channelId(each)) : each.handle === handle))
        .map((each) => channelItem(each, now));
      // What does not exist comes without `items` at all.
      return items.length === 0
        ? {
            status: 200,
            body: { kind: "youtube#channelListResponse", pageInfo: { totalResults: 0, resultsPerPage: 5 } },
            key: handle ?? ids.join(),
            items: 0,
          }
        : listed("channel", items, null, items.length, { key: handle ?? ids.join() });
    },

    playlistItems({ query, now }) {
      const playlist = query.get("playlistId") ?? "";
      const channel = channels().find((each) => channelId(each).replace(/^UC/, "UU") === playlist);
      if (!channel)
        return refused(
          {
            status: 404,
            reason: "playlistNotFound",
            message: "The playlist cannot be found.",
            domain: "youtube.playlistItem",
          },
          "playlistItems",
        );
      const own = videos(now)
        .filter((post) => post.author.label === channel.label && universe.stands(post, now))
        .reverse();
      const size = sizeOf(query, 50, settings.pageSize);
      const { items, next } = pageAt(own, positionOf(query) ?? 0, size, inCircles(playlist));
      return listed(
        "playlistItem",
        items.map((post, at) => playlistItem(post, playlist, at)),
        next,
        own.length,
        { key: playlist },
      );
    },

    commentThreads({ query, now }) {
      const id = query.get("videoId") ?? "";
      const post = videos(now).find((each) => videoId(each) === id && universe.stands(each, now));
      if (!post)
        return {
          ...refused(
            {
              status: 404,
              reason: "videoNotFound",
              message: "The video cannot be found.",
              domain: "youtube.commentThread",
            },
            "commentThreads",
          ),
          key: id,
        };
      if (post.commentsOff)
        return {
          ...refused(
            {
              status: 403,
              reason: "commentsDisabled",
              message: "The video has disabled comments.",
              domain: "youtube.commentThread",
            },
            "commentThreads",
          ),
          key: id,
        };
      const count = universe.counts(post, now).comments;
      const comments = Array.from({ length: count }, (_, at) => commentItem(post, at, stage, now));
      const { items, next } = pageAt(
        comments,
        positionOf(query) ?? 0,
        sizeOf(query, 100, settings.pageSize),
        false,
      );
      return listed("commentThread", items, next, count, { key: id });
    },
  };

  function listed(
    kind: string,
    items: readonly object[],
    next: number | null,
    total: number,
    about: { key: string; regionCode?: string | null },
  ): Omit<Reply, "endpoint"> {
    return {
      status: 200,
      body: {
        kind: `youtube#${kind}ListResponse`,
        ...(next === null ? {} : { nextPageToken: tokenAt(next) }),
        ...(about.regionCode ? { regionCode: about.regionCode } : {}),
        pageInfo: { totalResults: total, resultsPerPage: items.length },
        items,
      },
      key: about.key,
      items: items.length,
    };
  }

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
        .born("youtube", from - 30 * day, until)
        .filter((post) => (key.startsWith("@") ? `@${post.author.handle}` === key : matches(post, key)))
        .map((post) => ({ key, id: videoId(post), from: post.bornAt, until: universe.goneAt(post) }))
        .filter((each) => (each.until ?? Number.POSITIVE_INFINITY) > Math.max(from, each.from)),
  };
}

/** Words of a query, all of them; `|` stands between what may stand instead. */
function matches(post: Post, q: string): boolean {
  const text = `${post.title} ${post.text} ${post.tags.join(" ")}`.normalize("NFC").toLowerCase();
  const ways = q.normalize("NFC").toLowerCase().split("|");
  return ways.some((way) =>
    way
      .split(/\s+/)
      .map((word) => word.replace(/^[#"]+|"+$/g, ""))
      .filter((word) => word !== "")
      .every((word) => (word.startsWith("-") ? !text.includes(word.slice(1)) : text.includes(word))),
  );
}

const tokenAt = (position: number): string => `C${Buffer.from(`at ${position}`).toString("base64url")}`;

function positionOf(query: URLSearchParams): number | null {
  const token = query.get("pageToken");
  if (token === null) return 0;
  const said = /^at (\d+)$/.exec(Buffer.from(token.slice(1), "base64url").toString());
  return said ? Number(said[1]) : null;
}

const sizeOf = (query: URLSearchParams, most: number, page: number): number =>
  Math.min(Math.max(1, Number(query.get("maxResults") ?? 5)), most, page);
