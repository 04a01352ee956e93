import { expect, test } from "vitest";
import { marketEntry } from "../../../data/contract/datasets/market_entry.ts";
import { marketEntryComponents } from "../../../data/contract/datasets/market_entry_components.ts";
import { metrics } from "../../../data/contract/datasets/metrics.ts";
import type { AnalysisContext, Row } from "../../core/types.ts";
import { openWarehouse } from "../../core/warehouse.ts";
import { seededRandom } from "../../stats/seeded-random.ts";
import { analysis } from "./analysis.ts";

const run = { edition: "2026-W47", week_end: "2026-11-15", until: "2026-11-16T00:00:00.000Z" };
const V = "VARCHAR";

interface World {
  markets: readonly string[];
  posts: readonly Row[];
  runs: readonly Row[];
  sentiment?: readonly Row[];
  voices?: readonly Row[];
  creators?: readonly Row[];
  claims?: readonly Row[];
}

const prices = {
  ...{ price: V, market: V, platform: V, kind: V, format: V, source: V, date: "DATE", period_end: "DATE" },
  ...{ low_usd: "DOUBLE", mid_usd: "DOUBLE", high_usd: "DOUBLE" },
};

async function analysed({
  markets,
  posts,
  runs,
  sentiment = [],
  voices = [],
  creators = [],
  claims = [],
}: World) {
  const warehouse = await openWarehouse();
  const lay = warehouse.insertRows;
  await warehouse.execute("create schema out");
  await lay("run", { until: "TIMESTAMP" }, [{ until: run.until }]);
  await lay("pub_markets", { market: V, role: V }, [
    ...markets.map((market) => ({ market, role: "target" })),
    { market: "kr", role: "home" },
  ]);
  await lay(
    "posts",
    {
      post_key: V,
      market: V,
      week: "DATE",
      posted_at: "TIMESTAMP",
      creator: V,
      is_paid: "BOOLEAN",
      provenance: V,
    },
    posts,
  );
  await lay("pub_creators", { creator: V, market: V }, []);
  await lay(
    "creator_posts",
    { creator: V, platform: V, media_type: V, posted_at: "TIMESTAMP", views: "BIGINT" },
    [],
  );
  await lay("ref_media_prices", prices, []);
  await lay(
    "post_terms",
    { post_key: V, term: V, kind: V },
    posts.map((post) => ({ post_key: post["post_key"], term: "serum", kind: "product" })),
  );
  await lay(
    "all_runs",
    {
      platform: V,
      market: V,
      scheduled_at: "TIMESTAMP",
      succeeded: "BOOLEAN",
      pages_available: "BIGINT",
      pages_fetched: "BIGINT",
      hashtags_used: "BIGINT",
    },
    runs,
  );
  await lay(
    "out.sentiment",
    {
      market: V,
      window: V,
      net_sentiment: "DOUBLE",
      net_sentiment_low: "DOUBLE",
      net_sentiment_high: "DOUBLE",
      n: "BIGINT",
      reason: V,
    },
    sentiment,
  );
  await lay("out.share_of_voice", { market: V, brand: V, share: "DOUBLE", n: "BIGINT", reason: V }, voices);
  await lay("out.creators", { creator: V, market: V, size_peer_percentile: "DOUBLE" }, creators);
  await lay(
    "out.claim_hits",
    {
      ...{ market: V, scope: V, rule: V, reason: V, posts: "BIGINT" },
      ...{ share: "DOUBLE", share_low: "DOUBLE", share_high: "DOUBLE" },
    },
    claims,
  );
  const written = await analysis.run({
    warehouse,
    run,
    publication: {},
    previous: async () => [],
    random: seededRandom,
  } as unknown as AnalysisContext);
  warehouse.close();
  for (const row of written["market_entry"] ?? []) marketEntry.columns.parse(row);
  for (const row of written["market_entry_components"] ?? []) marketEntryComponents.columns.parse(row);
  for (const row of written["metrics"] ?? []) metrics.columns.parse(row);
  return {
    entries: written["market_entry"] ?? [],
    part: (market: string, component: string) =>
      written["market_entry_components"]?.find(
        (row) => row["market"] === market && row["component"] === component,
      ),
    metric: (id: string) => written["metrics"]?.find((row) => row["metric_id"] === id),
  };
}

const day = (index: number) => new Date(Date.parse(run.until) - (index + 0.5) * 86_400_000).toISOString();
const mondayOf = (instant: string) => {
  const date = new Date(instant);
  return new Date(date.getTime() - ((date.getUTCDay() + 6) % 7) * 86_400_000).toISOString().slice(0, 10);
};
/** `perDay` posts a day over `days` days. */
const postsOf = (market: string, days: number, perDay: number, fields: Row = {}): Row[] =>
  Array.from({ length: days * perDay }, (_, index) => {
    const posted = day(Math.floor(index / perDay));
    return {
      post_key: `${market}-${fields["creator"] ?? ""}-${index}`,
      market,
      week: mondayOf(posted),
      posted_at: posted,
      creator: null,
      is_paid: false,
      provenance: "synthetic",
      ...fields,
    };
  });
const runsOf = (market: string, days: number, hashtags: number, fields: Row = {}): Row[] =>
  Array.from({ length: days }, (_, index) => ({
    platform: "instagram",
    market,
    scheduled_at: day(index),
    succeeded: true,
    pages_available: 10,
    pages_fetched: 10,
    hashtags_used: hashtags,
    ...fields,
  }));
const tone = (market: string, value: number) => ({
  market,
  window: "90d",
  net_sentiment: value,
  net_sentiment_low: value - 0.05,
  net_sentiment_high: value + 0.05,
  n: 400,
  reason: null,
});
const voicesOf = (market: string, ...shares: number[]) =>
  shares.map((share, index) => ({ market, brand: `b${index}`, share, n: 500, reason: null }));
const active = (market: string, percentiles: readonly number[]) => ({
  rows: percentiles.map((size_peer_percentile, index) => ({
    creator: `${market}${index}`,
    market,
    size_peer_percentile,
  })),
  posts: percentiles.flatMap((_, index) => postsOf(market, 3, 1, { creator: `${market}${index}` })),
});

test("a market with twice the hashtags and twice the posts has the same demand, and unread pages lower the effort", async () => {
  const { part } = await analysed({
    markets: ["de", "fr", "us"],
    posts: [...postsOf("de", 91, 2), ...postsOf("fr", 91, 4), ...postsOf("us", 91, 2)],
    runs: [
      ...runsOf("de", 91, 10),
      ...runsOf("fr", 91, 20),
      ...runsOf("us", 91, 10, { pages_available: 20 }),
    ],
  });
  const raw = (market: string) => part(market, "demand")?.["raw"];
  expect([raw("de"), raw("fr"), raw("us")]).toEqual([20, 20, 40]);
  expect(part("us", "demand")).toMatchObject({ percentile: expect.closeTo(250 / 3, 9), rank: 1 });
});

test("posts of registry creators and failed runs count neither as demand nor as effort", async () => {
  const { part } = await analysed({
    markets: ["de", "fr"],
    posts: [...postsOf("de", 91, 2), ...postsOf("de", 91, 5, { creator: "mina" }), ...postsOf("fr", 91, 2)],
    runs: [
      ...runsOf("de", 91, 10),
      ...runsOf("de", 91, 10, { platform: "youtube", succeeded: false }),
      ...runsOf("fr", 91, 10),
    ],
  });
  expect(part("de", "demand")).toMatchObject({ raw: 20, n: 182 });
});

test("the whole: five components of a better and a worse market, decision and confidence", async () => {
  const [good, weak] = [active("de", [80, 70, 60, 75, 65]), active("fr", [40, 30, 20, 35, 25])];
  const { entries, part, metric } = await analysed({
    markets: ["de", "fr"],
    posts: [
      ...postsOf("de", 182, 4),
      ...postsOf("fr", 182, 2),
      ...good.posts,
      ...weak.posts,
      ...postsOf("fr", 30, 1, { creator: "ad", is_paid: true }),
    ],
    runs: [...runsOf("de", 91, 10), ...runsOf("fr", 182, 10), ...runsOf("de", 182, 20).slice(91)],
    sentiment: [tone("de", 0.4), tone("fr", 0.1)],
    voices: [...voicesOf("de", 0.9, 0.1), ...voicesOf("fr", 0.5, 0.5)],
    creators: [...good.rows, ...weak.rows],
  });
  expect(entries[0]).toMatchObject({
    market: "de",
    score: 75,
    rank: 1,
    rank_share: 1,
    weight_available: expect.closeTo(0.85, 9),
    decision: "enter",
    // 85 % of the weight is under the 90 % that high confidence asks for.
    confidence: "medium",
  });
  expect(entries[1]).toMatchObject({ market: "fr", score: 25, rank: 2, decision: "watch" });
  // Twice the posts per hashtag in the last quarter: 91 days with 10 tags after 91 with 20.
  expect(part("de", "growth")?.["raw"]).toBeCloseTo(Math.LN2, 2);
  expect(part("de", "creator_supply")).toMatchObject({ raw: 7, n: 5 });
  // Effective brands 1/.82/2 and no paid posts, against a full field with 30 of 227 posts paid.
  expect(part("de", "competition")?.["raw"]).toBeCloseTo(1 / 0.82 / 2, 9);
  expect(part("fr", "competition")?.["raw"]).toBeCloseTo(1 + 30 / 227, 9);
  expect(part("de", "claims_readiness")).toMatchObject({
    raw: null,
    reason: "not_collected",
    weight_used: null,
  });
  expect(metric("entry_component:de:demand")).toMatchObject({ value: 75, reason: null });
  expect(metric("rank_stability:de")).toMatchObject({ value: 1 });
});

test("imported posts have no schedule: demand and growth are not observable, and there is no score", async () => {
  const { entries, part, metric } = await analysed({
    markets: ["de", "fr"],
    posts: [
      ...postsOf("de", 91, 4, { provenance: "imported" }),
      ...postsOf("fr", 91, 2, { provenance: "imported" }),
    ],
    runs: [],
    sentiment: [tone("de", 0.4), tone("fr", 0.1)],
  });
  expect(part("de", "demand")).toMatchObject({ raw: null, reason: "not_observable" });
  expect(part("de", "competition")).toMatchObject({ raw: null, reason: "not_collected" });
  expect(part("de", "creator_supply")).toMatchObject({ raw: null, reason: "not_collected" });
  expect(entries[0]).toMatchObject({
    score: null,
    rank: null,
    decision: null,
    reason: "not_collected",
    provenance: "imported",
  });
  expect(metric("entry_readiness:de")).toMatchObject({ value: null, reason: "not_collected" });
});

test("one market alone has values but nothing to rank against", async () => {
  const { entries, part } = await analysed({
    markets: ["de"],
    posts: postsOf("de", 91, 4),
    runs: runsOf("de", 91, 10),
    sentiment: [tone("de", 0.4)],
  });
  expect(part("de", "sentiment")).toMatchObject({ raw: 0.4, percentile: null, reason: "too_few" });
  expect(entries).toHaveLength(1);
  expect(entries[0]).toMatchObject({ score: null, markets: 0 });
});

test("claims readiness is the share of paid posts that keep to the rules; nobody read is not collected", async () => {
  const claim = (market: string, share: number | null, fields: Row = {}): Row => ({
    market,
    scope: "paid",
    rule: "any",
    share,
    share_low: share === null ? null : share - 0.05,
    share_high: share === null ? null : share + 0.1,
    posts: 80,
    reason: share === null ? "too_few" : null,
    ...fields,
  });
  const { part } = await analysed({
    markets: ["de", "fr", "jp", "us"],
    posts: [],
    runs: [],
    claims: [
      claim("de", 0.2),
      claim("fr", 0.3),
      claim("us", null, { posts: 12 }),
      claim("de", 0.9, { scope: "all" }),
      claim("fr", 0.9, { rule: "eu-medicinal" }),
    ],
  });
  expect(part("de", "claims_readiness")).toMatchObject({
    raw: 80,
    raw_low: 70,
    raw_high: 85,
    n: 80,
    rank: 1,
  });
  expect(part("fr", "claims_readiness")).toMatchObject({ raw: 70, rank: 2 });
  expect(part("us", "claims_readiness")).toMatchObject({ raw: null, n: 12, reason: "too_few" });
  expect(part("jp", "claims_readiness")).toMatchObject({ raw: null, reason: "not_collected" });
});
