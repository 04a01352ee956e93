// Kappa takes from agreement what chance alone would bring.
import { expect, test } from "vitest";
import { cohenKappa, ratingCounts } from "./cohen-kappa.ts";

test("Cohen's example: 35 of 50 alike, 25 of them by chance", () => {
  const found = cohenKappa({ yes: { yes: 20, no: 5 }, no: { yes: 10, no: 15 } });
  expect(found).toMatchObject({ n: 50, agreement: 0.7 });
  expect(found.kappa).toBeCloseTo(0.4, 12);
});

test("what chance brings is no agreement, and what is worse than chance is below nothing", () => {
  expect(cohenKappa({ a: { a: 25, b: 25 }, b: { a: 25, b: 25 } }).kappa).toBe(0);
  expect(cohenKappa({ a: { b: 5 }, b: { a: 5 } }).kappa).toBe(-1);
});

test("a rating that only one of the two ever gives agrees with nothing", () => {
  const { agreement, kappa } = cohenKappa({ a: { a: 4, c: 2 }, b: { b: 4 } });
  expect(agreement).toBe(0.8);
  // Chance: a .6 × .4, b .4 × .4, c 0 × .2.
  expect(kappa).toBeCloseTo((0.8 - 0.4) / 0.6, 12);
  expect(cohenKappa({ a: { a: 4, c: 2 }, b: { b: 4 }, c: {} }).kappa).toBeCloseTo((0.8 - 0.4) / 0.6, 12);
});

test("where both say one thing alone, chance agrees always, and kappa says nothing", () => {
  expect(cohenKappa({ a: { a: 9 } })).toEqual({ n: 9, agreement: 1, kappa: null });
  expect(cohenKappa({})).toEqual({ n: 0, agreement: null, kappa: null });
});

test("pairs are counted by rating", () => {
  expect(
    ratingCounts([
      ["a", "a"],
      ["a", "b"],
      ["a", "b"],
    ]),
  ).toEqual({ a: { a: 1, b: 2 } });
});
