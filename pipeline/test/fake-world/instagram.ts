// Instagram's Graph API with Facebook Login: hashtags, discovery of professional accounts, the operator's own media. Logging in is in
// instagram-login.ts.
import { Distinct } from "./counters.ts";
import { loginAt } from "./instagram-login.ts";
import { cursorAt, mediaId, ownMediaOf, shownAs } from "./instagram-own.ts";
import { appUsage, expired, metaError, noToken, tokens } from "./meta.ts";
import { day, digitsOf, hour, type Post, shareOf } from "./universe.ts";
import { circles, moving, pageAt } from "./walking.ts";
import { type Asked, bearerOf, type FakeVendor, type Reply, type Stage } from "./wire.ts";

const hashtagFields =
  "id,caption,children,comments_count,like_count,media_type,media_url,permalink,timestamp";
const discoveredFields = `${hashtagFields},view_count,media_product_type,shortcode,username,thumbnail_url`;
const supported = [21, 22, 23, 24, 25, 26];

export const hashtagId = (tag: string): string => `178${digitsOf(`hashtag ${tag}`, 14)}`;
/** Some who stand in the registry have a personal account, which discovery does not find. */
export const personal = (handle: string, seed: string): boolean => shareOf(`personal ${handle}`, seed) < 0.1;

export function instagram(stage: Stage): FakeVendor {
  const { universe, settings, secrets } = stage;
  const usage = appUsage(stage, settings.instagramCallsPerHour);
  const own = ownMediaOf(stage);
  const searched = new Distinct(settings.hashtags, 7 * day);
  const token = tokens(stage, 6);
  const login = loginAt(stage);
  const inCircles = circles(stage);
  const known = new Map<string, string>();
  /** Where each walk stands: the cursor is one string, the server keeps the place. */
  const walks = new Map<string, { readonly posts: readonly Post[]; position: number }>();
  const banned = new Map<string, number>();
  const bannedTags = () => {
    const { markets, tags } = universe.scene;
    return settings.banned.length > 0 ? settings.banned : [tags[markets[0] ?? ""]?.[0] ?? ""];
  };

  function answer(asked: Asked): Reply {
    const [, version, path = "/"] = /^\/v(\d+)\.0(\/.*)$/.exec(asked.path) ?? [null, null, asked.path];
    if (version !== null && !supported.includes(Number(version)))
      return {
        ...metaError({ code: 2635, message: "(#2635) You are calling a deprecated version of the API" }),
        endpoint: "version",
        violation: `asked version v${version}.0, which has expired`,
      };
    const open = login.open(asked, path);
    if (open) return open;
    const given = asked.query.get("access_token") ?? bearerOf(asked);
    if (given === null || !login.knows(given)) return { ...noToken, endpoint: "token" };
    const life = login.expired(given, asked.now) ? "dead" : token(asked.number);
    if (life !== "lives")
      return {
        ...expired,
        endpoint: "token",
        ...(life === "dead" ? { violation: "asked on with a token that is dead" } : {}),
      };
    const account = login.account(asked, path);
    if (account) return account;
    const mine = own.answer(asked, path);
    if (mine) return mine;
    const shut = usage.refuse(asked);
    if (shut) return { ...shut, endpoint: "throttled", headers: usage.headers(asked.now) };
    return { ...platform(asked, path), headers: usage.headers(asked.now) };
  }

  function platform(asked: Asked, path: string): Reply {
    const [first = "", second] = path.split("/").filter((part) => part !== "");
    if (first === "ig_hashtag_search") return searchHashtag(asked);
    const fields = asked.query.get("fields") ?? "";
    if (fields.startsWith("business_discovery")) return discover(asked, fields);
    if (second === "recently_searched_hashtags") {
      const limit = Number(asked.query.get("limit") ?? 25);
      const ids = searched.keys(first, asked.now).map(hashtagId);
      return { status: 200, body: { data: ids.slice(0, limit).map((id) => ({ id })) }, endpoint: second };
    }
    const tag = known.get(first) ?? allTags().find((each) => hashtagId(each) === first);
    if (tag === undefined)
      return {
        ...metaError({
          code: 100,
          subcode: 33,
          message: `Unsupported get request. Object with ID '${first}' does not exist`,
        }),
        endpoint: "object",
      };
    if (second === undefined)
      return { status: 200, body: { id: first, name: tag }, endpoint: "hashtag", key: tag };
    if (second === "recent_media" || second === "top_media") return mediaOf(asked, tag, second);
    return { ...metaError({ code: 100, message: `Unknown path components: /${second}` }), endpoint: "path" };
  }

  const allTags = (): string[] => [
    ...new Set(
      Object.values(universe.scene.tags)
        .flat()
        .map((tag) => tag.normalize("NFC").toLowerCase()),
    ),
  ];

  /** Null when it may be asked: the thirty hashtags of seven days. */
  function overBudget(asked: Asked, tag: string, endpoint: string): Reply | null {
    const user = asked.query.get("user_id");
    if (user !== secrets.instagramUser)
      return {
        ...metaError({ code: 100, message: "(#100) The parameter user_id is required" }),
        endpoint,
        key: tag,
      };
    if (searched.take(user, tag, asked.now)) return null;
    return {
      ...metaError({
        code: 18,
        subcode: 2207034,
        message: "(#18) This IG user has searched too many hashtags",
        title: "Zu viele Hashtags",
        says: "In sieben Tagen sind dreißig verschiedene Hashtags möglich.",
      }),
      endpoint,
      key: tag,
      violation: `asked hashtag ${settings.hashtags + 1} within seven days`,
    };
  }

  function searchHashtag(asked: Asked): Reply {
    const endpoint = "ig_hashtag_search";
    const tag = (asked.query.get("q") ?? "").normalize("NFC").toLowerCase();
    if (tag === "" || /[#\s]|\p{Extended_Pictographic}/u.test(tag))
      return { ...metaError({ code: 100, message: "(#100) Invalid parameter" }), endpoint, key: tag };
    const over = overBudget(asked, tag, endpoint);
    if (over) return over;
    if (stage.has("bannedTag") && bannedTags().includes(tag)) {
      const times = (banned.get(`${stage.epoch()} ${tag}`) ?? 0) + 1;
      banned.set(`${stage.epoch()} ${tag}`, times);
      return {
        ...metaError({ code: 1, status: times % 2 === 1 ? 500 : 400, message: "An unknown error occurred" }),
        endpoint,
        key: tag,
        ...(times > 5 ? { violation: `asked ${times} times for a hashtag that is refused` } : {}),
      };
    }
    const exists =
      allTags().includes(tag) ||
      universe.born("instagram", asked.now - 3 * day, asked.now).some(({ tags }) => tags.includes(tag));
    if (!exists)
      return {
        ...metaError({
          code: 24,
          subcode: 2207024,
          message: "(#24) The requested resource does not exist",
          title: "Unbekannter Hashtag",
        }),
        endpoint,
        key: tag,
      };
    known.set(hashtagId(tag), tag);
    return { status: 200, body: { data: [{ id: hashtagId(tag) }] }, endpoint, key: tag, items: 1 };
  }

  function mediaOf(asked: Asked, tag: string, edge: "recent_media" | "top_media"): Reply {
    const over = overBudget(asked, tag, edge);
    if (over) return over;
    const fields = (asked.query.get("fields") ?? "id").split(",");
    const foreign = fields.find((field) => !hashtagFields.split(",").includes(field.replace(/\{.*$/, "")));
    if (foreign !== undefined) return { ...noField(foreign), endpoint: edge, key: tag };
    const limit = Number(asked.query.get("limit") ?? 25);
    if (!(limit >= 1 && limit <= 50))
      return {
        ...metaError({ code: 100, message: "(#100) Param limit must be between 1 and 50" }),
        endpoint: edge,
        key: tag,
      };
    const size = Math.min(limit, settings.pageSize);
    const walk = `${edge} ${tag}`;
    const cursor = Buffer.from(`walk of ${walk}`).toString("base64url");
    const after = asked.query.get("after");
    if (after === null) walks.set(walk, { posts: listOf(tag, edge, asked.now, size), position: 0 });
    const place = walks.get(walk);
    if (place === undefined || (after !== null && after !== cursor))
      return {
        ...metaError({ code: 100, message: "(#100) Invalid cursors values" }),
        endpoint: edge,
        key: tag,
      };
    const { position } = place;
    const { items, next } = pageAt(place.posts, position, size, inCircles(walk));
    place.position = next ?? place.posts.length;
    const shown = items
      .filter((post) => universe.stands(post, asked.now))
      .map((post) => shownAs(post, fields, stage, asked.now));
    // Half of the hashtags say on a full last page that there is another, and it is empty.
    const empty = next === null && items.length > 0 && hashtagId(tag).endsWith("1");
    const more = next !== null || empty;
    const again = new URLSearchParams(asked.query);
    again.set("after", cursor);
    return {
      status: 200,
      body: {
        data: shown,
        ...(items.length === 0
          ? {}
          : {
              paging: {
                cursors: { after: cursor },
                ...(more ? { next: `${asked.base}${asked.path}?${again}` } : {}),
              },
            }),
      },
      endpoint: edge,
      key: tag,
      items: shown.length,
      position,
    };
  }

  function listOf(tag: string, edge: string, now: number, size: number): Post[] {
    const tagged = universe
      .born("instagram", now - (edge === "recent_media" ? day : 9 * day), now)
      .filter((post) => post.tags.includes(tag) && universe.stands(post, now));
    const list =
      edge === "recent_media"
        ? // Not quite chronological.
          tagged.sort((a, b) => rank(b) - rank(a))
        : tagged.sort((a, b) => universe.counts(b, now).likes - universe.counts(a, now).likes).slice(0, 60);
    return stage.has("movingItems") ? moving(list, size) : list;
  }

  const rank = (post: Post): number => post.bornAt + 2 * hour * shareOf(post.label, "order");

  function discover(asked: Asked, fields: string): Reply {
    const endpoint = "business_discovery";
    const [, username = "", inner = ""] =
      /^business_discovery\.username\(([^)]*)\)\{(.*)\}$/s.exec(fields) ?? [];
    const media = /media((?:\.(?:limit|after)\([^)]*\))*)\{([^}]*)\}/.exec(inner);
    const plainFields = inner
      .replace(media?.[0] ?? "", "")
      .split(",")
      .filter((field) => field !== "");
    if (plainFields.includes("stories"))
      return {
        ...metaError({ code: 10, status: 403, message: "(#10) Application does not have permission" }),
        endpoint,
        key: username,
      };
    const account = universe.scene.markets
      .flatMap((market) => universe.accounts("instagram", market))
      .find(({ handle, creator }) => handle === username && creator !== null);
    if (account === undefined || personal(username, universe.seed))
      return {
        ...metaError({
          code: 110,
          subcode: 2207013,
          message: "Invalid user id",
          title: "Der Nutzer wurde nicht gefunden",
          says: "Kein professionelles Konto.",
        }),
        endpoint,
        key: username,
      };
    const posts = universe
      .born("instagram", asked.now - 21 * day, asked.now)
      .filter((post) => post.author.label === account.label && universe.stands(post, asked.now))
      .reverse();
    const followers = Math.floor(account.followers * (1 + 0.002 * ((asked.now / day) % 365)));
    const profile: Record<string, unknown> = {
      id: `178414${digitsOf(account.label, 11)}`,
      username,
      name: account.name,
      biography:
        shareOf(username, "bio") < 0.8 ? `Invented account, ${account.market.toUpperCase()}` : undefined,
      website: undefined,
      profile_picture_url: `https://media.sample/${username}.jpg`,
      followers_count: followers,
      follows_count: 100 + Math.floor(900 * shareOf(username, "follows")),
      media_count: 400 + posts.length,
    };
    const foreign = plainFields.find((field) => !(field in profile));
    if (foreign !== undefined) return { ...noField(foreign), endpoint, key: username };
    const limit = Number(/\.limit\((\d+)\)/.exec(media?.[1] ?? "")?.[1] ?? 25);
    const cursor = /\.after\(([^)]+)\)/.exec(media?.[1] ?? "")?.[1];
    const position =
      cursor === undefined ? 0 : Number(Buffer.from(cursor, "base64url").toString().split(" ")[1]);
    const size = Math.min(limit, settings.pageSize);
    const list = stage.has("movingItems") ? moving(posts, size) : posts;
    const { items, next } = pageAt(list, position, size, inCircles(username));
    const wanted = (media?.[2] ?? "").split(",");
    const strange = wanted.find((field) => field !== "" && !discoveredFields.split(",").includes(field));
    if (strange !== undefined) return { ...noField(strange), endpoint, key: username };
    const cursors = { before: cursorAt(position), ...(next === null ? {} : { after: cursorAt(next) }) };
    return {
      status: 200,
      body: {
        business_discovery: {
          ...Object.fromEntries(
            plainFields.map((field) => [field, profile[field]]).filter(([, value]) => value !== undefined),
          ),
          ...(media === null || posts.length === 0
            ? {}
            : {
                media: {
                  data: items.map((post) => shownAs(post, wanted, stage, asked.now)),
                  paging: { cursors },
                },
              }),
          id: profile["id"],
        },
        id: secrets.instagramUser,
      },
      endpoint,
      key: username,
      items: media === null ? 1 : items.length,
      position,
    };
  }

  const noField = (field: string) =>
    metaError({
      code: 100,
      message: `(#100) Tried accessing nonexisting field (${field}) on node type (Media)`,
    });

  return {
    answer,
    keys: allTags,
    obtainable(key, from, until) {
      // A creator's posts are there as long as they stand; those of a hashtag for a day.
      const creator = key.startsWith("@") ? key.slice(1) : null;
      if (creator !== null && personal(creator, universe.seed)) return [];
      const span = creator === null ? day : 21 * day;
      return universe
        .born("instagram", from - span, until)
        .filter((post) =>
          creator === null
            ? post.tags.includes(key)
            : post.author.creator !== null && post.author.handle === creator,
        )
        .map((post) => ({
          key,
          id: mediaId(post),
          from: post.bornAt,
          until: Math.min(post.bornAt + span, universe.goneAt(post) ?? Number.POSITIVE_INFINITY),
        }))
        .filter((each) => each.until > from && each.from <= until && each.until > each.from);
    },
  };
}
