import { expect, test } from "vitest";
import { contentQuality } from "../../../data/contract/datasets/content_quality.ts";
import { metrics } from "../../../data/contract/datasets/metrics.ts";
import type { AnalysisContext, Row } from "../../core/types.ts";
import { openWarehouse } from "../../core/warehouse.ts";
import { seededRandom } from "../../stats/seeded-random.ts";
import { analysis } from "./analysis.ts";

const run = { edition: "2026-W47", week_end: "2026-11-15", until: "2026-11-16T00:00:00.000Z" };

async function analysed(posts: readonly Row[], hashtags: readonly Row[], language = "de") {
  const warehouse = await openWarehouse();
  const V = "VARCHAR";
  const lay = warehouse.insertRows;
  const as_of = "2026-11-20T00:00:00.000Z";
  await lay("run", { until: "TIMESTAMP", as_of: "TIMESTAMP" }, [{ until: run.until, as_of }]);
  await lay(
    "posts",
    {
      ...{
        post_key: V,
        creator: V,
        author_key: V,
        market: V,
        platform: V,
        media_type: V,
        posted_at: "TIMESTAMP",
      },
      ...{ engagement: "BIGINT", text_key: V, provenance: V },
    },
    posts.map(({ text: _, ...post }) => post),
  );
  await lay(
    "int_texts",
    { text_key: V, text: V },
    [...new Map(posts.map(({ text_key, text }) => [text_key, text]))].map(([text_key, text]) => ({
      text_key,
      text,
    })),
  );
  await lay(
    "account_snapshots",
    { platform: V, author_key: V, followers: "BIGINT", collected_at: "TIMESTAMP" },
    [],
  );
  await lay("post_hashtags", { post_key: V, tag: V }, hashtags);
  await lay(
    "post_annotations",
    { text_key: V, language: V },
    [...new Set(posts.map((post) => post["text_key"]))].map((text_key) => ({ text_key, language })),
  );
  await lay("pub_creators", { creator: V, market: V }, [{ creator: "mina", market: "de" }]);
  await lay("pub_markets", { market: V, language: V }, [{ market: "de", language: "de" }]);
  await lay("pub_terms", { title: V, variant: V }, [{ title: "Serum", variant: "serum" }]);
  await lay("pub_brands", { title: V, variant: V }, []);
  await lay("pub_settings", { category: V }, [{ category: "K-beauty" }]);
  await lay("ref_generic_tags", { tag: V }, [{ tag: "love" }]);
  const written = await analysis.run({
    warehouse,
    run,
    publication: { hashtags: { de: ["glasshaut"] } },
    previous: async () => [],
    random: seededRandom,
  } as unknown as AnalysisContext);
  warehouse.close();
  for (const row of written["content_quality"] ?? []) contentQuality.columns.parse(row);
  for (const row of written["metrics"] ?? []) metrics.columns.parse(row);
  const found = written["metrics"] ?? [];
  return {
    posts: written["content_quality"] ?? [],
    metric: found[0],
    validity: found.find((row) => row["metric"] === "content_resonance_validity"),
  };
}

const caption = "Welches Serum nutzt ihr? Schreibt es in die Kommentare. #serum #glasshaut #love #kbeauty";
const post = (key: string, fields: Row = {}): Row => ({
  post_key: key,
  creator: "mina",
  market: "de",
  posted_at: "2026-11-01T12:00:00Z",
  text: caption,
  text_key: "t1",
  provenance: "synthetic",
  author_key: null,
  platform: "instagram",
  media_type: "image",
  engagement: 100,
  ...fields,
});
const tagsOf = (key: string) =>
  ["serum", "glasshaut", "love", "kbeauty"].map((tag) => ({ post_key: key, tag }));

test("a post is scored part by part, and its text is not published", async () => {
  const { posts } = await analysed([post("a")], tagsOf("a"));
  expect(posts[0]).toMatchObject({
    caption_length: 100,
    caption_call_to_action: 100,
    caption_hook: 100,
    caption_language: 100,
    hashtag_count: 100,
    hashtag_topic: 75,
    hashtag_generic: 75,
    hashtag_relevance: expect.closeTo(250 / 3, 9),
    // Nine words of fourteen syllables in two sentences: 180 − 4.5 − 58.5 · 14/9.
    caption_readability: expect.closeTo(84.5, 9),
    caption_effectiveness: expect.closeTo((400 + 84.5) / 5, 9),
    overall_score: expect.closeTo((484.5 / 5 + 250 / 3) / 2, 9),
    resonance: null,
    visual_quality: null,
    improvements: [],
  });
  expect(JSON.stringify(posts)).not.toContain("Kommentare");
});

test("only posts of registry creators of the last 60 days are judged", async () => {
  const { posts } = await analysed(
    [post("a"), post("b", { creator: null }), post("c", { posted_at: "2026-09-16T00:00:00Z" })],
    [],
  );
  expect(posts.map((row) => row["post"])).toEqual(["a"]);
});

test("a creator's mean needs ten posts", async () => {
  const nine = Array.from({ length: 9 }, (_, index) => post(`p${index}`));
  expect((await analysed(nine, [])).metric).toMatchObject({ value: null, reason: "too_few", n: 9 });
  const ten = await analysed([...nine, post("p9")], []);
  // No tags at all: caption 96.9, hashtags 0.
  const half = expect.closeTo(484.5 / 10, 9);
  expect(ten.metric).toMatchObject({
    metric_id: "content_quality:de:mina",
    value: half,
    low: half,
    high: half,
    n: 10,
  });
});

test("captions in another language than the market's are told so", async () => {
  const { posts } = await analysed([post("a")], tagsOf("a"), "en");
  expect(posts[0]).toMatchObject({
    caption_language: 0,
    improvements: expect.arrayContaining(["Write in German, the language of the market."]),
  });
});

/** Posts of forty other accounts, of which those that name the word get three times as much; `lift` 1 takes that away. */
function market(lift: number): Row[] {
  const chance = seededRandom("market");
  return Array.from({ length: 200 }, (_, i) => {
    const named = chance() < 0.5;
    const words = ["creme", "toner", "maske", "peeling", "sonne"].filter(() => chance() < 0.5).join(" ");
    return post(`m${i}`, {
      creator: null,
      author_key: `a${i % 40}`,
      text: `${named ? "Glashaut " : ""}${words} heute ${i}`,
      text_key: `m${i}`,
      engagement: Math.round(200 * (named ? lift : 1) * (0.6 + 0.8 * chance())),
    });
  });
}

test("a word that goes with engagement in others' posts lifts a caption that has it, and the market's proof is printed", async () => {
  const own = [
    post("a", { text: "Glashaut creme heute 7", text_key: "x" }),
    post("b", { text: "Toner creme heute 7", text_key: "y" }),
  ];
  const { posts, validity } = await analysed([...own, ...market(3)], []);
  const of = (key: string) => posts.find((row) => row["post"] === key);
  expect(validity).toMatchObject({ market: "de", n: 200, text_value: "counts" });
  expect(validity?.["low"]).toBeGreaterThan(0.2);
  expect(of("a")?.["resonance"]).toBeGreaterThan(50);
  expect(of("b")?.["resonance"]).toBeLessThan((of("a")?.["resonance"] as number) - 20);
  expect(of("a")?.["overall_score"]).toBeCloseTo(
    ((of("a")?.["craft_score"] as number) + (of("a")?.["resonance"] as number)) / 2,
    9,
  );
});

test("where nothing goes with engagement, resonance is not printed and craft counts alone", async () => {
  const { posts, validity } = await analysed([post("a"), ...market(1)], tagsOf("a"));
  expect(validity).toMatchObject({ text_value: "does not count" });
  expect(posts[0]).toMatchObject({ resonance: null });
  expect(posts[0]?.["overall_score"]).toBe(posts[0]?.["craft_score"]);
});
