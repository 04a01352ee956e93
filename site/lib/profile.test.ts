import { expect, test } from "vitest";
import { profileOf } from "./profile.ts";

test("a missing value counts as missing, never as the smallest", () => {
  const rows = [{ posts: 3 }, { posts: null }, { posts: 0 }, { posts: 3 }];
  expect(profileOf(rows, "posts")).toEqual({ missing: 1, distinct: 2, from: 0, to: 3 });
});

test("a list has no range, and a column without a value has none either", () => {
  expect(profileOf([{ tags: ["a"] }, { tags: ["a"] }], "tags")).toEqual({
    missing: 0,
    distinct: 1,
    from: null,
    to: null,
  });
  expect(profileOf([{ reach: null }], "reach")).toEqual({ missing: 1, distinct: 0, from: null, to: null });
});
