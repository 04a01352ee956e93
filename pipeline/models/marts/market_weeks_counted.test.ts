import { expect, test } from "vitest";
import { tinyWorld } from "../tiny-world.ts";

const run = (scheduled_at: string, more = {}) => ({ scheduled_at, ...more });

test("a missing week is a gap, not a zero", async () => {
  const warehouse = await tinyWorld({
    posts: [
      { post_id: "1", posted_at: "2026-10-27T12:00:00Z", collected_at: "2026-10-27T23:00:00Z" },
      { post_id: "2", posted_at: "2026-11-10T12:00:00Z" },
    ],
    runs: [
      run("2026-10-27T23:00:00Z"),
      run("2026-11-03T23:00:00Z", { succeeded: false }),
      run("2026-11-10T23:00:00Z"),
      run("2026-11-10T23:00:00Z", { market: "fr" }),
    ],
  });
  const rows = await warehouse.query(
    "select market, week, posts, collected from market_weeks_counted where market in ('de', 'fr') order by all",
  );
  expect(rows).toEqual([
    { market: "de", week: "2026-10-26", posts: 1, collected: true },
    { market: "de", week: "2026-11-02", posts: 0, collected: false },
    { market: "de", week: "2026-11-09", posts: 1, collected: true },
    { market: "fr", week: "2026-10-26", posts: 0, collected: false },
    { market: "fr", week: "2026-11-02", posts: 0, collected: false },
    { market: "fr", week: "2026-11-09", posts: 0, collected: true },
  ]);
  warehouse.close();
});

test("a file counts as collected from its first to its last post", async () => {
  const imported = (post_id: string, day: string) => ({
    post_id,
    posted_at: `${day}T12:00:00Z`,
    collected_at: "2026-11-19T00:00:00Z",
    provenance: "imported",
  });
  const warehouse = await tinyWorld({
    posts: [imported("1", "2026-10-20"), imported("2", "2026-11-03")],
  });
  const rows = await warehouse.query(
    "select week, posts, collected, provenance from market_weeks_counted where market = 'de' order by week",
  );
  expect(rows).toEqual([
    { week: "2026-10-19", posts: 1, collected: true, provenance: "imported" },
    { week: "2026-10-26", posts: 0, collected: true, provenance: null },
    { week: "2026-11-02", posts: 1, collected: true, provenance: "imported" },
    { week: "2026-11-09", posts: 0, collected: false, provenance: null },
  ]);
  warehouse.close();
});

test("single old posts do not stretch the calendar over years that nobody collected", async () => {
  const lately = Array.from({ length: 60 }, (_, i) => ({
    post_id: `n${i}`,
    posted_at: "2026-11-10T12:00:00Z",
  }));
  const warehouse = await tinyWorld({
    posts: [{ post_id: "old", posted_at: "2009-05-05T00:00:00Z" }, ...lately],
  });
  expect(await warehouse.query("select distinct week from market_weeks_counted")).toEqual([
    { week: "2026-11-09" },
  ]);
  expect(await warehouse.query("select count(*) as posts from posts")).toEqual([{ posts: 61 }]);
  warehouse.close();
});

test("the median leaves hidden likes out, and counts them", async () => {
  const warehouse = await tinyWorld({
    posts: [
      { post_id: "1", likes: 10, comments: 0 },
      { post_id: "2", likes: 20, comments: 1 },
      { post_id: "3", likes: null, likes_hidden: true, comments: 500 },
    ],
  });
  const [row] = await warehouse.query(
    "select engagement_median, engagement_posts, hidden_like_posts, likes, comments from market_weeks_counted where market = 'de'",
  );
  expect(row).toEqual({
    engagement_median: 15.5,
    engagement_posts: 2,
    hidden_like_posts: 1,
    likes: 30,
    comments: 501,
  });
  warehouse.close();
});

test("where no author is named the number of authors is unknown, not none", async () => {
  const warehouse = await tinyWorld({
    posts: [
      { post_id: "1" },
      { post_id: "2", market: "fr", author_id: "a" },
      { post_id: "3", market: "fr", author_id: "a" },
      { post_id: "4", market: "fr" },
    ],
  });
  const rows = await warehouse.query(
    "select market, authors, posts_with_author from market_weeks_counted where market in ('de', 'fr') order by market",
  );
  expect(rows).toEqual([
    { market: "de", authors: null, posts_with_author: 0 },
    { market: "fr", authors: 1, posts_with_author: 2 },
  ]);
  warehouse.close();
});

test("one synthetic row makes the week synthetic, one imported row an observed week imported", async () => {
  const warehouse = await tinyWorld({
    posts: [
      { post_id: "1" },
      { post_id: "2", provenance: "imported" },
      { post_id: "3", market: "fr", provenance: "imported" },
      { post_id: "4", market: "fr", provenance: "synthetic" },
    ],
  });
  expect(
    await warehouse.query(
      "select market, provenance from market_weeks_counted where posts > 0 order by market",
    ),
  ).toEqual([
    { market: "de", provenance: "imported" },
    { market: "fr", provenance: "synthetic" },
  ]);
  warehouse.close();
});

test("a text without a verdict is unclassified, and texts that are alike share one", async () => {
  const warehouse = await tinyWorld({
    posts: [
      { post_id: "1", text: "toll" },
      { post_id: "2", text: "toll" },
      { post_id: "3", text: "xyz" },
      { post_id: "4" },
    ],
    annotations: [{ text: "toll", polarity: "positive", polarity_score: 0.5 }],
  });
  expect(await warehouse.query("select text, language_hint from int_texts order by text")).toEqual([
    { text: "toll", language_hint: null },
    { text: "xyz", language_hint: null },
  ]);
  const [row] = await warehouse.query(
    "select positive, neutral, negative, unclassified from market_weeks_counted where market = 'de'",
  );
  expect(row).toEqual({ positive: 2, neutral: 0, negative: 0, unclassified: 2 });
  const [day] = await warehouse.query(
    "select posts, positive from market_days where market = 'de' and day = '2026-11-10'",
  );
  expect(day).toEqual({ posts: 4, positive: 2 });
  warehouse.close();
});
