import { expect, test } from "vitest";
import { type Account, medianWithRanks, tierRows } from "./tiers.ts";

const account = (followers: number, byFollowers: number, fields: Partial<Account> = {}): Account => ({
  platform: "instagram",
  market: "de",
  followers,
  posts: 10,
  byFollowers,
  byViews: null,
  ...fields,
});
const benchmarks = [
  {
    platform: "instagram",
    tier: "nano",
    engagement_rate_pct: 2.19,
    source: "vendor 2023",
    date: "2023-12-31",
  },
  {
    platform: "instagram",
    tier: "nano",
    engagement_rate_pct: 1.78,
    source: "vendor 2026",
    date: "2026-01-01",
  },
];
const rows = (accounts: Account[]) => tierRows("2026-W47", accounts, benchmarks, "observed");

test("five accounts of a tier: their median, beside the newest benchmark", () => {
  const [row] = rows([0.01, 0.05, 0.02, 0.03, 0.04].map((rate) => account(5000, rate)));
  expect(row).toMatchObject({ market: "de", tier: "nano", accounts: 5, posts: 50, rate: 0.03, reason: null });
  expect(row).toMatchObject({
    benchmark: 0.0178,
    benchmark_source: "vendor 2026",
    benchmark_date: "2026-01-01",
  });
});

test("four accounts are withheld, and counted", () => {
  expect(rows([1, 2, 3, 4].map((rate) => account(5000, rate / 100)))[0]).toMatchObject({
    accounts: 4,
    rate: null,
    reason: "withheld_privacy",
  });
});

test("bounds: 10,000 followers are micro, 9,999 nano; all pools the markets", () => {
  const found = rows([account(9_999, 0.1), account(10_000, 0.1, { market: "fr" })]).map(
    ({ market, tier }) => `${market} ${tier}`,
  );
  expect(found).toEqual(["de nano", "fr micro", "all nano", "all micro"]);
});

test("a platform with views is rated by them, and no benchmark by followers stands beside it", () => {
  const videos = [1, 2, 3, 4, 5].map((rate) =>
    account(5000, 9, { platform: "youtube", byViews: rate / 100 }),
  );
  expect(rows(videos)[0]).toMatchObject({ rate_by: "views", rate: 0.03, benchmark: null });
});

test("the interval of a median of a hundred lies between the 40th and the 61st value", () => {
  expect(medianWithRanks(Array.from({ length: 100 }, (_, i) => i + 1))).toEqual({
    value: 50.5,
    low: 40,
    high: 61,
  });
});
