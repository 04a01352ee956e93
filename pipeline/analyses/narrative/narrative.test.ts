// What the rules say of a small edition: four numbers, one brand, one trend.
import { expect, test } from "vitest";
import { findingsOf } from "./analysis.ts";
import { changesOf } from "./changes.ts";
import type { Facts } from "./facts.ts";
import { marketSentences } from "./market.ts";
import { creatorSentences, homeSentences, trendSentences } from "./pages.ts";
import type { MetricValue } from "./template.ts";

const germany = { code: "de", name: "Germany", role: "target" };

function value(metric_id: string, rest: Partial<MetricValue> = {}): MetricValue {
  const [metric = "", market = "", ...entity] = metric_id.split(":");
  return {
    metric_id,
    metric,
    market,
    entity: entity.join(":"),
    value: null,
    low: null,
    high: null,
    text_value: null,
    unit: "",
    n: 100,
    previous_value: null,
    reason: null,
    provenance: "observed",
    ...rest,
  };
}

const byId = (values: readonly MetricValue[]) => new Map(values.map((metric) => [metric.metric_id, metric]));

const now = [
  value("entry_readiness:de", { value: 60.2, low: 53, high: 67, previous_value: 56 }),
  value("rank_stability:de", { value: 0.86 }),
  value("sentiment_score:de:90d", { value: 62, low: 60, high: 64, n: 1412, previous_value: 55 }),
  value("share_of_voice:de:danhwa", { value: 0.21, low: 0.2, high: 0.22 }),
  value("effective_brands:de", { value: 8.2 }),
  value("term_index:de:pdrn", { value: 412, low: 375, high: 449 }),
  value("trend_score:de:pdrn", { value: 83 }),
  value("observed_posts:de", { value: 17785 }),
];

const facts: Facts = {
  metrics: byId(now),
  before: byId([
    value("entry_readiness:de", { value: 56, low: 50, high: 62 }),
    value("sentiment_score:de:90d", { value: 55, low: 53, high: 57 }),
  ]),
  edition: "2026-W47",
  previousEdition: "2026-W46",
  reviews: [],
  markets: [germany],
  trends: [
    {
      term: "pdrn",
      market: "de",
      title: "PDRN",
      kind: "ingredient",
      class: "Exploding",
      previous_class: "Emerging",
      trend_score: 83,
      posts_52w: 900,
      stability: 0.9,
    },
  ],
  brands: [
    {
      market: "de",
      brand: "danhwa",
      title: "Danhwa Lab",
      rank: 1,
      change: 0.01,
      change_low: -0.01,
      change_high: 0.03,
    },
  ],
  themes: [],
  creators: [],
  entry: [{ market: "de", score: 60.2, rank: 2, markets: 4, decision: "prepare", confidence: "medium" }],
  components: [],
  spikes: [],
  events: [],
  weekEnd: "2026-11-15",
  themeWords: new Set(["customs"]),
  provenance: "observed",
};

const printed = (drafts: ReturnType<typeof marketSentences>, from = facts) =>
  findingsOf(drafts, from).map((finding) => `${finding["section"]}: ${finding["lead"]}${finding["text"]}`);

test("a market report opens with rank, trend, sentiment and the leading brand, each from its metric", () => {
  expect(printed(marketSentences(facts, germany))).toEqual([
    "title: Germany ranks second of four on entry readiness; interest in PDRN is exploding",
    "bottom_line: Prepare, do not enter yet: Germany ranks second of four on entry readiness, at 60 (53–67), from 56 in the last edition.",
    "bottom_line: Interest in PDRN is exploding: its index stands at 412 (375–449) against a base of one hundred.",
    "bottom_line: Sentiment stands at 62 (60–64) of a hundred over ninety days, from 55 (n = 1,412).",
    "bottom_line: Danhwa Lab leads the shelf with 21% (20–22%) of brand mentions; the set counts as 8.2 brands of equal size.",
    "bottom_line: Basis: 17,785 posts observed in the last thirteen weeks; imported, so coverage is unknown.",
    "decision: Confidence: medium. Germany keeps its rank in 86% of draws of weights and inputs.",
    "demand: Rising: PDRN (trend score 83).",
    "competition: No brand moved beyond its interval against the thirteen weeks before.",
    "recommendations: Put PDRN first in this market. It is exploding with a score of 83. Expect the class to hold in the next four editions; if it turns to Peaked, stop.",
  ]);
});

test("evidence names every metric a sentence prints", () => {
  const bottom = findingsOf(marketSentences(facts, germany), facts).find(
    (finding) => finding["section"] === "bottom_line",
  );
  expect(bottom?.["evidence"]).toEqual(["entry_readiness:de"]);
});

test("without readiness, brands or classes a report still says what was measured", () => {
  const bare: Facts = {
    ...facts,
    entry: [],
    brands: [],
    trends: [],
    metrics: byId([value("observed_posts:de", { value: 200 })]),
    before: new Map(),
  };
  expect(printed(marketSentences(bare, germany), bare)).toEqual([
    "title: Germany: 200 posts observed, too few signals to rank",
    "bottom_line: Basis: 200 posts observed in the last thirteen weeks; imported, so coverage is unknown.",
  ]);
  expect(printed(homeSentences(bare), bare)[0]).toBe("title: 200 posts observed, too few signals to rank");
});

test("a term that was never named says so instead of printing a class", () => {
  const silent: Facts = {
    ...facts,
    trends: [{ term: "x", market: "de", title: "X", class: null, posts_52w: 0, trend_score: null }],
  };
  expect(printed(trendSentences(silent, "x"), silent)).toEqual(["title: X was not named in the last year"]);
});

test("a creator with an unexplained jump is told apart from one without", () => {
  const creator = {
    creator: "mia",
    market: "de",
    name: "Mia",
    unexplained_jumps: 1,
    jumps: 2,
    verdict: "unclear",
  };
  expect(printed(creatorSentences(facts, creator))).toContain("title: Mia: one unexplained follower jump");
  expect(printed(creatorSentences(facts, { ...creator, unexplained_jumps: 0 }))).toContain(
    "title: Mia: every follower jump explained",
  );
});

test("a change is beyond noise when the two intervals do not overlap", () => {
  const changes = changesOf(facts);
  expect(changes.find((change) => change["item"] === "sentiment_score:de:90d")).toMatchObject({
    beyond_noise: true,
    previous: "55.0",
    current: "62.0",
    page: "market/de",
  });
  expect(changes.find((change) => change["item"] === "entry_readiness:de")).toMatchObject({
    beyond_noise: false,
  });
  expect(changes.find((change) => change["item"] === "pdrn")).toMatchObject({
    previous: "Emerging",
    current: "Exploding",
    beyond_noise: true,
    reading: "The new class holds in most draws. Trend score 83.",
  });
});

test("the first edition has no changes", () => {
  expect(changesOf({ ...facts, previousEdition: null })).toEqual([]);
});

test("a country that takes an article gets it, with a capital where a sentence begins", () => {
  const america = { code: "us", name: "United States", role: "target" };
  const there: Facts = {
    ...facts,
    entry: [{ ...facts.entry[0], market: "us" }],
    metrics: byId([value("entry_readiness:us", { value: 52, low: 46, high: 65 })]),
    before: new Map(),
  };
  expect(printed(marketSentences(there, america), there).slice(0, 2)).toEqual([
    "title: The United States ranks second of four on entry readiness",
    "bottom_line: Prepare, do not enter yet: the United States ranks second of four on entry readiness, at 52 (46–65).",
  ]);
});

test("a complaint is only recommended against when it names a theme", () => {
  const theme = (phrase: string, rank: number) => ({ market: "de", polarity: "negative", phrase, rank });
  const share = (phrase: string) => value(`theme_share:de:${phrase}`, { entity: phrase, value: 0.2 });
  const complaining: Facts = {
    ...facts,
    themes: [theme("finally", 1), theme("customs", 2)],
    metrics: byId([...now, share("finally"), share("customs")]),
  };
  const advice = printed(marketSentences(complaining, germany), complaining).filter((line) =>
    line.startsWith("recommendations: Answer"),
  );
  expect(advice).toEqual([
    "recommendations: Answer “customs” before you advertise. It marks complaints more than any other theme, in 20% of negative posts. Expect its share to fall.",
  ]);
});

test("a term that follows the calendar is said to, not called directionless", () => {
  const sunny: Facts = {
    ...facts,
    trends: [
      {
        term: "sun",
        market: "all",
        title: "Sunscreen",
        kind: "product",
        class: "Volatile",
        seasonal: true,
        peak_month: 6,
        posts_52w: 900,
        trend_score: 33,
        stability: 1,
      },
    ],
    metrics: byId([value("seasonality:all:sun", { value: 0.99 })]),
  };
  expect(printed(trendSentences(sunny, "sun"), sunny)).toEqual([
    "title: Interest in Sunscreen follows the season, highest in June",
    "verdict: Season: strength 0.99 of one.",
  ]);
});
