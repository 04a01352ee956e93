// Keyword search: off until it is switched on, since the last search, and never believed where it finds nobody but ourselves.
import { expect, test } from "vitest";
import { Publication } from "../../../data/contract/publication.ts";
import type { Answer, Context, Json, Target } from "../../collecting/types.ts";
import type { Row } from "../../core/types.ts";
import { staged } from "../../test/staged.ts";
import { prepare } from "./parser.ts";
import { people } from "./people.ts";
import { source } from "./source.ts";
import { things } from "./things.ts";

const { live } = source;
const markets = [
  { code: "de", languages: ["de"] },
  { code: "fr", languages: ["fr"] },
];
const queries = [
  { market: "de", q: "Hautpflege" },
  { market: "de", q: "kbeauty", mode: "TAG" },
  { market: "fr", q: "KBeauty", mode: "TAG" },
  { market: "us", q: "skincare" },
];

function context(config: object = {}, more: { token?: boolean; at?: string; hashtags?: object } = {}) {
  return {
    config: source.config.parse({ enabled: true, queries, ...config }),
    publication: Publication.parse({
      ...{ id: "tiny", title: "Tiny", tagline: "A few words.", category: "beauty", markets: ["de", "fr"] },
      ...{ sources: [{ source: "threads" }], hashtags: more.hashtags ?? {} },
    }),
    ...{ markets, creators: [], at: more.at ?? "2026-11-20T06:00:00.000Z" },
    ...{ plain: () => null, has: () => more.token ?? true },
  } as Context as Parameters<typeof live.plan>[0];
}
const on = context();
const targetOf = (id: string) => live.plan(on).find((target) => target.id === id) as Target;
const search = targetOf("search:TAG:kbeauty");
const probe = targetOf("probe");
const answered = (json: unknown, status = 200): Answer => ({
  ...{ status, headers: {}, text: "", json, unchanged: false, at: "2026-11-20T06:00:10.000Z" },
});
const begun = (target: Target, kept: Json = null, within = on) => live.begin(target, kept, within) as Json;
const asked = (target: Target, kept: Json = null, within = on) =>
  live.next(target, begun(target, kept, within), within);
const post = (id: string, more: object = {}) => ({
  ...{ id, text: "Ich liebe diese Creme und nehme sie jeden Abend #kbeauty", media_type: "TEXT_POST" },
  ...{
    permalink: `https://www.threads.net/t/${id}`,
    timestamp: "2026-11-20T01:15:32+0000",
    username: "somebody",
  },
  ...more,
});

test("threads is off and says so; switched on without a token it says what is missing", () => {
  const off = context({ enabled: false });
  expect(live.plan(off)).toEqual([]);
  expect(live.notices?.(off)).toMatchObject([
    { severity: "info", stops: "off", says: expect.stringContaining("enabled: true") },
  ]);
  const tokenless = context({}, { token: false });
  expect(live.plan(tokenless)).toEqual([]);
  expect(live.notices?.(tokenless)).toMatchObject([
    { stops: "configuration", says: expect.stringMatching(/^missing LEAP_THREADS_TOKEN/) },
  ]);
  expect(live.notices?.(on)).toEqual([]);
  expect(source.config.parse({})).toMatchObject({ enabled: false });
});

test("a query that several markets have is asked once, of this run's markets alone; without queries the hashtags are", () => {
  expect(live.plan(on).map(({ id, markets: of }) => [id, of])).toEqual([
    ["probe", []],
    ["search:KEYWORD:hautpflege", ["de"]],
    ["search:TAG:kbeauty", ["de", "fr"]],
  ]);
  const tags = context({ queries: [] }, { hashtags: { de: ["#kbeauty"], us: ["skincare"] } });
  expect(live.plan(tags).map(({ id }) => id)).toEqual(["probe", "search:TAG:kbeauty"]);
});

test("a search reaches back to where the last complete one ended, with two hours over, and leaves names unasked", () => {
  expect(asked(search)?.query).toEqual({
    ...{ q: "kbeauty", search_type: "RECENT", search_mode: "TAG", limit: "100" },
    ...{ fields: "id,text,media_type,permalink,timestamp", since: "1794549600", until: "1795154400" },
  });
  const progress = begun(search);
  const { kept } = live.finish(search, progress, true, on);
  const later = context({}, { at: "2026-11-21T06:00:00.000Z" });
  const since = Number(asked(search, kept, later)?.query?.["since"]) * 1000;
  expect(new Date(since).toISOString()).toBe("2026-11-20T04:00:00.000Z");
  expect(live.finish(search, begun(search, kept, later), false, later)).toMatchObject({ kept, covers: null });
});

test("pages go on by their cursor until one is empty, and of a post no name is kept", () => {
  const page = live.read(
    search,
    begun(search),
    answered({ data: [post("1")], paging: { cursors: { after: "NQ" } } }),
    on,
  );
  expect(page.items[0]?.row).toEqual({
    request: { market: "de", query: "kbeauty", mode: "TAG" },
    item: (({ username: _username, ...kept }) => kept)(post("1")),
  });
  expect(live.next(search, page.progress, on)?.query).toMatchObject({ after: "NQ", q: "kbeauty" });
  const last = live.read(search, page.progress, answered({ data: [] }), on);
  expect(live.next(search, last.progress, on)).toBeNull();
  expect(live.finish(search, last.progress, true, on).covers).toEqual({
    from: "2026-11-13T06:00:00.000Z",
    until: "2026-11-20T06:00:00.000Z",
  });
});

test("a search that was never approved looks as if it worked: the probe tells, and nothing more is asked", () => {
  const ask = asked(probe);
  if (!ask) throw new Error("no probe");
  const judged = (data: readonly unknown[], within = on) =>
    live.judge?.(answered({ data }), ask, within) ?? null;
  const ours = context({ own_usernames: ["@Operator"] });
  expect(judged([])).toMatchObject({ is: "stop-account", why: expect.stringMatching(/finds nothing/) });
  expect(
    judged([post("1", { username: "operator" }), post("2", { username: "operator" })], ours),
  ).toMatchObject({
    is: "stop-account",
    act: expect.stringMatching(/App Review/),
  });
  expect(judged([post("1", { username: "operator" }), post("2", { username: "operator" })])).toMatchObject({
    is: "stop-account",
  });
  expect(judged([post("1", { username: "operator" }), post("2")], ours)).toBeNull();
  expect(judged([post("1"), post("2", { username: "other" })])).toBeNull();
  // An empty answer to any other search is an answer.
  expect(live.judge?.(answered({ data: [] }), asked(search) as typeof ask, on)).toBeNull();
});

test("the probe is asked once a day, and keeps nothing of whom it found", () => {
  const read = live.read(probe, begun(probe), answered({ data: [post("1")] }), on);
  expect(read.items).toEqual([]);
  const { kept } = live.finish(probe, read.progress, true, on);
  expect(live.begin(probe, kept, on)).toBeNull();
  expect(live.begin(probe, kept, context({}, { at: "2026-11-21T00:00:00.000Z" }))).not.toBeNull();
});

test("answers are judged by the code in their body", () => {
  const judged = (json: unknown, status = 400) =>
    live.judge?.(answered(json, status), asked(search) as never, on);
  expect(judged({ error: { code: 190 } })).toMatchObject({ is: "stop-account" });
  expect(judged({ error: { code: 4 } }, 403)).toMatchObject({
    is: "pause",
    until: "2026-11-20T07:00:10.000Z",
  });
  expect(judged({ error: { code: 10 } })).toMatchObject({ is: "configuration" });
  expect(judged({ error: { code: 2, is_transient: true } }, 500)).toMatchObject({ is: "retry" });
  expect(judged({}, 200)).toMatchObject({ is: "retry" });
});

test("models see what a search says, and nothing as unknown that is merely not given", async () => {
  const row: Row = {
    request: { market: "de", query: "kbeauty", mode: "TAG" },
    ...{ collected_at: "2026-11-20T06:00:00.000Z", provenance: "synthetic" },
    item: (({ username: _username, ...kept }) => kept)(post("1")),
  };
  expect(prepare({ thing: "posts" })(row, "")).toMatchObject({ ok: true });
  expect(await staged(source, "stg_threads__posts", { posts: [row] })).toMatchObject([
    {
      post_id: "1",
      market: "de",
      media_type: "text",
      likes: null,
      likes_hidden: false,
      author_id: null,
      provenance: "synthetic",
      posted_at: "2026-11-20T01:15:32.000Z",
    },
  ]);
  const left = people["posts"]?.expired(row, null);
  expect(things.posts.safeParse(left).success).toBe(true);
  expect(JSON.stringify(left)).not.toMatch(/Creme|threads\.net/);
});
