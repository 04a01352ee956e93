// A season is a claim about every year, so it is drawn from two whole ones or not at all.
import { expect, test } from "vitest";
import type { DatasetRow } from "./data.ts";
import { monthProfile } from "./season.ts";

const weeks = (count: number, index: (month: number) => number | null) =>
  Array.from({ length: count }, (_, at) => {
    const week = new Date(Date.UTC(2024, 10, 18) + at * 7 * 864e5).toISOString().slice(0, 10);
    return { week, index: index(Number(week.slice(5, 7))) } as DatasetRow<"term_weeks">;
  });

test("a June peak stands in June, over an average month of 1", () => {
  const profile = monthProfile(weeks(104, (month) => (month === 6 ? 300 : 100))) ?? [];
  expect(profile.indexOf(Math.max(...profile))).toBe(5);
  expect(profile.reduce((sum, value) => sum + value, 0) / 12).toBeCloseTo(1);
});

test("below 104 weeks, or with a month never collected, the season is unknown", () => {
  expect(monthProfile(weeks(103, () => 100))).toBeNull();
  expect(monthProfile(weeks(104, (month) => (month === 2 ? null : 100)))).toBeNull();
});
