// Page views: asked once an article, from the last known days to yesterday; what is not there is not zero.
import { expect, test } from "vitest";
import { testDesk } from "../../collecting/test-desk.ts";
import type { Answer, Context, Json } from "../../collecting/types.ts";
import { prepare } from "./parser.ts";
import { source, type WikimediaConfig } from "./source.ts";
import { addressTitle, articleTitle } from "./title.ts";

const article = { term: "pdrn", market: "de", project: "de.wikipedia", article: "PDRN" };

test("titles stand in addresses as the wiki writes them, with everything encoded that could mean something else", () => {
  expect(articleTitle("en.wikipedia", "cold brew  coffee")).toBe("Cold_brew_coffee");
  expect(articleTitle("de.wiktionary", "serum")).toBe("serum");
  expect(articleTitle("de.wikipedia", "ßeta")).toBe("ßeta");
  expect(addressTitle(articleTitle("ko.wikipedia", "세럼"))).toBe("%EC%84%B8%EB%9F%BC");
  expect(addressTitle("AC/DC?_(100%)")).toBe("AC%2FDC%3F_%28100%25%29");
  expect(source.config.safeParse({ articles: [{ ...article, article: ".." }] }).success).toBe(false);
});

test("readers alone are counted, day by day, and the request says who asks", () => {
  expect(next(begin(null))).toMatchObject({
    path: "/api/rest_v1/metrics/pageviews/per-article/de.wikipedia/all-access/user/PDRN/daily/20260723/20261119",
    headers: { "user-agent": "GlobalLeap/1.0 (https://globalleap.example; desk@globalleap.example)" },
    costs: [{ limit: "requests", units: 1 }],
  });
});

test("a later run asks again for the last three days it knows, up to yesterday; never for what is not over", () => {
  expect(next(begin({ last: "2026-11-18" }))?.path).toMatch(/\/daily\/20261116\/20261119$/);
  expect(next(begin({ last: "2026-11-19" }))?.path).toMatch(/\/daily\/20261117\/20261119$/);
});

test("an article that two markets watch is asked once and belongs to both", () => {
  const config = {
    articles: [article, { ...article, market: "fr", term: "polynucleotides", article: "pDRN" }],
  };
  const targets = source.live.plan(context(config));
  expect(targets).toMatchObject([{ id: "views:de.wikipedia/PDRN", markets: ["de", "fr"] }]);
  const [both] = targets as [(typeof targets)[0]];
  const read = source.live.read(both, begin(null), views([["2026111800", 12]]), context(config));
  expect(read.items.map(({ row }) => row["request"])).toEqual([
    { market: "de", term: "pdrn", project: "de.wikipedia", article: "PDRN" },
    { market: "fr", term: "polynucleotides", project: "de.wikipedia", article: "PDRN" },
  ]);
  // A run of one market asks for its articles alone.
  expect(source.live.plan({ ...context(config), markets: [{ code: "jp", languages: ["ja"] }] })).toEqual([]);
});

test("404 with a problem says no data, and is asked again from the same day; a 404 of another server is no such word", () => {
  const problem = answer({
    status: 404,
    headers: { "content-type": "application/problem+json" },
    json: { type: "about:blank", title: "Not Found", detail: "The date(s) you used are valid, but …" },
  });
  expect(source.live.judge?.(problem, ask, context())).toEqual({ is: "good" });
  expect(source.live.judge?.(answer({ status: 404, text: "<html>" }), ask, context())).toBeNull();
  const read = source.live.read(target, begin({ last: "2026-11-10" }), problem, context());
  expect(read.items).toEqual([]);
  expect(read.note).toBe("no page views of de.wikipedia/PDRN from 2026-11-08 to 2026-11-19");
  expect(source.live.finish(target, read.progress, true, context()).kept).toEqual({ last: "2026-11-10" });
  const never = source.live.read(target, begin(null), problem, context());
  expect(source.live.finish(target, never.progress, true, context()).kept).toBeNull();
});

test("days that the answer leaves out stay out, and the last day given is where the next run begins", () => {
  const read = source.live.read(
    target,
    begin(null),
    views([
      ["2026111600", 9],
      ["2026111800", 12],
    ]),
    context(),
  );
  expect(read.items.map(({ row }) => row["item"])).toEqual([
    { timestamp: "2026111600", views: 9 },
    { timestamp: "2026111800", views: 12 },
  ]);
  expect(source.live.finish(target, read.progress, true, context())).toEqual({
    kept: { last: "2026-11-18" },
    covers: { from: "2026-07-23T00:00:00Z", until: "2026-11-20T00:00:00Z" },
    pages_available: 1,
  });
});

test("a figure that is none goes to quarantine; a day out of the future moves nothing", () => {
  const read = source.live.read(
    target,
    begin(null),
    views([
      ["2026111800", 12],
      ["2099010100", 1],
      ["2026111700", -4],
    ]),
    context(),
  );
  expect(source.live.finish(target, read.progress, true, context()).kept).toEqual({ last: "2026-11-18" });
  const judge = prepare({ thing: "views" });
  const lines = read.items.map(({ row }) => ({
    ...row,
    collected_at: "2026-11-20T06:00:00Z",
    provenance: "observed",
  }));
  expect(lines.map((line) => judge(line, ""))).toMatchObject([
    { ok: true },
    { reason: expect.stringMatching(/^future_date: 2099-01-01/) },
    { reason: "negative_count: item.views = -4" },
  ]);
});

test("over the desk: each day once from run to run, what was restated comes again, and no data is no failure", async () => {
  const desk = testDesk({
    source,
    config: { look_back_days: 5, articles: [article, { ...article, term: "nothing", article: "Nichts" }] },
    fetch(request) {
      const [from, to] = new URL(request.url).pathname.split("/").slice(-2) as [string, string];
      if (request.url.includes("Nichts"))
        return Response.json(
          { title: "Not Found", detail: "no data" },
          { status: 404, headers: { "content-type": "application/problem+json" } },
        );
      const days = ["20261116", "20261117", "20261118", "20261119", "20261120"].filter(
        (day) => day >= from && day <= to,
      );
      return Response.json({
        items: days.map((day) => ({ timestamp: `${day}00`, views: day === to ? -1 : 10 })),
      });
    },
  });
  const daysOf = () =>
    desk.rows("views").map((row) => (row["item"] as { timestamp: string }).timestamp.slice(6, 8));
  try {
    await desk.collect("2026-11-20T06:00:00Z");
    expect(daysOf()).toEqual(["16", "17", "18"]);
    expect(desk.quarantined()).toMatchObject([{ reason: "negative_count: item.views = -1" }]);
    expect(desk.runs()).toMatchObject([
      { source: "wikimedia", market: "de", succeeded: true, targets: 2, targets_done: 2 },
    ]);
    await desk.collect("2026-11-21T06:00:00Z");
    expect(daysOf()).toEqual(["16", "17", "18", "17", "18", "19"]);
    expect(desk.asked.at(-1)).toMatch(/Nichts\/daily\/20261116\/20261120$/);
  } finally {
    desk.close();
  }
});

const context = (config: object = { articles: [article] }) =>
  ({
    config: source.config.parse({ contact: "desk@globalleap.example", ...config }),
    at: "2026-11-20T06:00:00Z",
    markets: [
      { code: "de", languages: ["de"] },
      { code: "fr", languages: ["fr"] },
    ],
    publication: { site_url: "https://globalleap.example" },
  }) as unknown as Context<WikimediaConfig>;
const [target] = source.live.plan(context()) as [ReturnType<typeof source.live.plan>[0]];
const ask = { path: "", costs: [], expect: "json" } as const;
const answer = (given: Partial<Answer>): Answer => ({
  status: 200,
  headers: {},
  text: "",
  unchanged: false,
  at: "2026-11-20T06:00:00Z",
  ...given,
});
const views = (points: [string, number][]) =>
  answer({
    json: {
      items: points.map(([timestamp, count]) => ({
        project: "de.wikipedia",
        article: "PDRN",
        granularity: "daily",
        timestamp,
        access: "all-access",
        agent: "user",
        views: count,
      })),
    },
  });
const begin = (kept: Json) => source.live.begin(target, kept, context()) as Json;
const next = (progress: Json) => source.live.next(target, progress, context());
