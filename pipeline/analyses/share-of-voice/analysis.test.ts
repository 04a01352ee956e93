// The analysis over real SQL and a world of a few rows.
import { expect, test } from "vitest";
import { contracts } from "../../commands/analyse.ts";
import { runAnalyses } from "../../core/analyse.ts";
import { runClock } from "../../core/clock.ts";
import type { Row } from "../../core/types.ts";
import { tinyWorld } from "../../models/tiny-world.ts";
import { seededRandom } from "../../stats/seeded-random.ts";
import { analysis } from "./analysis.ts";

const brands = ["aurelle", "bellefleur", "outsider"].map((id) => ({
  id,
  title: id.toUpperCase(),
  variants: [id],
}));
const publication = { brands, competitor_set: { version: "1", brands: ["aurelle", "bellefleur"] } };

/** `count` posts of one text in a market and week, each by its own author. */
function posts(count: number, text: string, market = "de", day = "2026-11-10"): Row[] {
  return Array.from({ length: count }, (_, i) => ({
    post_id: `${text}:${market}:${day}:${i}`,
    text,
    market,
    posted_at: `${day}T10:00:00Z`,
    author_id: `author-${text}-${i}`,
  }));
}
const annotations = [
  { text: "both", brands: ["aurelle", "bellefleur"], polarity: "positive" },
  { text: "first", brands: ["aurelle"], polarity: "positive" },
  { text: "second", brands: ["bellefleur", "outsider"], polarity: "negative" },
  { text: "outside", brands: ["outsider"], polarity: "neutral" },
];

async function shareOfVoice(world: { posts: Row[]; publication?: Row }) {
  const warehouse = await tinyWorld({ annotations, publication, ...world });
  await runAnalyses(warehouse, [analysis], {
    models: null,
    publication: {},
    run: runClock("tiny", "2026-11-20"),
    log: { info: () => {}, warn: () => {}, progress: () => {} },
    random: seededRandom,
    previous: async () => [{ metric_id: "share_of_voice:de:aurelle", value: 0.5 }],
    datasets: contracts(),
    shared: ["metrics"],
  });
  const found = {
    shares: await warehouse.query("select * from out.share_of_voice"),
    weeks: await warehouse.query("select * from out.brand_weeks where brand_posts > 0"),
    metrics: await warehouse.query("select * from out.metrics"),
  };
  warehouse.close();
  return found;
}

test("a post naming two brands counts half for each; brands outside the set count for nothing", async () => {
  const { shares, weeks } = await shareOfVoice({
    posts: [...posts(20, "both"), ...posts(30, "first"), ...posts(10, "second"), ...posts(99, "outside")],
  });
  const aurelle = shares.find((row) => row["market"] === "de" && row["brand"] === "aurelle");
  expect(aurelle).toMatchObject({
    mentions_full: 50,
    mentions_fractional: 40,
    n: 60,
    share: 0.666667,
    rank: 1,
  });
  expect(shares.map((row) => row["brand"])).not.toContain("outsider");
  expect(weeks.find((row) => row["market"] === "de" && row["brand"] === "bellefleur")).toMatchObject({
    mentions_full: 30,
    mentions_fractional: 20,
    brand_posts: 60,
    share: 0.333333,
  });
});

test("all pools the target markets, and the home market stays out of it", async () => {
  const { shares } = await shareOfVoice({
    posts: [...posts(40, "first", "de"), ...posts(40, "second", "fr"), ...posts(50, "second", "kr")],
  });
  expect(shares.find((row) => row["market"] === "all" && row["brand"] === "aurelle")).toMatchObject({
    n: 80,
    share: 0.5,
  });
  expect(shares.find((row) => row["market"] === "kr" && row["brand"] === "aurelle")).toMatchObject({
    n: 50,
    share: 0,
  });
});

test("thirteen weeks end with the last complete one, and are held against the thirteen before", async () => {
  const { shares, metrics } = await shareOfVoice({
    posts: [
      ...posts(40, "first", "de", "2026-08-17"),
      ...posts(30, "second", "de", "2026-08-16"),
      ...posts(30, "first", "de", "2026-05-18"),
      ...posts(90, "second", "de", "2026-05-17"),
      ...posts(90, "second", "de", "2026-11-16"),
    ],
  });
  const aurelle = shares.find((row) => row["market"] === "de" && row["brand"] === "aurelle");
  expect(aurelle).toMatchObject({ period_start: "2026-08-17", period_end: "2026-11-15", n: 40, share: 1 });
  expect(aurelle).toMatchObject({ previous_share: 0.5, change: 0.5 });
  expect(metrics.find((row) => row["metric_id"] === "share_of_voice:de:aurelle")).toMatchObject({
    value: 1,
    previous_value: 0.5,
    reason: null,
  });
  expect(metrics.find((row) => row["metric_id"] === "share_of_voice_leader:de")?.["text_value"]).toBe(
    "AURELLE",
  );
});

test("too few posts: rows with their counts, a reason and no share", async () => {
  const { shares, metrics } = await shareOfVoice({ posts: posts(29, "first") });
  expect(shares[0]).toMatchObject({ n: 29, share: null, rank: null, reason: "too_few" });
  for (const row of metrics)
    expect([row["value"], row["text_value"], row["reason"]]).toEqual([null, null, "too_few"]);
});

test("an author is one voice: a brand praised forty times by three of them has no sentiment of its own", async () => {
  const praise = posts(40, "first").map((post, i) => ({ ...post, author_id: `fan-${i % 3}` }));
  const { metrics } = await shareOfVoice({ posts: [...praise, ...posts(40, "second")] });
  const sentiment = (brand: string) =>
    metrics.find((row) => row["metric_id"] === `brand_net_sentiment:de:${brand}`);
  expect(sentiment("aurelle")).toMatchObject({ value: null, reason: "withheld_privacy" });
  expect(sentiment("bellefleur")).toMatchObject({ value: -1, n: 40, reason: null });
});

test("without brands the analysis writes nothing", async () => {
  const found = await shareOfVoice({ posts: posts(50, "first"), publication: {} });
  expect(found).toEqual({ shares: [], weeks: [], metrics: [] });
});
