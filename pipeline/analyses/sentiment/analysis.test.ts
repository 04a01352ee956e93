// What may be said about a market's mood, and what may not.
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { marketWeeks } from "../../../data/contract/datasets/market_weeks.ts";
import { metrics } from "../../../data/contract/datasets/metrics.ts";
import { sentiment } from "../../../data/contract/datasets/sentiment.ts";
import type { AnalysisContext, Row } from "../../core/types.ts";
import { openWarehouse } from "../../core/warehouse.ts";
import { seededRandom } from "../../stats/seeded-random.ts";
import { sentimentAnalysis } from "./analysis.ts";
import type { ConfusionOf } from "./correction.ts";
import { bandOf } from "./rules.ts";

const run = {
  publication: "world",
  edition: "2026-W47",
  as_of: "2026-11-20T00:00:00.000Z",
  week_start: "2026-11-09",
  week_end: "2026-11-15",
  until: "2026-11-16T00:00:00.000Z",
};

/** `count` posts of a polarity on a day; each author writes one, unless `authors` says how many share them. */
const posts = (
  polarity: string | null,
  count: number,
  fields: Row & { authors?: number | null } = {},
): Row[] =>
  Array.from({ length: count }, (_, i) => {
    const { authors = count, day = "2026-11-10", ...rest } = fields;
    return {
      market: "de",
      week: "2026-11-09",
      posted_at: `${day}T12:00:00Z`,
      author_key: authors === null ? null : `${polarity} ${i % authors}`,
      text_key: String(polarity),
      likes: 10,
      comments: 1,
      views: null,
      engagement: 11,
      likes_hidden: false,
      is_paid: false,
      provenance: "imported",
      ...rest,
    };
  });

/** Of 100 labelled texts of each class so many are read right, the rest spread evenly. */
const readsRight = (right: number): NonNullable<ReturnType<ConfusionOf>> => {
  const row = (truth: string) =>
    Object.fromEntries(
      ["positive", "neutral", "negative"].map((verdict) => [
        verdict,
        verdict === truth ? right : (100 - right) / 2,
      ]),
    ) as Record<"positive" | "neutral" | "negative", number>;
  return {
    counts: { positive: row("positive"), neutral: row("neutral"), negative: row("negative") },
    validated_on: "a test",
  };
};

async function analysed(
  rows: readonly Row[],
  {
    collected = true,
    previous = [] as Row[],
    confusion = (() => null) as ConfusionOf,
    gold = [] as Row[],
  } = {},
) {
  const warehouse = await openWarehouse();
  await warehouse.insertRows(
    "posts",
    {
      post_key: "VARCHAR",
      market: "VARCHAR",
      week: "DATE",
      posted_at: "TIMESTAMP",
      author_key: "VARCHAR",
      text_key: "VARCHAR",
      likes: "BIGINT",
      comments: "BIGINT",
      views: "BIGINT",
      engagement: "BIGINT",
      likes_hidden: "BOOLEAN",
      is_paid: "BOOLEAN",
      provenance: "VARCHAR",
    },
    rows.map((row, i) => ({ ...row, post_key: `${i}` })),
  );
  await warehouse.insertRows(
    "post_annotations",
    {
      text_key: "VARCHAR",
      language: "VARCHAR",
      polarity: "VARCHAR",
      polarity_score: "DOUBLE",
      terms: "VARCHAR[]",
      brands: "VARCHAR[]",
    },
    ["positive", "neutral", "negative"].map((polarity) => ({ text_key: polarity, language: "en", polarity })),
  );
  await warehouse.insertRows("run", { until: "TIMESTAMP" }, [{ until: run.until }]);
  await warehouse.insertRows(
    "post_readings",
    { text_key: "UBIGINT", asked: "VARCHAR", model: "VARCHAR" },
    [],
  );
  await warehouse.insertRows(
    "pub_gold_verdicts",
    { language: "VARCHAR", truth: "VARCHAR", verdict: "VARCHAR", texts: "INTEGER" },
    gold,
  );
  await warehouse.insertRows("pub_markets", { market: "VARCHAR", role: "VARCHAR" }, [
    { market: "de", role: "target" },
    { market: "fr", role: "target" },
    { market: "zz", role: "unassigned" },
  ]);
  await warehouse.insertRows(
    "int_market_calendar",
    { market: "VARCHAR", week: "DATE", collected: "BOOLEAN" },
    [
      { market: "de", week: "2026-11-09", collected },
      { market: "fr", week: "2026-11-09", collected: false },
    ],
  );
  for (const model of ["intermediate/int_posts_annotated", "marts/market_weeks_counted"]) {
    const sql = readFileSync(new URL(`../../models/${model}.sql`, import.meta.url), "utf8");
    await warehouse.execute(`CREATE TABLE ${model.split("/")[1]} AS ${sql}`);
  }
  const written = await sentimentAnalysis(confusion).run({
    warehouse,
    run,
    publication: {},
    previous: async () => previous,
    random: seededRandom,
  } as unknown as AnalysisContext);
  warehouse.close();
  for (const row of written["sentiment"] ?? []) sentiment.columns.parse(row);
  for (const row of written["market_weeks"] ?? []) marketWeeks.columns.parse(row);
  for (const row of written["metrics"] ?? []) metrics.columns.parse(row);
  return {
    window: (name: string, market = "de") =>
      written["sentiment"]?.find((row) => row["window"] === name && row["market"] === market),
    week: (market = "de") => written["market_weeks"]?.find((row) => row["market"] === market),
    metric: (id: string) => written["metrics"]?.find((row) => row["metric_id"] === id),
  };
}

const hundred = [...posts("positive", 50), ...posts("neutral", 30), ...posts("negative", 20)];

test("50, 30 and 20 posts give a net sentiment of 0.30 ± 0.156, a score of 65 and a brand health of 5 in 7", async () => {
  const { window, week, metric } = await analysed(hundred);
  expect(window("7d")).toMatchObject({
    positive: 50,
    neutral: 30,
    negative: 20,
    n: 100,
    band: "positive",
    reason: null,
  });
  expect(window("7d")?.["net_sentiment"]).toBeCloseTo(0.3, 9);
  expect(window("7d")?.["net_sentiment_low"]).toBeCloseTo(0.1442, 4);
  expect(window("7d")?.["score_high"]).toBeCloseTo(72.79, 2);
  expect(window("7d")?.["brand_health_index"]).toBeCloseTo(5 / 7, 9);
  expect(week()).toMatchObject({ posts: 100, net_sentiment: 0.3, engagement_median: 11 });
  expect(metric("sentiment_score:de:90d")).toMatchObject({ value: 65, n: 100, unit: "points 0-100" });
  expect(metric("sentiment_score:de")?.["value"]).toBe(65);
  expect(metric("observed_posts:de")).toMatchObject({ value: 100, entity: "" });
});

test("a post in an unsupported language is unclassified, not neutral", async () => {
  const { window, week } = await analysed([...hundred, ...posts(null, 40)]);
  expect(window("7d")).toMatchObject({ n: 100, neutral: 30 });
  expect(week()).toMatchObject({ posts: 140, neutral: 30, unclassified: 40 });
});

test("a window holds its days and no others", async () => {
  const { window } = await analysed([...hundred, ...posts("negative", 40, { day: "2026-11-08" })]);
  expect(window("7d")).toMatchObject({ n: 100 });
  expect(window("30d")).toMatchObject({ n: 140, negative: 60 });
});

test("29 classified posts are too few, thirty are not", async () => {
  expect((await analysed(posts("positive", 29))).window("7d")).toMatchObject({
    net_sentiment: null,
    reason: "too_few",
  });
  expect((await analysed(posts("positive", 30))).window("7d")).toMatchObject({
    net_sentiment: 1,
    reason: null,
  });
});

test("four named authors are withheld; authors that no source names are not counted as none", async () => {
  const four = await analysed(posts("positive", 40, { authors: 4 }));
  expect(four.window("7d")).toMatchObject({ net_sentiment: null, authors: 4, reason: "withheld_privacy" });
  const unnamed = await analysed(posts("positive", 40, { authors: null }));
  expect(unnamed.window("7d")).toMatchObject({ net_sentiment: 1, authors: null, reason: null });
});

test("a market without a post is there, not collected; all pools the markets", async () => {
  const { window, week, metric } = await analysed(hundred);
  expect(window("90d", "fr")).toMatchObject({ n: 0, net_sentiment: null, reason: "not_collected" });
  expect(window("90d", "all")).toMatchObject({ n: 100 });
  expect(window("90d", "zz")).toBeUndefined();
  expect(week("fr")).toMatchObject({ posts: 0, collected: false, reason: "not_collected" });
  expect(week("all")).toMatchObject({ posts: 100, collected: true });
  expect(metric("observed_posts:fr")).toMatchObject({ value: null, reason: "not_collected" });
});

test("a week that nobody collected has no rate", async () => {
  const { week } = await analysed(hundred, { collected: false });
  expect(week()).toMatchObject({
    net_sentiment: null,
    paid_share: null,
    engagement_median: null,
    reason: "not_collected",
  });
});

test("paid posts are a share with Wilson's interval, and the value before stands beside", async () => {
  const previous = [{ metric_id: "paid_share:de", value: 0.1 }];
  const { week, metric } = await analysed([...hundred, ...posts("neutral", 25, { is_paid: true })], {
    previous,
  });
  expect(week()).toMatchObject({ paid_posts: 25, paid_share: 0.2 });
  expect(metric("paid_share:de")).toMatchObject({ value: 0.2, previous_value: 0.1 });
  expect(metric("paid_share:de")?.["low"]).toBeCloseTo(0.1395, 3);
});

test("a score on the border belongs to the band above, and 100 to the last", () => {
  expect([0, 19.9, 20, 59.9, 60, 100].map(bandOf)).toEqual([
    "very negative",
    "very negative",
    "negative",
    "mixed",
    "positive",
    "very positive",
  ]);
});

test("authors who write much and feel alike widen the interval; the value stays", async () => {
  const twenty = [
    ...posts("positive", 50, { authors: 10 }),
    ...posts("neutral", 30, { authors: 6 }),
    ...posts("negative", 20, { authors: 4 }),
  ];
  const [alone, together] = [await analysed(hundred), await analysed(twenty)];
  const width = ({ window }: typeof alone) =>
    Number(window("7d")?.["net_sentiment_high"]) - Number(window("7d")?.["net_sentiment_low"]);
  expect(together.window("7d")?.["net_sentiment"]).toBe(alone.window("7d")?.["net_sentiment"]);
  expect(width(together) / width(alone)).toBeGreaterThan(2);
  expect(together.week()?.["net_sentiment_low"]).toBe(together.window("7d")?.["net_sentiment_low"]);
});

test("known errors are taken out: a classifier that is right in eight of ten makes moods look paler than they are", async () => {
  const { window, metric } = await analysed(hundred, { confusion: () => readsRight(80) });
  // Each verdict's share is 0.1 + 0.7 of the true share: (0.5 − 0.1) / 0.7 − (0.2 − 0.1) / 0.7.
  expect(window("7d")?.["net_sentiment_corrected"]).toBeCloseTo(0.3 / 0.7, 1);
  const width = (name: string) =>
    Number(window("7d")?.[`${name}_high`]) - Number(window("7d")?.[`${name}_low`]);
  expect(width("net_sentiment_corrected")).toBeGreaterThan(width("net_sentiment"));
  expect(window("7d")).toMatchObject({ corrected_n: 100, corrected_reason: null });
  expect(metric("sentiment_score_corrected:de")?.["value"]).toBeCloseTo(
    50 + 50 * Number(window("90d")?.["net_sentiment_corrected"]),
    6,
  );
});

test("no correction without counted errors, with a class nobody labelled, or where verdicts say nothing", async () => {
  const korean = readsRight(80);
  const noNeutral = {
    ...korean,
    counts: { ...korean.counts, neutral: { positive: 0, neutral: 0, negative: 0 } },
  };
  const missing = { net_sentiment_corrected: null, net_sentiment_corrected_low: null, score_corrected: null };
  expect((await analysed(hundred)).window("7d")).toMatchObject({
    ...missing,
    net_sentiment: 0.3,
    corrected_reason: "errors_not_measured",
    corrected_n: 0,
  });
  const unlabelled = await analysed(hundred, { confusion: () => noNeutral });
  expect(unlabelled.window("7d")).toMatchObject({ ...missing, corrected_reason: "errors_not_measured" });
  expect(unlabelled.metric("net_sentiment_corrected:de")).toMatchObject({
    value: null,
    reason: "not_collected",
  });
  const blind = await analysed(hundred, { confusion: () => readsRight(34) });
  expect(blind.window("7d")).toMatchObject({ ...missing, corrected_reason: "errors_too_large" });
  const few = await analysed(posts("positive", 29), { confusion: () => korean });
  expect(few.window("7d")).toMatchObject({ ...missing, corrected_reason: "too_few" });
});

test("errors counted on posts labelled for the publication go before those of public texts, and the row says which were used", async () => {
  const rows = [...posts("positive", 50), ...posts("neutral", 30), ...posts("negative", 20)];
  const gold = (["positive", "neutral", "negative"] as const).flatMap((truth) => [
    { language: "en", truth, verdict: truth, texts: 60 },
    { language: "en", truth, verdict: "unclassified", texts: 5 },
  ]);
  const ninety = async (options: Parameters<typeof analysed>[1]) =>
    (await analysed(rows, options)).window("90d");
  const own = await ninety({ confusion: () => readsRight(80), gold });
  // The engine is always right on the publication's own posts, so nothing is taken out.
  expect(own).toMatchObject({ corrected_by: "own_posts" });
  expect(own?.["net_sentiment_corrected"]).toBeCloseTo(0.3, 1);
  const few = gold.map((row) => ({ ...row, texts: 20 }));
  const publicTexts = await ninety({ confusion: () => readsRight(80), gold: few });
  expect(publicTexts).toMatchObject({ corrected_by: "public_texts" });
  expect(publicTexts?.["net_sentiment_corrected"]).toBeGreaterThan(0.38);
});
