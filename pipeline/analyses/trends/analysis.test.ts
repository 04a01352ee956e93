// The analysis over real SQL and small worlds: what is written, and what short series say.
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { MetricDefinition } from "../../../data/contract/metric.ts";
import { contracts } from "../../commands/analyse.ts";
import { runAnalyses } from "../../core/analyse.ts";
import { runClock } from "../../core/clock.ts";
import type { Row } from "../../core/types.ts";
import { tinyWorld } from "../../models/tiny-world.ts";
import { seededRandom } from "../../stats/seeded-random.ts";
import { analysis } from "./analysis.ts";
import {
  classRules,
  confidenceWeights,
  momentumPrior,
  resampling,
  scoreWeights,
  spikeRules,
} from "./thresholds.ts";

const asOf = "2026-11-20";
const lastMonday = Date.parse("2026-11-09T00:00:00Z");

/** `count` posts of one text in the week `ago` weeks before the last, each by its own author. */
function week(ago: number, count: number, text: string, rest: Row = {}): Row[] {
  const posted = new Date(lastMonday - ago * 7 * 86_400_000 + 36 * 3_600_000).toISOString();
  return Array.from({ length: count }, (_, i) => ({
    post_id: `${text}:${ago}:${i}`,
    text,
    posted_at: posted,
    collected_at: posted,
    author_id: `${text}:${ago}:${i}`,
    provenance: "imported",
    ...rest,
  }));
}
const weeks = (count: number, of: (ago: number) => Row[]) =>
  Array.from({ length: count }, (_, ago) => of(ago)).flat();

const annotations = [{ text: "serum", terms: ["serum"], variants: ["serum|de|Serum", "serum|fr|sérum"] }];
// The terms of a publication come from a taxonomy file; a hashtag becomes a term by itself.
const tagged = { tags: ["glow"] };

async function trends(posts: Row[], previous: (dataset: string) => Row[] = () => []) {
  const warehouse = await tinyWorld({ posts, annotations, asOf });
  await runAnalyses(warehouse, [analysis], {
    models: null,
    publication: {},
    run: runClock("tiny", asOf),
    log: { info: () => {}, warn: () => {}, progress: () => {} },
    random: seededRandom,
    previous: async (dataset) => previous(dataset),
    datasets: contracts(),
    shared: ["metrics"],
  });
  const found = Object.fromEntries(
    await Promise.all(
      analysis.writes.map(async (dataset) => [
        dataset,
        await warehouse.query(`select * from out.${dataset}`),
      ]),
    ),
  ) as Record<"trends" | "term_weeks" | "term_variants" | "spikes" | "metrics", Row[]>;
  warehouse.close();
  return found;
}

test("a year and a half of posts: share, index, class, score, all with their reasons", async () => {
  const found = await trends(
    weeks(80, (ago) => [...week(ago, 90, "talk"), ...week(ago, 10, "glow", tagged)]),
    (dataset) => (dataset === "trends" ? [{ term: "tag-glow", market: "de", class: "Emerging" }] : []),
  );
  const row = found.trends.find((one) => one["market"] === "de");
  expect(row).toMatchObject({
    term: "tag-glow",
    title: "#glow",
    kind: "hashtag",
    class: "Volatile",
    previous_class: "Emerging",
    seasonal: null,
    index: 100,
    yoy_pct: null,
    momentum: 0,
    posts_4w: 40,
    posts_52w: 520,
    weeks: 80,
    coverage: 1,
    reason: null,
    provenance: "imported",
  });
  const newest = found.term_weeks.filter((one) => one["market"] === "de").at(-1);
  expect(newest).toMatchObject({
    week: "2026-11-09",
    posts: 10,
    market_posts: 100,
    observed_share: 1000,
    index: 100,
  });
  const reasons = Object.fromEntries(
    found.metrics.filter((one) => one["market"] === "de").map((one) => [one["metric"], one["reason"]]),
  );
  expect(reasons).toMatchObject({
    trend_class: null,
    term_index: null,
    yoy: "not_collected",
    seasonality: "not_collected",
  });
  expect(found.term_variants).toMatchObject([
    { term: "tag-glow", language: "und", variant: "#glow", posts: 520 },
  ]);
  expect(found.spikes).toEqual([]);
});

test("all pools the target markets", async () => {
  const posts = ["de", "fr", "kr"].flatMap((market) =>
    weeks(30, (ago) => [
      ...week(ago, 40, `talk ${market}`, { market }),
      ...week(ago, 10, `glow ${market}`, { ...tagged, market }),
    ]),
  );
  const found = await trends(posts);
  expect(found.trends.map((row) => [row["market"], row["posts_4w"]])).toEqual([
    ["all", 80],
    ["de", 40],
    ["fr", 40],
    ["kr", 40],
  ]);
});

test.each([
  ["one day", 1],
  ["a month", 4],
  ["a quarter", 13],
])(
  "an import of %s: counts and shares, and a reason in place of class, score and index",
  async (_, count) => {
    const found = await trends(
      weeks(count, (ago) => [...week(ago, 60, "talk"), ...week(ago, 40, "glow", tagged)]),
    );
    for (const row of found.trends) {
      expect(row).toMatchObject({
        class: null,
        trend_score: null,
        index: null,
        seasonal: null,
        reason: "not_collected",
      });
      expect(row["posts_52w"]).toBe(40 * count);
    }
    for (const row of found.term_weeks) expect(row).toMatchObject({ observed_share: 4000, index: null });
    for (const row of found.metrics)
      expect([row["metric"], row["value"], row["reason"]]).toEqual(
        row["metric"] === "observed_share"
          ? ["observed_share", 4000, null]
          : [row["metric"], null, "not_collected"],
      );
    expect(found.spikes).toEqual([]);
  },
);

test("a term of four authors: counts, but no share in any dataset", async () => {
  const found = await trends(
    weeks(40, (ago) => [
      ...week(ago, 90, "talk"),
      ...week(ago, 4, "glow", tagged).map((row, i) => ({ ...row, author_id: `voice ${i}` })),
    ]),
  );
  expect(found.trends[0]).toMatchObject({
    posts_52w: 160,
    class: null,
    index: null,
    reason: "withheld_privacy",
  });
  for (const row of found.term_weeks)
    expect(row).toMatchObject({ posts: 4, observed_share: null, reason: "withheld_privacy" });
  for (const row of found.metrics) expect([row["value"], row["reason"]]).toEqual([null, "withheld_privacy"]);
});

test("no posts name a term: nothing is written", async () => {
  const found = await trends(weeks(30, (ago) => week(ago, 40, "talk")));
  expect(Object.values(found).flat()).toEqual([]);
});

test("a burst by four authors is one voice and no spike; by many it is one", async () => {
  const calm = weeks(40, (ago) => [...week(ago, 90, "talk"), ...week(ago, 4, "glow", tagged)]);
  const burst = week(1, 40, "burst", tagged);
  const many = await trends([...calm, ...burst]);
  expect(many.spikes.filter((row) => row["market"] === "de")).toMatchObject([
    { week: "2026-11-02", posts: 44, state: "open" },
  ]);
  expect(many.metrics.find((row) => row["metric_id"] === "spike:de:tag-glow")).toMatchObject({
    period_start: "2026-11-02",
    period_end: "2026-11-08",
  });
  const crowd = calm.filter((row) => !String(row["post_id"]).startsWith("glow:1:"));
  const few = await trends([...crowd, ...burst.map((row, i) => ({ ...row, author_id: `voice ${i % 4}` }))]);
  expect(few.spikes).toEqual([]);
});

const register = (metric: string) =>
  MetricDefinition.parse(parse(readFileSync(`data/reference/metrics/${metric}.yaml`, "utf8")));

test("the register prints the thresholds that the code uses", () => {
  const { exploding, emerging, peaked, seasonal, slopeBeyond } = classRules;
  expect(register("trend_class").formula).toContain(
    `z > ${exploding.z} and year on year > ${exploding.yearPct} %`,
  );
  expect(register("trend_class").formula).toContain(
    `volume percentile < ${emerging.volumePercentile}, momentum > ${emerging.momentum}, ${emerging.weeksUp} of the last ${emerging.ofWeeks} weeks up`,
  );
  expect(register("trend_class").formula).toContain(
    `≥ ${100 * peaked.belowMaximum} % below a maximum ${peaked.fewestWeeksAgo} to ${peaked.mostWeeksAgo} weeks ago, by more than ${peaked.beyond} standard errors`,
  );
  expect(register("trend_class").formula).toContain(`more than ${slopeBeyond} standard errors`);
  expect(register("trend_class").formula).toContain(`F_S ≥ ${seasonal.strength}`);
  expect(register("trend_score").formula).toContain(
    `${scoreWeights.level / 100} · σ(z / 2) + ${scoreWeights.momentum / 100} · σ(g / 0.25) + ${scoreWeights.volume / 100} · volume`,
  );
  expect(register("confidence_score").formula).toContain(
    `${confidenceWeights.coverage / 100} · coverage + ${confidenceWeights.posts / 100} · min(1, n / 500) + ${confidenceWeights.stability / 100} · stability`,
  );
  expect(register("confidence_score").formula).toContain(`${resampling.draws} resamples`);
  expect(register("momentum").formula).toContain(`+ ${momentumPrior})`);
  expect(register("spike").formula).toContain(
    `a week that holds two days of a burst with q < ${spikeRules.q}`,
  );
});
