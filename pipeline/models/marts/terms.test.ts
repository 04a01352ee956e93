import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { tinyWorld } from "../tiny-world.ts";

function reference(): string {
  const folder = mkdtempSync(join(tmpdir(), "leap-reference-"));
  mkdirSync(join(folder, "taxonomy"));
  writeFileSync(
    join(folder, "taxonomy", "beauty.yaml"),
    "terms:\n  - { id: glass-skin, title: Glass skin, kind: theme, variants: { en: [glass skin] } }\n  - { id: serum, title: Serum, kind: product, variants: { en: [serum], de: [Serum] }, not: [blood serum] }\n",
  );
  writeFileSync(join(folder, "generic_tags.csv"), "tag,source,date\nlove,test,2026-01-01\n");
  return folder;
}

const tagged = (tag: string, count: number, more = {}) =>
  Array.from({ length: count }, (_, i) => ({ post_id: `${tag}-${i}`, tags: [tag], ...more }));

test("a hashtag becomes a term when 30 posts use it and it says something of its own", async () => {
  const warehouse = await tinyWorld({
    reference: reference(),
    publication: {
      taxonomies: ["beauty"],
      brands: [{ id: "okdami", title: "Okdami", variants: ["okdami"] }],
    },
    posts: [
      ...tagged("skintok", 31),
      ...tagged("beautyde", 30),
      ...tagged("rare", 29),
      ...tagged("glassskin", 40),
      ...tagged("okdami", 40),
      ...tagged("love", 40),
      ...tagged("2026", 40),
    ],
  });
  expect(await warehouse.query("select term, title, kind from terms order by term")).toEqual([
    { term: "tag-beautyde", title: "#beautyde", kind: "hashtag" },
    { term: "tag-skintok", title: "#skintok", kind: "hashtag" },
  ]);
  expect(
    await warehouse.query("select count(*) as posts from post_terms where term = 'tag-skintok'"),
  ).toEqual([{ posts: 31 }]);
  warehouse.close();
});

test("only the most used hashtags become terms, as many as the publication asks for", async () => {
  const warehouse = await tinyWorld({
    publication: { hashtag_terms: 1 },
    posts: [...tagged("less", 30), ...tagged("more", 31)],
  });
  expect(await warehouse.query("select term from terms")).toEqual([{ term: "tag-more" }]);
  warehouse.close();
});

test("a taxonomy term is in use when one post names it; its weeks are complete, zeros included", async () => {
  const warehouse = await tinyWorld({
    reference: reference(),
    publication: { taxonomies: ["beauty"] },
    posts: [
      { post_id: "1", text: "Serum!", posted_at: "2026-10-28T00:00:00Z" },
      { post_id: "2", text: "nothing" },
      { post_id: "3", text: "Serum!" },
    ],
    annotations: [{ text: "Serum!", terms: ["serum"] }],
  });
  expect(await warehouse.query("select * from terms")).toEqual([
    { term: "serum", title: "Serum", kind: "product" },
  ]);
  expect(
    await warehouse.query(
      "select week, posts, market_posts from term_market_weeks where market = 'de' order by week",
    ),
  ).toEqual([
    { week: "2026-10-26", posts: 1, market_posts: 1 },
    { week: "2026-11-02", posts: 0, market_posts: 0 },
    { week: "2026-11-09", posts: 1, market_posts: 2 },
  ]);
  expect(await warehouse.query("select term, phrase from pub_term_exclusions")).toEqual([
    { term: "serum", phrase: "blood serum" },
  ]);
  warehouse.close();
});

test("a hashtag counts under one form, however it is written, and once a post", async () => {
  const warehouse = await tinyWorld({
    posts: [
      { post_id: "1", text: "#Skincare #skincare #SKINCARE", tags: ["skincare"] },
      { post_id: "2", text: "#ｽｷﾝｹｱ" },
      { post_id: "3", text: "#スキンケア" },
      { post_id: "4", text: "C# and #" },
    ],
  });
  expect(
    await warehouse.query("select tag, count(*) as posts from post_hashtags group by tag order by tag"),
  ).toEqual([
    { tag: "skincare", posts: 1 },
    { tag: "スキンケア", posts: 2 },
  ]);
  warehouse.close();
});
