import { expect, test } from "vitest";
import { engagement } from "../../../data/contract/datasets/engagement.ts";
import { metrics } from "../../../data/contract/datasets/metrics.ts";
import type { AnalysisContext, Row } from "../../core/types.ts";
import { type OpenWarehouse, openWarehouse } from "../../core/warehouse.ts";
import { analysis } from "./analysis.ts";

const run = {
  publication: "world",
  edition: "2026-W47",
  as_of: "2026-11-20T00:00:00.000Z",
  week_start: "2026-11-09",
  week_end: "2026-11-15",
  until: "2026-11-16T00:00:00.000Z",
};

const columns = {
  market: "VARCHAR",
  platform: "VARCHAR",
  media_type: "VARCHAR",
  posted_at: "TIMESTAMP",
  author_key: "VARCHAR",
  engagement: "BIGINT",
  views: "BIGINT",
  likes_hidden: "BOOLEAN",
  provenance: "VARCHAR",
};

const post = (fields: Row): Row => ({
  market: "de",
  platform: "instagram",
  media_type: "image",
  posted_at: "2026-11-01T12:00:00Z",
  author_key: null,
  engagement: 10,
  views: null,
  likes_hidden: false,
  provenance: "imported",
  ...fields,
});

async function analysed(posts: readonly Row[], previous: Row[] = []) {
  const warehouse: OpenWarehouse = await openWarehouse();
  await warehouse.insertRows("posts", columns, posts);
  await warehouse.insertRows("run", { until: "TIMESTAMP" }, [{ until: run.until }]);
  const V = "VARCHAR";
  await warehouse.insertRows(
    "peer_engagement",
    {
      ...{ platform: V, author_key: V, market: V, followers: "BIGINT", posts: "INTEGER" },
      ...{ er_followers_median: "DOUBLE", er_views: "DOUBLE" },
    },
    [],
  );
  await warehouse.insertRows(
    "ref_engagement_benchmarks",
    { benchmark: V, platform: V, tier: V, engagement_rate_pct: "DOUBLE", source: V, date: "DATE" },
    [],
  );
  const context = { warehouse, run, publication: {}, previous: async () => previous };
  const written = await analysis.run(context as unknown as AnalysisContext);
  warehouse.close();
  for (const row of written["engagement"] ?? []) engagement.columns.parse(row);
  for (const row of written["metrics"] ?? []) metrics.columns.parse(row);
  const place = (platform: string, format: string, market = "de") =>
    written["engagement"]?.find(
      (row) => row["market"] === market && row["platform"] === platform && row["format"] === format,
    );
  return { metricRows: written["metrics"], place };
}

const hundred = Array.from({ length: 100 }, (_, i) => post({ engagement: i + 1 }));

test("the median of 1…100 is 50.5, and its interval lies ten ranks to each side", async () => {
  const { place } = await analysed(hundred);
  expect(place("instagram", "image")).toMatchObject({
    posts: 100,
    engagement_median: 50.5,
    // n/2 ± 0.98·√100 = 40.2 and 59.8, rounded outwards; the upper rank is one further, as Conover counts it.
    engagement_low: 40,
    engagement_high: 61,
  });
});

test("posts with hidden likes are dropped from the median and shown as a share", async () => {
  const hidden = Array.from({ length: 25 }, () => post({ engagement: null, likes_hidden: true }));
  const { place } = await analysed([...hundred, ...hidden]);
  expect(place("instagram", "image")).toMatchObject({
    posts: 125,
    posts_used: 100,
    engagement_median: 50.5,
    likes_hidden_share: 0.2,
  });
});

test("a market where everybody hides likes says so instead of showing zero", async () => {
  const hidden = Array.from({ length: 40 }, () => post({ engagement: null, likes_hidden: true }));
  const { place } = await analysed(hidden);
  expect(place("all", "all")).toMatchObject({ engagement_median: null, reason: "hidden_by_owner" });
});

test("29 posts are too few, and posts older than 60 days do not help", async () => {
  const old = post({ posted_at: "2026-09-16T23:59:59Z" });
  const { place } = await analysed([...hundred.slice(0, 29), old]);
  expect(place("all", "all")).toMatchObject({ posts: 29, engagement_median: null, reason: "too_few" });
});

test("forty posts by four named authors are withheld", async () => {
  const posts = Array.from({ length: 40 }, (_, i) => post({ author_key: `author ${i % 4}` }));
  const { place } = await analysed(posts);
  expect(place("all", "all")).toMatchObject({ reason: "withheld_privacy", likes_hidden_share: null });
});

test("engagement by views is a ratio of sums over posts that give both", async () => {
  const videos = Array.from({ length: 30 }, (_, i) =>
    post({
      platform: "youtube",
      media_type: "video",
      engagement: i < 15 ? 10 : 30,
      views: i < 15 ? 100 : 900,
    }),
  );
  const { place } = await analysed([...videos, ...hundred]);
  // (15·10 + 15·30) / (15·100 + 15·900) = 600 / 15,000
  expect(place("youtube", "video")?.["er_views"]).toBeCloseTo(0.04, 12);
  expect(place("instagram", "image")?.["er_views"]).toBeNull();
});

test("the market's metric pools its platforms and remembers the edition before", async () => {
  const { metricRows } = await analysed(hundred, [{ metric_id: "engagement_median:de", value: 44 }]);
  expect(metricRows).toEqual([
    expect.objectContaining({
      metric_id: "engagement_median:de",
      value: 50.5,
      previous_value: 44,
      n: 100,
      period_start: "2026-09-17",
      period_end: "2026-11-15",
    }),
  ]);
});
