import { expect, test } from "vitest";
import { tinyWorld } from "../tiny-world.ts";

const brand = (id: string) => ({ id, title: id.toUpperCase(), variants: [id] });

const publication = {
  brands: ["aa", "bb", "cc", "dd"].map(brand),
  competitor_set: { version: "1", brands: ["aa", "bb", "cc"] },
};

test("a post that names three brands counts a third for each, and the thirds add up to the post", async () => {
  const warehouse = await tinyWorld({
    publication,
    posts: [
      { post_id: "1", text: "all three" },
      { post_id: "2", text: "one" },
    ],
    annotations: [
      { text: "all three", brands: ["aa", "bb", "cc"] },
      { text: "one", brands: ["aa"] },
    ],
  });
  const rows = await warehouse.query(
    "select brand, mentions_full, mentions_fractional, brand_posts from brand_market_weeks where market = 'de' order by brand",
  );
  expect(rows).toEqual([
    { brand: "aa", mentions_full: 2, mentions_fractional: 1.333333, brand_posts: 2 },
    { brand: "bb", mentions_full: 1, mentions_fractional: 0.333333, brand_posts: 2 },
    { brand: "cc", mentions_full: 1, mentions_fractional: 0.333333, brand_posts: 2 },
  ]);
  warehouse.close();
});

test("a brand outside the competitor set takes no part of a mention", async () => {
  const warehouse = await tinyWorld({
    publication,
    posts: [{ post_id: "1", text: "two" }],
    annotations: [{ text: "two", brands: ["aa", "dd"] }],
  });
  const rows = await warehouse.query(
    "select brand, mentions_fractional from brand_market_weeks where market = 'de' and mentions_full > 0",
  );
  expect(rows).toEqual([{ brand: "aa", mentions_fractional: 1 }]);
  expect(await warehouse.query("select brand, brands_named from post_brands order by brand")).toEqual([
    { brand: "aa", brands_named: 1 },
    { brand: "dd", brands_named: 1 },
  ]);
  warehouse.close();
});
