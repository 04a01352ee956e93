// Trends: off until switched on, one list a region and kind, two shapes of one series, and a ceiling that is no number.
import { expect, test } from "vitest";
import { Publication } from "../../../data/contract/publication.ts";
import type { Answer, Context, Target } from "../../collecting/types.ts";
import type { Row } from "../../core/types.ts";
import { staged } from "../../test/staged.ts";
import { prepare } from "./parser.ts";
import { source } from "./source.ts";

const { live } = source;

function context(config: object = {}, codes: readonly string[] = ["de", "at", "jp"], token = true) {
  return {
    config: source.config.parse({ enabled: true, trend_types: ["growing"], ...config }),
    publication: Publication.parse({
      ...{ id: "tiny", title: "Tiny", tagline: "A few words.", category: "beauty", markets: ["de"] },
      sources: [{ source: "pinterest" }],
    }),
    markets: codes.map((code) => ({ code, languages: ["de"] })),
    ...{ creators: [], at: "2026-11-20T06:00:00.000Z", plain: () => null, has: () => token },
  } as Context as Parameters<typeof live.plan>[0];
}
const on = context();
const answered = (json: unknown, status = 200, headers: Record<string, string> = {}): Answer => ({
  ...{ status, headers, text: "", json, unchanged: false, at: "2026-11-20T06:00:10.000Z" },
});
const [german] = live.plan(on) as [Target];
const trend = (more: object = {}) => ({
  ...{ keyword: "winter nails", pct_growth_wow: 30, pct_growth_mom: 100, pct_growth_yoy: 10_001 },
  ...{ time_series: { "2026-11-16": 71, "2026-11-09": 61 }, has_prediction: true },
  ...more,
});
const rows = (trends: unknown, target = german) =>
  live.read(target, { done: false }, answered({ trends }), on).items.map(({ row }) => row);
const line = (row: Row): Row => ({
  ...row,
  collected_at: "2026-11-20T06:00:00.000Z",
  provenance: "observed",
});

test("pinterest is off and says so; switched on without a token it says what is missing", () => {
  expect(live.plan(context({ enabled: false }))).toEqual([]);
  expect(live.notices?.(context({ enabled: false }))).toMatchObject([
    { stops: "off", says: expect.stringContaining("enabled: true") },
  ]);
  expect(live.plan(context({}, ["de"], false))).toEqual([]);
  expect(live.notices?.(context({}, ["de"], false))).toMatchObject([
    { stops: "configuration", says: expect.stringMatching(/^missing LEAP_PINTEREST_TOKEN/) },
  ]);
});

test("each region is asked for each kind of list; a market without a region is named, not guessed", () => {
  expect(live.plan(on).map(({ id, markets }) => [id, markets])).toEqual([
    ["trends:DE:growing", ["de"]],
    ["trends:DE+AT+CH:growing", ["at"]],
  ]);
  expect(live.notices?.(on)).toMatchObject([
    { severity: "info", says: expect.stringContaining("no trends for jp") },
  ]);
  const named = context({ regions: { jp: "JP" } }, ["jp"]);
  expect(live.plan(named).map(({ id }) => id)).toEqual(["trends:JP:growing"]);
  expect(live.plan(context({ trend_types: undefined }, ["de"])).length).toBe(4);
});

test("markets of one region share one call, and each gets its rows", () => {
  const [both] = live.plan(context({}, ["at", "ch"])) as [Target];
  expect(rows([trend()], both).map(({ request }) => request)).toEqual([
    { market: "at", region: "DE+AT+CH", trend_type: "growing" },
    { market: "ch", region: "DE+AT+CH", trend_type: "growing" },
  ]);
  const ask = live.next(both, { done: false }, context({ interests: ["beauty"] }));
  expect(ask).toMatchObject({
    path: "/v5/trends/keywords/DE%2BAT%2BCH/top/growing",
    query: { limit: "50", interests: ["beauty"] },
    secrets: [{ in: "header", name: "authorization", prefix: "Bearer " }],
  });
});

test("a series is the same whether it comes as a map or as a list, oldest week first", () => {
  const series = (time_series: unknown) =>
    rows([trend({ time_series })]).map(({ item }) => (item as Row)["time_series"])[0];
  const weeks = [
    { date: "2026-11-09", value: 61 },
    { date: "2026-11-16", value: 71 },
  ];
  expect(series({ "2026-11-16": 71, "2026-11-09": 61 })).toEqual(weeks);
  expect(series(weeks.toReversed())).toEqual(weeks);
  expect(series([{ "2026-11-09": 61 }, { "2026-11-16": 71 }])).toEqual(weeks);
  expect(
    series([
      ["2026-11-09", 61],
      ["2026-11-16T00:00:00Z", 71],
    ]),
  ).toEqual(weeks);
});

test("what is neither is refused by the parser, and so is growth beyond the ceiling's own sign", () => {
  const judge = (more: object) => prepare({ thing: "trends" })(line(rows([trend(more)])[0] as Row), "");
  expect(judge({})).toMatchObject({ ok: true });
  expect(judge({ time_series: null, pct_growth_mom: null })).toMatchObject({ ok: true });
  expect(judge({ time_series: ["61"] })).toMatchObject({ ok: false });
  expect(judge({ pct_growth_yoy: 20_000 })).toMatchObject({ ok: false });
  expect(judge({ keyword: undefined })).toMatchObject({ ok: false, reason: "missing_value: item.keyword" });
});

test("answers without trends are asked again; a tier without access is ours to mend; the limit is what the server says", () => {
  const judged = (json: unknown, status = 200) => live.judge?.(answered(json, status), {} as never, on);
  expect(judged({ trends: [] })).toBeNull();
  expect(judged({})).toMatchObject({ is: "retry" });
  expect(judged({ code: 2, message: "Authentication failed." }, 401)).toMatchObject({ is: "stop-account" });
  expect(judged({ code: 3, message: "" }, 403)).toMatchObject({ is: "configuration" });
  expect(judged({ code: 8, message: "" }, 429)).toBeNull();
  const said = { "x-ratelimit-remaining": "3", "x-ratelimit-reset": "40" };
  expect(live.usage?.(answered({}, 200, said), on, {} as never)).toEqual([
    { limit: "calls", remaining: 3, resets_at: "2026-11-20T06:00:50.000Z" },
  ]);
  expect(live.usage?.(answered({}), on, {} as never)).toEqual([]);
});

test("signals: weeks as an index, growth by the day of asking, and more than ten thousand percent said in words", async () => {
  const signals = await staged(source, "stg_pinterest__signals", {
    trends: rows([trend({ pct_growth_mom: -10_001 })]).map(line),
  });
  const said = signals.map(({ kind, day, value, unit }) => [kind, String(day).slice(0, 10), value, unit]);
  expect(said.toSorted()).toEqual([
    ["search_growth_month", "2026-11-20", -10_000, "percent, less than"],
    ["search_growth_week", "2026-11-20", 30, "percent"],
    ["search_growth_year", "2026-11-20", 10_000, "percent, more than"],
    ["search_index", "2026-11-09", 61, "index of its own highest week"],
    ["search_index", "2026-11-16", 71, "index of its own highest week"],
  ]);
  expect(signals[0]).toMatchObject({
    source: "pinterest",
    market: "de",
    term: "winter-nails",
    series: "DE/winter nails",
    receipt: "r1",
  });
});
