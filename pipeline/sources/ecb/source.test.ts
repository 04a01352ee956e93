// Rates of the ECB: read as printed, asked for no more often than needed, and no day between two runs is lost.
import { expect, test } from "vitest";
import { testDesk } from "../../collecting/test-desk.ts";
import type { Answer, Context, Json, PageRead } from "../../collecting/types.ts";
import { prepare } from "./parser.ts";
import { readRates } from "./rates-xml.ts";
import { type EcbConfig, source } from "./source.ts";

const list = (days: Record<string, Record<string, string>>) => `<?xml version="1.0" encoding="UTF-8"?>
<gesmes:Envelope xmlns:gesmes="http://www.gesmes.org/xml/2002-08-01" xmlns="http://www.ecb.int/vocabulary/2002-08-01/eurofxref">
	<gesmes:subject>Reference rates</gesmes:subject>
	<Cube>${Object.entries(days)
    .map(
      ([day, rates]) =>
        `<Cube time='${day}'>${Object.entries(rates)
          .map(([currency, rate]) => `<Cube currency='${currency}' rate='${rate}'/>`)
          .join("\n")}</Cube>`,
    )
    .join("\n")}</Cube>
</gesmes:Envelope>
`;
const friday = { "2026-11-20": { USD: "1.1591", JPY: "179.30" } };

test("attributes in single quotes or double ones, comments aside; digits stay as they were printed", () => {
  const rates = [
    { date: "2026-11-20", currency: "USD", rate: "1.1591" },
    { date: "2026-11-20", currency: "JPY", rate: "179.30" },
  ];
  expect(readRates(list(friday))).toEqual(rates);
  expect(readRates(list(friday).replaceAll("'", '"'))).toEqual(rates);
  expect(readRates(list(friday).replace("<Cube>", "<!-- <Cube currency='XXX' rate='1'/> --><Cube>"))).toEqual(
    rates,
  );
});

test("a page, half a list and nothing at all are no list", () => {
  for (const text of ["<html><body>Maintenance</body></html>", list(friday).slice(0, -20), "", "{}"])
    expect(readRates(text)).toBeNull();
  expect(source.live.judge?.(answer({ text: "<html>" }), ask, context({}))).toMatchObject({ is: "retry" });
  expect(source.live.judge?.(answer({ text: list(friday) }), ask, context({}))).toBeNull();
});

test("the first run asks for ninety days, the next for the last day alone, each only if it has changed", () => {
  const first = begin(null, {});
  expect(next(first)).toMatchObject({
    path: "/stats/eurofxref/eurofxref-hist-90d.xml",
    conditional: "hist-90d",
  });
  const read = readPage(first, list({ ...friday, "2026-11-19": { USD: "1.1560" } }));
  expect(read.items.map(({ id }) => id)).toEqual(["2026-11-20:USD", "2026-11-20:JPY", "2026-11-19:USD"]);
  expect(next(read.progress)).toBeNull();
  const { kept } = source.live.finish(target, read.progress, true, context({}));
  expect(next(begin(kept, {}))).toMatchObject({ path: "/stats/eurofxref/eurofxref-daily.xml" });
});

test("over a weekend nothing is missing; a working day that was missed brings the longer list, and its days come once", () => {
  const monday = list({ "2026-11-23": { USD: "1.1600" } });
  const overWeekend = readPage(begin({ last: "2026-11-20" }, {}), monday, "2026-11-23T17:00:00Z");
  expect(overWeekend.items.map(({ id }) => id)).toEqual(["2026-11-23:USD"]);
  expect(next(overWeekend.progress)).toBeNull();

  const afterAGap = readPage(begin({ last: "2026-11-19" }, {}), monday, "2026-11-23T17:00:00Z");
  expect(afterAGap.items).toEqual([]);
  expect(next(afterAGap.progress)).toMatchObject({ conditional: "hist-90d" });
  const all = list({ "2026-11-23": { USD: "1.16" }, ...friday, "2026-11-19": { USD: "1.15" } });
  const longer = readPage(afterAGap.progress, all, "2026-11-23T17:00:00Z");
  expect(longer.items.map(({ id }) => id)).toEqual(["2026-11-23:USD", "2026-11-20:USD", "2026-11-20:JPY"]);
  const afterMonths = readPage(begin({ last: "2026-06-01" }, {}), monday, "2026-11-23T17:00:00Z");
  expect(next(afterMonths.progress)).toMatchObject({ conditional: "hist" });
});

test("on a Sunday the daily list still says Friday: nothing new, nothing forgotten", () => {
  const read = readPage(begin({ last: "2026-11-20" }, {}), list(friday), "2026-11-22T06:00:00Z");
  expect(read.items).toEqual([]);
  expect(source.live.finish(target, read.progress, true, context({})).kept).toEqual({ last: "2026-11-20" });
  const unchanged = source.live.read(
    target,
    begin({ last: "2026-11-20" }, {}),
    answer({ status: 304, unchanged: true }),
    context({}),
  );
  expect(source.live.finish(target, unchanged.progress, true, context({})).kept).toEqual({
    last: "2026-11-20",
  });
});

test("a replayed day does not know the rates of the days after it; currencies can be chosen", () => {
  const both = list({ "2026-11-20": { USD: "1.1" }, "2026-11-19": { USD: "1.2", GBP: "0.9" } });
  const read = readPage(begin(null, {}), both, "2026-11-19T18:00:00Z");
  expect(read.items.map(({ id }) => id)).toEqual(["2026-11-19:USD", "2026-11-19:GBP"]);
  const chosen = source.live.read(
    target,
    begin(null, {}),
    answer({ text: both }),
    context({ currencies: ["GBP"] }),
  );
  expect(chosen.items.map(({ id }) => id)).toEqual(["2026-11-19:GBP"]);
});

test("a rate that is none goes to quarantine with its value", () => {
  const judge = prepare({ thing: "rates" });
  const line = (item: object) => ({
    request: { file: "daily" },
    collected_at: "2026-11-20T17:00:00Z",
    provenance: "observed",
    item: { date: "2026-11-20", currency: "USD", rate: "1.1591", ...item },
  });
  expect(judge(line({}), "")).toMatchObject({ ok: true });
  expect(judge(line({ rate: "N/A" }), "")).toMatchObject({
    reason: expect.stringContaining('item.rate = "N/A"'),
  });
  expect(judge(line({ rate: "0" }), "")).toMatchObject({
    reason: expect.stringContaining("a rate is above zero"),
  });
  expect(judge(line({ date: "2026-11-24" }), "")).toMatchObject({
    reason: expect.stringMatching(/^future_date/),
  });
});

test("over the desk: what has not changed is not sent again, and each rate is kept once", async () => {
  const desk = testDesk({
    source,
    fetch(request) {
      const daily = request.url.endsWith("daily.xml");
      const tag = daily ? '"d1"' : '"h1"';
      if (request.headers.get("if-none-match") === tag) return new Response(null, { status: 304 });
      return new Response(list(daily ? friday : { ...friday, "2026-11-19": { USD: "1.1560" } }), {
        headers: { etag: tag },
      });
    },
  });
  try {
    await desk.collect("2026-11-20T17:00:00Z");
    await desk.collect("2026-11-21T17:00:00Z");
    await desk.collect("2026-11-22T17:00:00Z");
    expect(desk.asked.map((ask) => ask.slice(ask.lastIndexOf("-", ask.lastIndexOf(".xml")) + 1))).toEqual([
      "90d.xml",
      "daily.xml",
      "daily.xml",
    ]);
    expect(desk.rows("rates").map((row) => (row["item"] as { rate: string }).rate)).toEqual([
      "1.1591",
      "179.30",
      "1.1560",
    ]);
    expect(desk.runs()).toMatchObject([
      { market: null, succeeded: true },
      { succeeded: true },
      { succeeded: true },
    ]);
  } finally {
    desk.close();
  }
});

const target = { id: "rates", markets: [], title: "euro reference rates", data: null };
const ask = { path: "", costs: [], expect: "text" } as const;
const context = (config: object, at = "2026-11-20T17:00:00Z") =>
  ({ config: source.config.parse(config), at, markets: [] }) as unknown as Context<EcbConfig>;
const answer = (given: Partial<Answer>): Answer => ({
  status: 200,
  headers: {},
  text: "",
  unchanged: false,
  at: "2026-11-20T17:00:00Z",
  ...given,
});
const begin = (kept: Json, config: object) => source.live.begin(target, kept, context(config)) as Json;
const next = (progress: Json) => source.live.next(target, progress, context({}));
const readPage = (progress: Json, text: string, at = "2026-11-20T17:00:00Z"): PageRead =>
  source.live.read(target, progress, answer({ text, at }), context({}, at));
