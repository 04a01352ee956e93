import { expect, test } from "vitest";
import { budgetLines, type Channel, type Price, priceFor } from "./budget.ts";
import { totalOf } from "./budget-rows.ts";

const price = (fields: Partial<Price>): Price => ({
  price: "p",
  market: "all",
  platform: "instagram",
  kind: "creator",
  format: "video",
  low_usd: 15,
  mid_usd: 30,
  high_usd: 45,
  period_end: "2025-12-31",
  source: "a page",
  ...fields,
});
const channel = (fields: Partial<Channel> = {}): Channel => ({
  platform: "instagram",
  format: "video",
  viewed: 40,
  medianViews: 20_000,
  creators: 6,
  postsPerWeek: 5,
  ...fields,
});

test("worked by hand: half a million views at 20,000 a post are 25 posts; each costs 20 thousand views", () => {
  const lines = budgetLines(
    "de",
    [channel(), channel({ platform: "youtube", medianViews: 300_000, postsPerWeek: 2 })],
    [price({}), price({ platform: "youtube", low_usd: 10, mid_usd: 20, high_usd: 30 })],
  );
  expect(lines[0]).toMatchObject({ posts: 25, low: 25 * 20 * 15, mid: 25 * 20 * 30, high: 25 * 20 * 45 });
  // Five posts a week, one in two sold: 25·2/5 weeks; one in six: 25·6/5.
  expect(lines[0]).toMatchObject({ weeksLow: 10, weeksHigh: 30 });
  // 500,000 / 300,000 is rounded up to two whole posts.
  expect(lines[1]).toMatchObject({ posts: 2, low: 2 * 300 * 10, high: 2 * 300 * 30 });
  expect(totalOf(lines)).toMatchObject({
    cost_low: 7_500 + 6_000,
    cost_high: 22_500 + 18_000,
    posts_needed: 27,
    weeks_low: 10,
    weeks_high: 30,
  });
});

test("advertising is bought by the thousand, at the market's own price or not at all", () => {
  const lines = budgetLines("jp", [channel()], [price({ kind: "advertising", market: "de", format: "all" })]);
  expect(lines.find(({ kind }) => kind === "advertising")).toMatchObject({
    price: null,
    low: null,
    reason: "not_collected",
  });
  const sold = budgetLines("de", [channel()], [price({ kind: "advertising", market: "de", format: "all" })]);
  expect(sold.find(({ kind }) => kind === "advertising")).toMatchObject({
    low: 15_000,
    mid: 30_000,
    high: 45_000,
  });
});

test("a price for the country comes before one that names none, and the later before the earlier", () => {
  const prices = [
    price({ price: "any" }),
    price({ price: "old", market: "de", period_end: "2024-12-31" }),
    price({ price: "new", market: "de" }),
  ];
  const asked = { platform: "instagram", format: "video", kind: "creator" as const };
  expect(priceFor(prices, "de", asked)?.price).toBe("new");
  expect(priceFor(prices, "fr", asked)?.price).toBe("any");
  expect(priceFor(prices, "fr", { ...asked, platform: "tiktok" })).toBeNull();
});

test("without a price, or with few known views, there is a reason and no cost", () => {
  expect(budgetLines("de", [channel()], [])[0]).toMatchObject({ mid: null, reason: "not_collected" });
  expect(budgetLines("de", [channel({ viewed: 29 })], [price({})])[0]).toMatchObject({
    mid: null,
    reason: "too_few",
  });
  expect(budgetLines("de", [channel({ medianViews: 0 })], [price({})])[0]).toMatchObject({
    posts: null,
    reason: "too_few",
  });
  expect(totalOf(budgetLines("de", [], []))).toMatchObject({ cost_mid: null, reason: "not_collected" });
});

test("creators who publish nothing take no number of weeks", () => {
  expect(budgetLines("de", [channel({ postsPerWeek: 0 })], [price({})])[0]).toMatchObject({
    posts: 50,
    weeksLow: null,
  });
});
