import { expect, test } from "vitest";
import { earnedMediaValue, type ViewedPost } from "./emv.ts";

const cpm = { low: 10, mid: 15, high: 25 };
const post = (views: number, brands: string[], paid = false): ViewedPost => ({ views, brands, paid });

test("worked by hand: 40,000 views alone, 30,000 shared by three, at 15 dollars a thousand", () => {
  const posts = [post(40_000, ["a"]), post(30_000, ["a", "b", "c"])];
  // 40,000 + 10,000 = 50,000 views; 50 · 15 = 750, at 10 and 25 dollars 500 and 1,250.
  expect(earnedMediaValue("a", posts, cpm)).toMatchObject({
    views: 50_000,
    emv: 750,
    low: 500,
    high: 1250,
    paidEmv: 0,
  });
  expect(earnedMediaValue("b", posts, cpm)).toMatchObject({ views: 10_000, emv: 150 });
});

test("brands add up to the whole: a post is worth what it is worth, however many it names", () => {
  const posts = [post(40_000, ["a"]), post(30_000, ["a", "b", "c"]), post(9_000, ["b", "c"])];
  const total = ["a", "b", "c"].reduce(
    (sum, brand) => sum + (earnedMediaValue(brand, posts, cpm).emv as number),
    0,
  );
  expect(total).toBeCloseTo((79 * 15_000) / 1000, 9);
});

test("a paid post is valued apart, and never as earned", () => {
  expect(earnedMediaValue("a", [post(20_000, ["a"], true), post(10_000, ["a"])], cpm)).toMatchObject({
    emv: 150,
    paidEmv: 300,
    paidViews: 20_000,
  });
});

test("without a price there are views and no dollars", () => {
  expect(earnedMediaValue("a", [post(20_000, ["a"])], null)).toEqual({
    views: 20_000,
    paidViews: 0,
    emv: null,
    low: null,
    high: null,
    paidEmv: null,
  });
});
