// Walks over the desk against a YouTube of a few videos in this process.
import { expect, test } from "vitest";
import { type TestWorld, testDesk } from "../../collecting/test-desk.ts";
import type { Row } from "../../core/types.ts";
import { source } from "./source.ts";

interface Video {
  readonly id: string;
  readonly at: string;
  readonly channel?: string;
  readonly more?: { readonly snippet?: Row; readonly statistics?: Row };
}

const video = ({ id, at, channel = "UCother", more = {} }: Video): Row => ({
  kind: "youtube#video",
  id,
  snippet: {
    ...{ publishedAt: at, channelId: channel, channelTitle: "A name", title: `Titel ${id}` },
    ...{ description: "Ich teste die Creme", categoryId: "26", ...more.snippet },
  },
  contentDetails: { duration: "PT4M13S" },
  statistics: {
    viewCount: "10432",
    likeCount: "512",
    commentCount: "3",
    favoriteCount: "0",
    ...more.statistics,
  },
});

/** Answers searches, videos, channels, uploads and comments; `pageSize` results a page. */
function youtube(world: { videos: Video[]; pageSize?: number; comments?: (page: number) => Row | number }) {
  const size = world.pageSize ?? 50;
  const list = (kind: string, all: readonly Row[], query: URLSearchParams) => {
    const from = Number(query.get("pageToken") ?? 0);
    const next = from + size < all.length ? { nextPageToken: String(from + size) } : {};
    const pageInfo = { totalResults: 1_000_000, resultsPerPage: size };
    return Response.json({ kind: `youtube#${kind}`, pageInfo, ...next, items: all.slice(from, from + size) });
  };
  return ({ url }: Request): Response => {
    const { pathname, searchParams: query } = new URL(url);
    const newest = [...world.videos].sort((a, b) => (a.at < b.at ? 1 : -1));
    switch (pathname.split("/").at(-1)) {
      case "search": {
        const within = newest.filter(
          ({ at }) => at >= String(query.get("publishedAfter")) && at < String(query.get("publishedBefore")),
        );
        const results = within.map(({ id, at }) => ({ id: { videoId: id }, snippet: { publishedAt: at } }));
        return list("searchListResponse", results, query);
      }
      case "videos": {
        const ids = String(query.get("id")).split(",");
        const items = world.videos.filter(({ id }) => ids.includes(id)).map(video);
        return Response.json({ kind: "youtube#videoListResponse", items });
      }
      case "channels": {
        if (![query.get("forHandle"), query.get("id")].some((one) => one === "@pore" || one === "UCpore"))
          return Response.json({ kind: "youtube#channelListResponse", pageInfo: { totalResults: 0 } });
        const counts = {
          viewCount: "1",
          subscriberCount: "120000",
          hiddenSubscriberCount: false,
          videoCount: "9",
        };
        const contentDetails = { relatedPlaylists: { uploads: "UUpore" } };
        const items = [
          {
            id: "UCpore",
            snippet: { title: "Pore", customUrl: "@Pore" },
            contentDetails,
            statistics: counts,
          },
        ];
        return Response.json({ kind: "youtube#channelListResponse", items });
      }
      case "playlistItems": {
        const own = newest.filter(({ channel }) => channel === "UCpore");
        const items = own.map(({ id, at }) => ({ contentDetails: { videoId: id, videoPublishedAt: at } }));
        return list("playlistItemListResponse", items, query);
      }
      default: {
        const page = world.comments?.(Number(query.get("pageToken") ?? 0)) ?? 404;
        return typeof page === "number" ? failed(page, "videoNotFound") : Response.json(page);
      }
    }
  };
}

const failed = (status: number, reason: string): Response =>
  Response.json(
    { error: { code: status, message: "…", errors: [{ domain: "youtube", reason, message: "…" }] } },
    { status },
  );

const pore = {
  ...{ id: "pore", name: "Pore", platform: "youtube", handle: "pore", market: "de", language: "de" },
  ...{ category: "beauty", registered_on: "2026-01-01", reason: "public professional account" },
  basis: { kind: "public_interest", note: "public professional account", date: "2026-01-01" },
};

const desk = (world: Partial<TestWorld> & Pick<TestWorld, "fetch">, queries: Row = { de: ["creme"] }) =>
  testDesk({
    source,
    variables: { LEAP_YOUTUBE_KEY: "canary-key-of-youtube" },
    publication: { hashtags: {}, creators: [] },
    ...world,
    config: { queries, ...world.config },
  });

const hour = (at: number): string => `2026-11-20T0${at}:00:00Z`;
const askedFor = (asked: readonly string[], what: string) => asked.filter((one) => one.includes(`/${what}?`));
const idsOf = (rows: readonly Row[]) => rows.map((row) => (row["item"] as Row)["id"]);

test("a search is followed by the videos themselves, in one call of up to fifty", async () => {
  const fetch = youtube({
    videos: [
      { id: "a", at: hour(1) },
      { id: "b", at: hour(2) },
    ],
  });
  const at = desk({ fetch });
  await at.collect();
  expect(idsOf(at.rows("videos"))).toEqual(["a", "b"]);
  const [search] = askedFor(at.asked, "search");
  const query = new URL(String(search).slice(4)).searchParams;
  expect(Object.fromEntries(query)).toMatchObject({
    ...{ q: "creme", type: "video", order: "date", regionCode: "DE", relevanceLanguage: "de" },
    ...{ publishedAfter: "2026-11-13T06:00:00Z", publishedBefore: "2026-11-20T06:00:00Z" },
  });
  expect(askedFor(at.asked, "videos")).toHaveLength(1);
  at.close();
});

test("the next run searches from an hour before the last, and what was known is counted anew once a day", async () => {
  const videos: Video[] = [{ id: "a", at: hour(1) }];
  const at = desk({ fetch: youtube({ videos }), config: { every_hours: 6 } });
  await at.collect();
  videos.push({ id: "b", at: "2026-11-20T08:00:00Z" });
  await at.collect("2026-11-20T12:00:00Z");
  expect(idsOf(at.rows("videos"))).toEqual(["a", "b"]);
  await at.collect("2026-11-21T06:00:00Z");
  expect(idsOf(at.rows("videos")).sort()).toEqual(["a", "a", "b", "b"]);
  expect(askedFor(at.asked, "search")[1]).toContain("publishedAfter=2026-11-20T05%3A00%3A00Z");
  expect(at.rows("videos").map((row) => (row["request"] as Row)["edge"])).toEqual([
    "search",
    "search",
    "refresh",
    "refresh",
  ]);
  at.close();
});

test("a video that is silently missing from the answer is gone, and its rows with it", async () => {
  const videos: Video[] = [
    { id: "a", at: hour(1) },
    { id: "b", at: hour(2) },
  ];
  const at = desk({ fetch: youtube({ videos }) });
  await at.collect();
  videos.splice(0, 1);
  await at.collect("2026-11-21T06:00:00Z");
  expect(new Set(idsOf(at.rows("videos")))).toEqual(new Set(["b"]));
  at.close();
});

test("an answer that is no list says nothing about what is missing in it", async () => {
  const fetch = youtube({ videos: [{ id: "a", at: hour(1) }] });
  let broken = false;
  const at = desk({
    fetch: (request) => (broken && request.url.includes("/videos?") ? Response.json({}) : fetch(request)),
  });
  await at.collect();
  broken = true;
  await at.collect("2026-11-21T06:00:00Z");
  expect(idsOf(at.rows("videos"))).toEqual(["a"]);
  at.close();
});

test("what the day's pages do not reach is a gap that the next runs ask for", async () => {
  const videos = Array.from({ length: 9 }, (_, at) => ({
    id: `v${at}`,
    at: hour(at % 6).replace(":00:00", `:0${at}:00`),
  }));
  const at = desk({ fetch: youtube({ videos, pageSize: 3 }), config: { search_calls_per_day: 2 } });
  await at.collect();
  expect(at.rows("videos")).toHaveLength(6);
  const [run] = at.runs();
  expect(run?.covered_from).not.toBe("2026-11-13T06:00:00.000Z");
  await at.collect("2026-11-21T20:00:00Z");
  await at.collect("2026-11-22T20:00:00Z");
  expect(new Set(idsOf(at.rows("videos"))).size).toBe(9);
  at.close();
});

test("the day's search calls are divided over its runs, its markets and their words, and never exceeded", async () => {
  const videos = Array.from({ length: 400 }, (_, at) => ({
    id: `v${at}`,
    at: new Date(Date.parse("2026-11-14T00:00:00Z") + at * 1_000_000).toISOString().replace(".000Z", "Z"),
  }));
  const queries = { de: ["a", "b", "c"], fr: ["d"] };
  const config = { search_calls_per_day: 20, every_hours: 12 };
  const at = desk({ fetch: youtube({ videos, pageSize: 10 }), config }, queries);
  await at.collect("2026-11-20T09:00:00Z");
  const of = (word: string) =>
    askedFor(at.asked, "search").filter((one) => one.includes(`q=${word}&`)).length;
  expect([of("a"), of("b"), of("c")].toSorted()).toEqual([1, 2, 2]);
  expect(of("d")).toBe(5);
  await at.collect("2026-11-20T13:00:00Z");
  await at.collect("2026-11-21T01:00:00Z");
  await at.collect("2026-11-21T07:30:00Z");
  expect(askedFor(at.asked, "search").length).toBeLessThanOrEqual(20);
  at.close();
});

test("more words than calls take turns, each run beginning where the last one ended", async () => {
  const config = { search_calls_per_day: 2 };
  const at = desk({ fetch: youtube({ videos: [] }), config }, { de: ["a", "b", "c", "d"] });
  await at.collect("2026-11-20T09:00:00Z");
  await at.collect("2026-11-21T09:00:00Z");
  const words = askedFor(at.asked, "search").map((one) => new URL(one.slice(4)).searchParams.get("q"));
  expect(words.toSorted()).toEqual(["a", "b", "c", "d"]);
  at.close();
});

test("words of several markets give a video to the one whose language it is in: as its owner says, else as we read it", async () => {
  const german = {
    snippet: {
      title: "Meine ehrliche Meinung zu dieser Creme",
      description: "Sie ist sehr gut und zieht schnell ein",
    },
  };
  const videos: Video[] = [
    { id: "said", at: hour(1), more: { snippet: { defaultAudioLanguage: "fr-CA" } } },
    { id: "read", at: hour(2), more: german },
    { id: "other", at: hour(3), more: { snippet: { defaultAudioLanguage: "es" } } },
  ];
  const at = desk({ fetch: youtube({ videos }) }, { de: ["creme"], fr: ["creme"] });
  await at.collect();
  expect(
    Object.fromEntries(
      at.rows("videos").map((row) => [(row["item"] as Row)["id"], (row["request"] as Row)["market"]]),
    ),
  ).toEqual({
    said: "fr",
    read: "de",
    other: null,
  });
  at.close();
});

test("a spent day is waited out until midnight in California, not asked again", async () => {
  let spent = true;
  const fetch = youtube({ videos: [{ id: "a", at: hour(1) }] });
  const at = desk({
    fetch: (request) =>
      spent && request.url.includes("/search?") ? failed(403, "quotaExceeded") : fetch(request),
  });
  await at.collect();
  expect(askedFor(at.asked, "search")).toHaveLength(1);
  spent = false;
  await at.collect("2026-11-21T08:30:00Z");
  expect(idsOf(at.rows("videos"))).toEqual(["a"]);
  at.close();
});

test("a dead key stops the run and says what to do; the key stands in no row and no incident", async () => {
  const at = desk({ fetch: () => failed(400, "keyInvalid") });
  await at.collect();
  expect(at.asked).toHaveLength(1);
  expect(at.runs()[0]?.succeeded).toBe(false);
  expect(JSON.stringify(at.incidents())).toMatch(/Google Cloud console/);
  expect(JSON.stringify([at.incidents(), at.runs()])).not.toContain("canary");
  at.close();
});

test("a registry creator is found once by handle, then by id; uploads cost no search", async () => {
  const videos: Video[] = [
    { id: "own", at: hour(1), channel: "UCpore" },
    { id: "old", at: "2026-10-01T00:00:00Z", channel: "UCpore" },
  ];
  const at = desk({ fetch: youtube({ videos }), publication: { hashtags: {}, creators: [pore] } }, {});
  await at.collect();
  await at.collect("2026-11-21T06:00:00Z");
  expect(askedFor(at.asked, "channels").map((one) => /(forHandle|[?&]id)=[^&]+/.exec(one)?.[0])).toEqual([
    "forHandle=%40pore",
    "&id=UCpore",
  ]);
  expect(askedFor(at.asked, "search")).toEqual([]);
  expect(new Set(idsOf(at.rows("videos")))).toEqual(new Set(["own"]));
  expect(at.rows("channels")).toHaveLength(2);
  at.close();
});

test("comments are read back to the last run's, and a video without them stops only itself", async () => {
  const comment = (id: string, at: string) => ({
    id,
    snippet: {
      totalReplyCount: 2,
      topLevelComment: {
        id,
        snippet: {
          ...{ textDisplay: "Danke", likeCount: 4, publishedAt: at, updatedAt: at },
          ...{ authorDisplayName: "@somebody", authorChannelId: { value: "UCsomebody" } },
        },
      },
    },
  });
  const videos: Video[] = [{ id: "own", at: hour(1), channel: "UCpore" }];
  const page = { kind: "youtube#commentThreadListResponse", items: [comment("c1", hour(2))] };
  const at = desk(
    {
      fetch: youtube({ videos, comments: () => page }),
      publication: { hashtags: {}, creators: [pore] },
    },
    {},
  );
  await at.collect();
  expect(at.rows("comments").map(({ item }) => item)).toEqual([
    {
      id: "c1",
      text: "Danke",
      likeCount: 4,
      totalReplyCount: 2,
      publishedAt: hour(2),
      updatedAt: hour(2),
      authorChannelId: "UCsomebody",
    },
  ]);
  expect(JSON.stringify(at.rows("comments"))).not.toContain("@somebody");
  at.close();
  const off = desk(
    {
      fetch: (request) =>
        request.url.includes("/commentThreads?")
          ? failed(403, "commentsDisabled")
          : youtube({ videos })(request),
      publication: { hashtags: {}, creators: [pore] },
    },
    {},
  );
  await off.collect();
  expect(off.runs()[0]).toMatchObject({ succeeded: true });
  off.close();
});
