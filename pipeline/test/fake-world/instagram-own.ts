// The operator's own media on Instagram and their insights, under the limit of a business account; and how any medium is shown.
import { Rolling } from "./counters.ts";
import { graphTime, metaError } from "./meta.ts";
import { day, digitsOf, hour, lettersOf, type Post, shareOf } from "./universe.ts";
import { pageAt } from "./walking.ts";
import type { Asked, Reply, Stage } from "./wire.ts";

const metrics = ["views", "reach", "likes", "comments", "saved", "shares", "total_interactions"];

export const mediaId = (post: Post): string => `179${digitsOf(post.label, 14)}`;

/** Where a list goes on, as the cursors of media say it. */
export const cursorAt = (position: number): string => Buffer.from(`media ${position}`).toString("base64url");

export function ownMediaOf(stage: Stage) {
  const { universe, settings, secrets } = stage;
  const business = new Rolling(settings.instagramBusinessCalls, day);

  /** The operator's own media and insights, under the business limit; null for anything else. */
  function answer(asked: Asked, path: string): Reply | null {
    const [first = "", second] = path.split("/").filter((part) => part !== "");
    const posts = universe.own(asked.now - 60 * day, asked.now).reverse();
    const post = posts.find((each) => mediaId(each) === first);
    const isList = (first === secrets.instagramUser || first === "me") && second === "media";
    const isProfile =
      (first === secrets.instagramUser || first === "me") &&
      second === undefined &&
      !(asked.query.get("fields") ?? "").startsWith("business_discovery");
    if (!isList && !isProfile && !(post && (second === "insights" || second === undefined))) return null;
    const headers = businessHeaders(asked.now);
    const taken = business.take("own", asked.now);
    if (!taken.granted)
      return {
        ...metaError({
          code: 80002,
          message: "(#80002) There have been too many calls to this Instagram account",
        }),
        headers: businessHeaders(asked.now, Math.ceil((taken.freeAt - asked.now) / 60_000)),
        endpoint: "business",
        violation: "called on at 100 % of X-Business-Use-Case-Usage",
      };
    if (isProfile)
      return {
        status: 200,
        headers,
        body: {
          id: secrets.instagramUser,
          username: "operator.sample",
          followers_count: 5_200,
          media_count: posts.length,
        },
        endpoint: "profile",
      };
    if (post && second === "insights") return { ...insightsOf(asked, post), headers };
    const fields = (asked.query.get("fields") ?? "id,timestamp").split(",");
    if (post)
      return {
        status: 200,
        headers,
        body: shownAs(post, fields, stage, asked.now),
        endpoint: "media",
        key: first,
      };
    const size = Math.min(Number(asked.query.get("limit") ?? 25), settings.pageSize);
    const cursor = asked.query.get("after");
    const position = cursor === null ? 0 : Number(Buffer.from(cursor, "base64url").toString().split(" ")[1]);
    const { items, next } = pageAt(posts, position, size, false);
    const again = new URLSearchParams(asked.query);
    again.set("after", cursorAt(next ?? 0));
    const paging = {
      cursors: { before: cursorAt(position), after: cursorAt(next ?? posts.length) },
      ...(next === null ? {} : { next: `${asked.base}${asked.path}?${again}` }),
    };
    return {
      status: 200,
      headers,
      body: { data: items.map((each) => shownAs(each, fields, stage, asked.now)), paging },
      endpoint: "own media",
      items: items.length,
    };
  }

  function insightsOf(asked: Asked, post: Post): Reply {
    const endpoint = "insights";
    const key = mediaId(post);
    const wanted = (asked.query.get("metric") ?? "").split(",");
    const unknown = wanted.find((metric) => !metrics.includes(metric));
    if (unknown !== undefined)
      return {
        ...metaError({
          code: 100,
          message: `(#100) metric[0] must be one of the following values: ${metrics.join(", ")}`,
        }),
        endpoint,
        key,
      };
    // What is young, and one post in five, has no data: an empty array, not zeros.
    const silent = asked.now - post.bornAt < 6 * hour || shareOf(post.label, "insights") < 0.2;
    const { likes, comments, views } = universe.counts(post, asked.now);
    const shares = Math.floor(likes / 20);
    const saved = Math.floor(likes / 9);
    const values: Record<string, number> = {
      views,
      reach: Math.floor(views * 0.8),
      likes,
      comments,
      saved,
      shares,
      total_interactions: likes + comments + saved + shares,
    };
    const data = silent
      ? []
      : wanted.map((name) => ({
          name,
          period: "lifetime",
          values: [{ value: values[name] }],
          title: name,
          description: name,
          id: `${key}/insights/${name}/lifetime`,
        }));
    return { status: 200, body: { data }, endpoint, key, items: data.length };
  }

  function businessHeaders(now: number, minutes = 0): Record<string, string> {
    const used = business.used("own", now);
    if (used < 4) return {};
    const pct = Math.min(100, Math.round((used / settings.instagramBusinessCalls) * 100));
    const usageOf = {
      type: "instagram",
      call_count: pct,
      total_cputime: 20,
      total_time: 20,
      estimated_time_to_regain_access: minutes,
    };
    return { "x-business-use-case-usage": JSON.stringify({ [secrets.instagramUser]: [usageOf] }) };
  }

  return { answer };
}

/** Fields that have no value are left out, not null. */
export function shownAs(
  post: Post,
  fields: readonly string[],
  { universe, has }: Stage,
  now: number,
): Record<string, unknown> {
  const { likes, comments, views } = universe.counts(post, now);
  const hidden = post.likesHidden || (has("hiddenLikes") && shareOf(post.label, "hides") < 0.6);
  const code = lettersOf(post.label, 11, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");
  const film = post.media === "VIDEO";
  const withoutUrl = post.media === "CAROUSEL_ALBUM" || (film && shareOf(post.label, "music") < 0.4);
  const image = `https://media.sample/${code}.jpg?expires=${Math.floor(now / 1_000) + 3_600}`;
  const all: Record<string, unknown> = {
    caption: shareOf(post.label, "silent") < 0.02 ? undefined : post.text,
    comments_count: comments,
    like_count: hidden ? undefined : likes,
    media_type: post.media,
    media_url: withoutUrl ? undefined : image,
    permalink: `https://www.instagram.com/p/${code}/`,
    timestamp: graphTime(post.bornAt),
    children:
      post.media === "CAROUSEL_ALBUM"
        ? { data: [1, 2].map((at) => ({ id: `178${digitsOf(`${post.label} ${at}`, 14)}` })) }
        : undefined,
    view_count: film ? views : undefined,
    media_product_type: film ? "REELS" : "FEED",
    shortcode: code,
    username: post.author.handle,
  };
  const names = fields.map((field) => field.replace(/\{.*$/, ""));
  return {
    id: mediaId(post),
    ...Object.fromEntries(
      names.map((name) => [name, all[name]]).filter(([name, value]) => name !== "id" && value !== undefined),
    ),
  };
}
