// Hashtags: who takes a place, how a walk goes on over cursors that repeat, what is kept of a post, and which market it belongs to.
import { expect, test } from "vitest";
import type { Target } from "../../collecting/types.ts";
import { marketFor, tagOf } from "./hashtags.ts";
import { source } from "./source.ts";
import { answered, context, creator, ME, media, targetOf, walk } from "./tiny.ts";

const one = context({ hashtags: { de: ["kbeauty"] } });
const kbeauty = targetOf("hashtag:kbeauty", one);
const next = (query: string) =>
  `https://graph.facebook.com/v26.0/178/recent_media?access_token=SECRET&${query}`;
const page = (ids: readonly string[], then?: string) => ({
  data: ids.map((id) => media(id)),
  paging: { cursors: { after: "SAME" }, ...(then === undefined ? {} : { next: next(then) }) },
});

test("markets take turns, and a tag that several list is asked once and belongs to all of them", () => {
  const hashtags = {
    de: ["kbeauty", "hautpflege", "serum"],
    fr: ["#KBeauty", "soin", "serum"],
    us: ["skincare"],
  };
  const plan = source.live.plan(context({ hashtags }));
  expect(plan.map(({ id }) => id)).toEqual([
    "places",
    "hashtag:kbeauty",
    "hashtag:hautpflege",
    "hashtag:soin",
    "hashtag:serum",
  ]);
  expect(plan[1]).toMatchObject({ markets: ["de", "fr"], title: "#kbeauty" });
});

test("a tag is asked as Instagram writes it: without sign, space or emoji", () => {
  expect(tagOf("#Glass Skin ✨")).toBe("glassskin");
  expect(tagOf("barrie\u0300recutane\u0301e")).toBe("barrièrecutanée");
  expect(tagOf("韓国コスメ")).toBe("韓国コスメ");
});

test("a hashtag is looked up once in its life, and every question about it names its place among thirty", () => {
  const first = walk(kbeauty, [{ data: [{ id: "178" }] }, page(["1"])], one);
  expect(first?.asks.map(({ path }) => path)).toEqual([
    "/v26.0/ig_hashtag_search",
    "/v26.0/178/recent_media",
  ]);
  expect(first?.asks[0]?.query).toEqual({ user_id: ME, q: "kbeauty" });
  for (const ask of first?.asks ?? [])
    expect(ask).toMatchObject({
      costs: [
        { limit: "app", units: 1 },
        { limit: "hashtags", units: 1, key: "kbeauty" },
      ],
      secrets: [{ of: "token", in: "query", name: "access_token" }],
    });
  const again = walk(kbeauty, [page(["2"])], one, first?.kept);
  expect(again?.asks.map(({ path }) => path)).toEqual(["/v26.0/178/recent_media"]);
});

test("the id of a hashtag is taken from a list and from a bare object", () => {
  expect(walk(kbeauty, [{ data: [{ id: "17841" }] }], one)?.kept).toMatchObject({ id: "17841" });
  expect(walk(kbeauty, [{ id: "17841" }], one)?.kept).toMatchObject({ id: "17841" });
});

test("a cursor that is the same on every page moves on all the same, until no next page is named or a page is empty", () => {
  const walked = walk(
    kbeauty,
    [{ id: "178" }, page(["1"], "after=SAME"), page(["2"], "after=SAME"), page(["3"])],
    one,
  );
  expect(walked?.asks.length).toBe(4);
  expect(walked?.asks[3]?.query).toMatchObject({ after: "SAME", user_id: ME, limit: "50" });
  const empty = walk(kbeauty, [{ id: "178" }, page(["1"], "after=SAME"), page([], "after=SAME")], one);
  expect(empty?.asks.length).toBe(3);
  expect(empty?.covers).toEqual({ from: "2026-11-19T06:00:00.000Z", until: "2026-11-20T06:00:00.000Z" });
});

test("where the server keeps the place, a page cannot be asked again; where the address says the place, it can", () => {
  const fragile = (pages: readonly unknown[], kept: Parameters<typeof walk>[3] = { id: "178" }) =>
    walk(kbeauty, pages, one, kept)?.pages.map((read) => read.fragile ?? false);
  const kept = [page(["1"], "after=SAME"), page(["2"], "after=SAME"), page(["3"])];
  expect(fragile(kept)).toEqual([true, true, false]);
  const said = [page(["1"], "after=SAME&offset=50"), page(["2"], "after=SAME&offset=100"), page(["3"])];
  expect(fragile(said)).toEqual([false, false, false]);
  // Of the first page alone nobody can tell; what the last run learned decides.
  const differ = [page(["1"], "after=A"), page(["2"], "after=B"), page(["3"], "after=C"), page(["4"])];
  expect(fragile(differ)).toEqual([true, false, false, false]);
  expect(fragile(differ, walk(kbeauty, differ, one, { id: "178" })?.kept)).toEqual([
    false,
    false,
    false,
    false,
  ]);
});

test("of the next page's address the query alone is followed: neither its host, nor its path, nor the token in it", () => {
  const elsewhere = {
    data: [media("1")],
    paging: { next: "https://evil.example/steal?after=X&access_token=T&user_id=9&fields=username" },
  };
  const ask = walk(kbeauty, [{ id: "178" }, elsewhere], one)?.asks[2];
  expect(ask?.path).toBe("/v26.0/178/recent_media");
  expect(ask?.query).toEqual({
    after: "X",
    limit: "50",
    user_id: ME,
    fields: "id,caption,media_type,comments_count,like_count,permalink,timestamp",
  });
});

test("an unfinished walk covers no time and forgets nothing it learned", () => {
  const walked = walk(kbeauty, [{ id: "178" }, page(["1"], "after=A")], one);
  expect(walked).toMatchObject({ covers: null, kept: { id: "178" } });
});

test("hidden likes stay absent, and no name, picture or other field is kept, whatever the server sends", () => {
  const { like_count: _hidden, ...hidden } = media("1", {
    username: "somebody",
    media_url: "https://cdn.example/1.jpg",
    owner: { id: "9" },
  });
  const read = walk(
    kbeauty,
    [{ data: [hidden, media("2", { like_count: 0 }), media("3", { like_count: null })] }],
    one,
    { id: "178" },
  );
  const items = read?.pages[0]?.items.map(({ row }) => row["item"] as Record<string, unknown>);
  expect(Object.keys(items?.[0] ?? {}).sort()).toEqual([
    "caption",
    "comments_count",
    "id",
    "media_type",
    "permalink",
    "timestamp",
  ]);
  expect(items?.[1]?.["like_count"]).toBe(0);
  expect(items?.[2]).not.toHaveProperty("like_count");
});

test("an item without an id is handed on to be judged, not dropped", () => {
  const { id: _id, ...without } = media("1");
  const read = walk(kbeauty, [{ data: [without, media("2")] }], one, { id: "178" });
  expect(read?.pages[0]?.items.map(({ id }) => id)).toEqual(["without id: 1.0", "2"]);
});

test("a post under a shared tag belongs to the market whose first language it is written in, else to none", () => {
  const shared = ["de", "fr", "us"];
  const markets = [
    { code: "de", languages: ["de"] },
    { code: "fr", languages: ["fr"] },
    { code: "us", languages: ["en", "es"] },
  ];
  const of = (caption: unknown, listed = shared, asked = markets) =>
    marketFor(listed, caption, { markets: asked });
  expect(of("Ich liebe diese Creme und nehme sie jeden Abend")).toBe("de");
  expect(of("J'adore cette crème et je la mets tous les soirs")).toBe("fr");
  expect(of("저는 이 크림을 매일 저녁에 바르고 있어요")).toBeNull();
  expect(of(undefined)).toBeNull();
  expect(of("저는 이 크림을 매일 저녁에 바르고 있어요", ["de"])).toBe("de");
  // A run of one market does not make another market's posts its own.
  expect(of("J'adore cette crème et je la mets tous les soirs", shared, markets.slice(0, 1))).toBeNull();
});

test("popular posts are one page a day, asked after everything else, and count towards no coverage", () => {
  const [first] = walk(kbeauty, [page(["1"], "after=A")], one, { id: "178" })?.pages ?? [];
  const top = first?.targets?.[0] as Target;
  expect(top).toMatchObject({ id: "top:kbeauty", essential: false });
  const walked = walk(top, [page(["8", "9"], "after=A")], one);
  expect(walked?.asks.map(({ path }) => path)).toEqual(["/v26.0/178/top_media"]);
  expect(walked?.covers).toBeNull();
  expect(walk(top, [], one, walked?.kept)).toBeNull();
  expect(walk(top, [page(["8"])], context({ at: "2026-11-21T00:00:00.000Z" }), walked?.kept)).not.toBeNull();
  const without = context({ hashtags: { de: ["kbeauty"] }, config: { top_media: false } });
  expect(walk(kbeauty, [page(["1"])], without, { id: "178" })?.pages[0]?.targets).toBeUndefined();
});

test("once a day the server says how many places are taken, by whomever; a search that answers alike says nothing of places", () => {
  const places = targetOf("places", one);
  const walked = walk(places, [{ data: [] }], one);
  const ask = walked?.asks[0];
  expect(ask).toMatchObject({ path: `/v26.0/${ME}/recently_searched_hashtags`, query: { limit: "30" } });
  expect(walk(places, [], one, walked?.kept)).toBeNull();
  const usage = (question: typeof ask, json: unknown) =>
    question && source.live.usage?.(answered(json), one, question);
  expect(usage(ask, { data: Array.from({ length: 28 }, (_, id) => ({ id: `${id}` })) })).toEqual([
    { limit: "hashtags", remaining: 2 },
  ]);
  expect(usage(walk(kbeauty, [], one)?.asks[0], { data: [{ id: "1" }] })).toEqual([]);
});

test("creators stand between the hashtags in the first run of a day, and behind them in the others", () => {
  const given = {
    hashtags: { de: ["a", "b", "c"] },
    creators: [creator("mina", "de"), creator("lou", "fr"), creator("far", "us")],
  };
  const plan = (at: string) =>
    source.live.plan(context({ ...given, at })).map(({ id }) => id.replace(/^.*:/, ""));
  expect(plan("2026-11-20T05:59:00Z")).toEqual(["places", "a", "mina", "b", "lou", "c"]);
  expect(plan("2026-11-20T06:00:00Z")).toEqual(["places", "a", "b", "c", "mina", "lou"]);
  const [, , , , mina] = source.live.plan(context({ ...given, at: "2026-11-20T12:00:00Z" }));
  expect(mina).toMatchObject({ id: "creator:mina", essential: false });
});

test("fewer runs than one a day are refused: posts would be lost by plan", () => {
  expect(source.config.safeParse({ every_hours: 24 }).success).toBe(true);
  expect(source.config.safeParse({ every_hours: 25 }).success).toBe(false);
});
