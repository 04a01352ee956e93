import { expect, test } from "vitest";
import { followerWeeks, growthIntegrity, type Snapshot } from "./follower-jumps.ts";

const start = Date.parse("2026-01-05T06:00:00.000Z");
const at = (week: number, day = 0) => new Date(start + (week * 7 + day) * 86_400_000).toISOString();
/** 0.3 % a week with some unrest, and extra percent in the named weeks. */
function account(weeks: number, extraPct: Record<number, number> = {}): Snapshot[] {
  let followers = 50_000;
  return Array.from({ length: weeks }, (_, week) => {
    followers *= 1 + (0.3 + 0.1 * Math.sin(week) + (extraPct[week] ?? 0)) / 100;
    return { collected_at: at(week), followers: Math.round(followers) };
  });
}
const nothing = { posts: [], events: [] };
const jumpsOf = (rows: ReturnType<typeof followerWeeks>) =>
  rows.filter((row) => row.jump).map((row) => [row.week, row.explained]);

test("steady growth has no jump and full integrity", () => {
  const rows = followerWeeks(account(40), nothing);
  expect(jumpsOf(rows)).toEqual([]);
  expect(growthIntegrity(rows, "2026-01-01")).toMatchObject({ value: 100, weeks: 39, unexplained: 0 });
});

test("a bought 12 % is an unexplained jump, and two in 39 weeks leave no integrity", () => {
  const rows = followerWeeks(account(40, { 20: 12, 30: 9 }), nothing);
  expect(jumpsOf(rows)).toEqual([
    ["2026-05-18", false],
    ["2026-07-27", false],
  ]);
  // 1 − 20 · 2/39 is under zero
  expect(growthIntegrity(rows, "2026-01-01")).toMatchObject({ value: 0, jumps: 2, unexplained: 2 });
});

test("one unexplained week of 39 costs 20 · 1/39", () => {
  const rows = followerWeeks(account(40, { 20: 12 }), nothing);
  expect(growthIntegrity(rows, "2026-01-01")?.value).toBeCloseTo(100 * (1 - 20 / 39), 9);
});

test("jumps before the counted weeks are flagged but not counted", () => {
  const rows = followerWeeks(account(40, { 5: 12 }), nothing);
  expect(jumpsOf(rows)).toHaveLength(1);
  expect(growthIntegrity(rows, "2026-04-06")).toMatchObject({ value: 100, jumps: 0 });
});

const usual = Array.from({ length: 30 }, (_, i) => ({ posted_at: at(i, 2), engagement: 900 + 10 * (i % 5) }));

test("a viral post in the seven days before explains a jump; one of four times the median does not", () => {
  const viral = { posted_at: at(19, 3), engagement: 5000 };
  const explained = followerWeeks(account(40, { 20: 12 }), { posts: [...usual, viral], events: [] });
  expect(jumpsOf(explained)).toEqual([["2026-05-18", true]]);
  const loud = { ...viral, engagement: 3700 };
  const unexplained = followerWeeks(account(40, { 20: 12 }), { posts: [...usual, loud], events: [] });
  expect(jumpsOf(unexplained)).toEqual([["2026-05-18", false]]);
  expect(growthIntegrity(explained, "2026-01-01")).toMatchObject({ value: 100, jumps: 1, unexplained: 0 });
});

test("a viral post of a month before explains nothing", () => {
  const viral = { posted_at: at(16), engagement: 50_000 };
  const rows = followerWeeks(account(40, { 20: 12 }), { posts: [...usual, viral], events: [] });
  expect(jumpsOf(rows)).toEqual([["2026-05-18", false]]);
});

test("a known event in the week explains a jump", () => {
  const rows = followerWeeks(account(40, { 20: 12 }), { posts: [], events: [at(19, 4).slice(0, 10)] });
  expect(jumpsOf(rows)).toEqual([["2026-05-18", true]]);
});

test("a step of rounding, 1 % once in a while, is no jump", () => {
  const rounded = account(40).map((row) => ({
    ...row,
    followers: Number(row.followers.toPrecision(2)) + 100_000,
  }));
  expect(jumpsOf(followerWeeks(rounded, nothing))).toEqual([]);
});

test("growth over a missing week is spread over the gap, not taken for a jump", () => {
  const gap = account(40, { 20: 0.8, 21: 0.8, 22: 0.8 }).filter((_, week) => week !== 20 && week !== 21);
  expect(jumpsOf(followerWeeks(gap, nothing))).toEqual([]);
});

test("a count of Monday morning closes the week before; of several, the nearest to its end stands for a week", () => {
  const daily = [
    ...account(3),
    { collected_at: at(1, 5), followers: 77_000 },
    { collected_at: at(2, 2), followers: 78_000 },
  ];
  const rows = followerWeeks(daily, nothing);
  expect(rows.map((row) => row.week)).toEqual(["2025-12-29", "2026-01-05", "2026-01-12"]);
  expect(rows.at(-1)?.followers).toBe(account(3)[2]?.followers);
});

test("eleven weekly changes are too few to know what is usual", () => {
  const rows = followerWeeks(account(12, { 8: 30 }), nothing);
  expect(jumpsOf(rows)).toEqual([]);
  expect(growthIntegrity(rows, "2026-01-01")).toBeNull();
});
