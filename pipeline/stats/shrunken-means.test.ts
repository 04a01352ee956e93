import { expect, test } from "vitest";
import { shrunkenMeans } from "./shrunken-means.ts";

test("groups that differ only as chance would are all at the centre", () => {
  const { between, deviation, centre } = shrunkenMeans(["a", "a", "b", "b"], [1, 3, 1, 3]);
  expect([between, centre, deviation("a")]).toEqual([0, 2, 0]);
});

test("a large group keeps more of its deviation than a small one, and a stranger has none", () => {
  const groups = [...Array(20).fill("large"), "small", "small", ...Array(20).fill("other")];
  const values = groups.map((group, i) => (group === "other" ? 0 : 10) + (i % 2));
  const { deviation, centre } = shrunkenMeans(groups, values);
  expect(deviation("large")).toBeLessThan(10.5 - centre);
  expect(deviation("small")).toBeLessThan(deviation("large"));
  expect(deviation("small")).toBeGreaterThan(0);
  expect(deviation("nobody")).toBe(0);
});

test("without a repeated group nothing is told apart", () => {
  expect(shrunkenMeans(["a", "b", "c"], [1, 50, 99]).deviation("c")).toBe(0);
});
