// Creators of the registry and the account that asks: how far back they are walked, what counts as gone, what is unknown; and what models see of it all.
import { expect, test } from "vitest";
import type { Row } from "../../core/types.ts";
import { staged } from "../../test/staged.ts";
import { prepare } from "./parser.ts";
import { people } from "./people.ts";
import { source } from "./source.ts";
import { things } from "./things.ts";
import { context, creator, line, ME, media, targetOf, walk } from "./tiny.ts";

const within = context({
  creators: [creator("mina", "de", "Mina.Glasshaut")],
  config: { own_account: true },
});
const mina = targetOf("creator:mina", within);
const own = targetOf("own", within);
const posted = (day: string) => ({ timestamp: `2026-${day}T12:00:00+0000` });

const discovered = (data: readonly unknown[], after?: string, more: object = {}) => ({
  business_discovery: {
    ...{
      id: "17841400000000009",
      username: "mina.glasshaut",
      name: "Mina",
      biography: "…",
      followers_count: 120345,
    },
    ...{ follows_count: 310, media_count: 1204 },
    media: { data, paging: { cursors: { before: "B", ...(after === undefined ? {} : { after }) } } },
    ...more,
  },
  id: ME,
});

test("the cursor of a creator's posts stands inside the parentheses, and the profile is taken once", () => {
  const walked = walk(mina, [discovered([media("1")], "QVF=="), discovered([media("2")])], within);
  const fields = walked?.asks.map(({ query }) => query?.["fields"]);
  expect(fields?.[0]).toMatch(
    /^business_discovery\.username\(mina\.glasshaut\)\{id,username,.*,media\.limit\(25\)\{id,caption,.*\}\}$/,
  );
  expect(fields?.[1]).toContain("media.limit(25).after(QVF==){");
  expect(walked?.pages.map(({ items }) => items.map(({ thing }) => thing))).toEqual([
    ["accounts", "discovery_media"],
    ["discovery_media"],
  ]);
  expect(walked?.pages[0]?.items[0]?.row["item"]).toEqual({
    id: "17841400000000009",
    username: "mina.glasshaut",
    followers_count: 120345,
    follows_count: 310,
    media_count: 1204,
  });
});

test("a walk ends with the first page whose last post is older than 35 days, even under a pinned one; old posts are left alone", () => {
  const kept = { media: {}, until: "2026-11-20T00:00:00.000Z" };
  const pinned = discovered([media("0", posted("01-01")), media("1", posted("11-18"))], "A");
  const end = discovered([media("2", posted("11-01")), media("3", posted("10-01"))], "B");
  const walked = walk(mina, [pinned, end, discovered([media("4", posted("09-01"))])], within, kept);
  expect(walked?.pages.flatMap(({ items }) => items.slice(-1).map(({ id }) => id))).toEqual(["1", "2"]);
  expect(walked?.asks.length).toBe(2);
});

test("a creator is walked ninety days back at first, and as far as runs were missed later", () => {
  const september = [discovered([media("1", posted("09-10"))])];
  const taken = (kept: Parameters<typeof walk>[3]) =>
    walk(mina, september, within, kept)?.pages[0]?.items.length;
  expect(taken(null)).toBe(2);
  expect(taken({ media: {}, until: "2026-11-19T00:00:00.000Z" })).toBe(1);
  expect(taken({ media: {}, until: "2026-09-01T00:00:00.000Z" })).toBe(2);
});

test("a post that a complete walk does not meet any more is gone; half a walk, a silent list and an old post prove nothing", () => {
  const kept = {
    media: {
      "1": "2026-11-18T12:00:00+0000",
      "2": "2026-11-17T12:00:00+0000",
      "9": "2026-09-01T12:00:00+0000",
    },
    until: "2026-11-20T00:00:00.000Z",
  };
  const gone = (answers: readonly unknown[]) =>
    walk(mina, answers, within, kept)?.pages.at(-1)?.deleted ?? [];
  expect(gone([discovered([media("1", posted("11-18"))])])).toEqual([
    { platform: "instagram", post_id: "2", how: "absent" },
  ]);
  expect(gone([discovered([media("1", posted("11-18"))], "A")])).toEqual([]);
  expect(gone([discovered([])])).toEqual([]);
  expect(gone([discovered([], undefined, { media: undefined })])).toEqual([]);
  expect(gone([discovered([], undefined, { media_count: 0 })]).length).toBe(2);
  // What was learned before an unfinished walk is not forgotten by it.
  expect(walk(mina, [discovered([media("1", posted("11-18"))], "A")], within, kept)?.kept).toEqual(kept);
});

test("a name that would break out of the question is not asked, and somebody is told", () => {
  const wrong = context({ creators: [creator("eve", "de", "eve){id}"), creator("mina", "de")] });
  expect(source.live.plan(wrong).map(({ id }) => id)).toEqual(["creator:mina"]);
  expect(source.live.notices?.(wrong)).toMatchObject([
    { severity: "warning", says: expect.stringMatching(/^invalid handle: eve\){id}/) },
  ]);
});

test("the account that asks is asked about itself only when the publication says so, and once a day", () => {
  expect(source.live.plan(context()).map(({ id }) => id)).toEqual([]);
  const walked = walk(
    own,
    [{ data: [media("5", posted("11-18"))], paging: { cursors: { after: "Z" } } }],
    within,
  );
  expect(walked?.asks[0]).toMatchObject({
    path: `/v26.0/${ME}/media`,
    costs: [{ limit: "business", units: 1 }],
  });
  expect(walked?.asks.length).toBe(1);
  expect(walked?.pages[0]?.targets).toMatchObject([{ id: "insights:5", essential: false }]);
  expect(walk(own, [], within, walked?.kept)).toBeNull();
});

test("insights that are not there leave no row, and no zero", () => {
  const [page] = walk(own, [{ data: [media("5", posted("11-18"))] }], within)?.pages ?? [];
  const [target] = page?.targets ?? [];
  if (!target) throw new Error("no insights asked");
  const items = (json: unknown) => walk(target, [json], within)?.pages[0]?.items;
  expect(items({ data: [] })).toEqual([]);
  expect(items({ error: { code: 10 } })).toEqual([]);
  const said = [
    { name: "reach", period: "lifetime", values: [{ value: 31 }] },
    { name: "views", values: [] },
    { name: "likes_total", values: [{ value: 1 }] },
  ];
  expect(items({ data: said })?.[0]?.row).toEqual({
    request: { account_id: ME },
    item: { id: "5", reach: 31 },
  });
});

const of = (item: Row, request: Row): Row => line({ request, item });
const hashtag = of(media("1"), { edge: "recent_media", market: null, hashtag: "kbeauty" });
const discovery = of(
  { ...media("2"), view_count: 9, media_type: "VIDEO", media_product_type: "REELS" },
  { edge: "discovery", market: "de", creator: "mina", account_id: "178", username: "Mina.Glasshaut" },
);
const account = of(
  { id: "178", username: "Mina.Glasshaut", followers_count: 5 },
  { edge: "discovery", market: "de", creator: "mina" },
);
const insight = of({ id: "5", reach: 31 }, { account_id: ME });

test("a line is judged: counts, times, addresses; what was posted while the run went on is no post from the future", () => {
  const judge = (item: Row) =>
    prepare({ thing: "hashtag_media" })({ ...hashtag, item: { ...(hashtag["item"] as Row), ...item } }, "");
  expect(judge({})).toMatchObject({ ok: true });
  expect(judge({ timestamp: "2026-11-20T09:00:00+0000" })).toMatchObject({ ok: true });
  expect(judge({ timestamp: "2026-11-22T09:00:00+0000" })).toMatchObject({
    ok: false,
    reason: expect.stringMatching(/^future_date/),
  });
  expect(judge({ timestamp: "2026-13-40T09:00:00+0000" })).toMatchObject({ ok: false });
  expect(judge({ comments_count: -1 })).toMatchObject({
    ok: false,
    reason: "negative_count: item.comments_count = -1",
  });
  expect(judge({ permalink: "javascript:alert(1)" })).toMatchObject({ ok: false });
  expect(judge({ username: "somebody" })).toMatchObject({
    ok: false,
    reason: expect.stringMatching(/^unknown_key/),
  });
});

test("what remains of an expired line fits its thing, and holds neither words nor addresses nor names", () => {
  for (const [thing, row] of Object.entries({
    hashtag_media: hashtag,
    discovery_media: discovery,
    accounts: account,
    insights: insight,
  })) {
    const left = people[thing]?.expired(row, "key-of-the-author");
    expect(things[thing as keyof typeof things].safeParse(left).success).toBe(true);
    expect(JSON.stringify(left)).not.toMatch(/Creme|instagram\.com|Glasshaut/i);
  }
  expect(people["discovery_media"]?.subject(discovery)).toEqual({
    platform: "instagram",
    author_id: "178",
    author_handle: "mina.glasshaut",
    post_id: "2",
  });
  expect(people["hashtag_media"]?.subject(hashtag)).toMatchObject({
    author_id: null,
    author_handle: null,
    post_id: "1",
  });
  expect(people["accounts"]?.expired(account, null)).toBeNull();
});

test("models see posts with hidden likes as unknown, authors of registry creators alone, and times in UTC", async () => {
  const { like_count: _hidden, ...hidden } = hashtag["item"] as Row;
  const posts = await staged(source, "stg_instagram__posts", {
    hashtag_media: [{ ...hashtag, item: hidden }],
    discovery_media: [discovery],
  });
  expect(posts).toMatchObject([
    {
      post_id: "1",
      market: null,
      author_id: null,
      likes: null,
      likes_hidden: true,
      comments: 4,
      media_type: "image",
      posted_at: "2026-11-20T01:15:32.000Z",
      provenance: "observed",
      receipt: "r1",
    },
    {
      post_id: "2",
      market: "de",
      author_id: "178",
      author_handle: "mina.glasshaut",
      likes: 87,
      likes_hidden: false,
      views: 9,
      media_type: "video",
    },
  ]);
  const accounts = await staged(source, "stg_instagram__accounts", { accounts: [account] });
  expect(accounts).toMatchObject([
    { account_id: "178", account_handle: "mina.glasshaut", followers: 5, following: null },
  ]);
  const insights = await staged(source, "stg_instagram__insights", { insights: [insight] });
  expect(insights).toMatchObject([{ post_id: "5", reach: 31, views: null }]);
});
