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
  await lay("run", { until: "TIMESTAMP" }, [{ until: run.until }]);
  await lay(
    "posts",
    { post_key: V, creator: V, market: V, posted_at: "TIMESTAMP", text: V, text_key: V, provenance: V },
    posts,
  );
  await warehouse.execute("create view int_texts as select distinct text_key, text from posts");
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
  return { posts: written["content_quality"] ?? [], metric: written["metrics"]?.[0] };
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
    overall_score: expect.closeTo((100 + 250 / 3) / 2, 9),
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
  // No tags at all: caption 100, hashtags 0.
  expect(ten.metric).toMatchObject({
    metric_id: "content_quality:de:mina",
    value: 50,
    low: 50,
    high: 50,
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
