// News volume of GDELT: words with status 200 are understood, alternatives are asked as it wants them, and a wrong query is nobody's outage.
import { expect, test } from "vitest";
import { testDesk } from "../../collecting/test-desk.ts";
import type { Answer, Context, Json } from "../../collecting/types.ts";
import { readAnswer } from "./answer.ts";
import { prepare } from "./parser.ts";
import { asked, type GdeltConfig, source } from "./source.ts";

const timeline = (data: object[], resolution = "day") =>
  JSON.stringify({
    query_details: { title: "serum", date_resolution: resolution },
    timeline: [{ series: "Article Count", data }],
  });

test("words with status 200: too fast is tried again later, a bad query is ours to mend, a page is neither", () => {
  const verdict = (text: string, status = 200) =>
    source.live.judge?.(answer({ text, status }), ask, context());
  expect(verdict("Please limit requests to one every 5 seconds or contact …")).toEqual({
    is: "retry",
    why: "GDELT asks for more time between requests",
    after_ms: 19_500,
  });
  expect(verdict("The specified phrase is too short.\n")).toEqual({
    is: "configuration",
    why: "GDELT refuses the query: The specified phrase is too short.",
  });
  expect(verdict("<html><body>502</body></html>")).toMatchObject({ is: "retry" });
  expect(verdict('{"timeline":[{"data":[')).toMatchObject({ is: "retry" });
  expect(verdict(timeline([]))).toBeNull();
  // A 429 that names a longer time is obeyed; other statuses speak for themselves.
  expect(verdict("Please limit requests", 429)).toMatchObject({ is: "retry", after_ms: 19_500 });
  expect(
    source.live.judge?.(answer({ status: 429, headers: { "retry-after": "60" } }), ask, context()),
  ).toMatchObject({ after_ms: 60_000 });
  expect(verdict("Bad gateway", 502)).toBeNull();
});

test("an answer with escapes that JSON does not know is read all the same, and {} is no hit", () => {
  const text = `{"query_details":{"title":"50\\% off \\'s"},"timeline":[{"series":"a\tb","data":[{"date":"20261119T000000Z","value":3,"norm":141822}]}]}`;
  expect(readAnswer(text)).toEqual({
    is: "timeline",
    points: [{ date: "20261119T000000Z", value: 3, norm: 141822 }],
  });
  expect(readAnswer("{}")).toEqual({ is: "timeline", points: [] });
});

test("points by the hour are summed to days, with what they are a part of", () => {
  const hours = ["00", "01", "02"].map((hour) => ({ date: `20261119T${hour}0000Z`, value: 2, norm: 100 }));
  expect(readAnswer(timeline([...hours, { date: "20261120T000000Z", value: 5, norm: 90 }], "hour"))).toEqual({
    is: "timeline",
    points: [
      { date: "20261119T000000Z", value: 6, norm: 300 },
      { date: "20261120T000000Z", value: 5, norm: 90 },
    ],
  });
});

test("alternatives are put in brackets, and the papers are those of the market unless said otherwise", () => {
  const query = { term: "serum", market: "kr", query: '"k beauty" OR serum' };
  expect(asked(query)).toBe('("k beauty" OR serum) sourcecountry:southkorea');
  expect(asked({ ...query, sourcecountry: null, sourcelang: "korean" })).toBe(
    '("k beauty" OR serum) sourcelang:korean',
  );
  expect(asked({ ...query, query: "(serum OR cream)", sourcecountry: "unitedstates" })).toBe(
    "(serum OR cream) sourcecountry:unitedstates",
  );
});

test("a query that GDELT would refuse is refused before it is asked", () => {
  const problem = (query: string) =>
    source.config.safeParse({ queries: [{ term: "a", market: "de", query }] }).error?.issues[0]?.message;
  expect(problem('"open')).toBe("a quotation mark is left open");
  expect(problem("serum OR ox")).toBe("a word is shorter than three letters");
  expect(problem('"ox hide" OR serum')).toBeUndefined();
  expect(problem("세럼 OR 앰플")).toBeUndefined();
});

test("a run asks for at least a fortnight up to yesterday, and from where the last one ended", () => {
  const from = (kept: Json) =>
    (source.live.begin(target, kept, context()) as { from: string; to: string }) ?? {};
  expect(from(null)).toMatchObject({ from: "2026-08-22", to: "2026-11-19" });
  expect(from({ last: "2026-11-18" })).toMatchObject({ from: "2026-11-06" });
  expect(from({ last: "2026-10-01" })).toMatchObject({ from: "2026-09-29" });
  expect(
    source.live.next(target, source.live.begin(target, { last: "2026-11-18" }, context()) as Json, context()),
  ).toMatchObject({
    query: { mode: "timelinevolraw", startdatetime: "20261106000000", enddatetime: "20261119235959" },
  });
});

test("counts are kept with their total; more matches than articles go to quarantine", () => {
  const read = source.live.read(
    target,
    source.live.begin(target, null, context()) as Json,
    answer({ text: timeline([{ date: "20261118T000000Z", value: 3, norm: 141822 }]) }),
    context(),
  );
  expect(read.items).toEqual([
    {
      thing: "volume",
      id: "de:serum:serum sourcecountry:germany:20261118T000000Z",
      post: false,
      row: {
        request: { market: "de", term: "serum", query: "serum sourcecountry:germany" },
        item: { date: "20261118T000000Z", value: 3, norm: 141822 },
      },
    },
  ]);
  expect(source.live.finish(target, read.progress, true, context()).kept).toEqual({ last: "2026-11-18" });
  const judge = prepare({ thing: "volume" });
  const line = { ...read.items[0]?.row, collected_at: "2026-11-20T06:00:00Z", provenance: "observed" };
  expect(judge(line, "")).toMatchObject({ ok: true });
  expect(judge({ ...line, item: { date: "20261118T000000Z", value: 3, norm: 2 } }, "")).toMatchObject({
    reason: expect.stringContaining("more articles match than there were"),
  });
});

test("over the desk: requests keep their distance, a refusal for speed is waited out, one bad query spoils no other", async () => {
  const times: number[] = [];
  let refused = 0;
  const desk = testDesk({
    source,
    config: {
      queries: [
        { term: "serum", market: "de", query: "serum" },
        { term: "cream", market: "de", query: "creme" },
        { term: "mask", market: "fr", query: "masque" },
      ],
    },
    fetch(request) {
      times.push(desk.now().getTime());
      const query = new URL(request.url).searchParams.get("query") ?? "";
      if (query.startsWith("creme")) return new Response("Your query contained an unknown operator.");
      if (refused++ === 0) return new Response("Please limit requests to one every 5 seconds.");
      return new Response(timeline([{ date: "20261118T000000Z", value: 3, norm: 100 }]));
    },
  });
  try {
    await desk.collect();
    expect(
      desk
        .rows("volume")
        .map((row) => (row["request"] as { term: string }).term)
        .sort(),
    ).toEqual(["mask", "serum"]);
    expect(desk.runs().map(({ market, succeeded }) => [market, succeeded])).toEqual(
      expect.arrayContaining([
        ["de", false],
        ["fr", true],
      ]),
    );
    const gaps = times.slice(1).map((time, index) => time - (times[index] as number));
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(6500);
    expect(gaps[0]).toBeGreaterThanOrEqual(19_500);
    await desk.collect("2026-11-20T18:00:00Z");
    expect(desk.asked.filter((ask) => ask.includes("masque"))).toHaveLength(1);
  } finally {
    desk.close();
  }
});

const context = () =>
  ({
    config: source.config.parse({ queries: [{ term: "serum", market: "de", query: "serum" }] }),
    at: "2026-11-20T06:00:00Z",
    markets: [{ code: "de", languages: ["de"] }],
  }) as unknown as Context<GdeltConfig>;
const [target] = source.live.plan(context()) as [ReturnType<typeof source.live.plan>[0]];
const ask = { path: "", costs: [], expect: "text" } as const;
const answer = (given: Partial<Answer>): Answer => ({
  status: 200,
  headers: {},
  text: "",
  unchanged: false,
  at: "2026-11-20T06:00:00Z",
  ...given,
});
