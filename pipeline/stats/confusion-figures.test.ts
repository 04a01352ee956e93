// A confusion worked by hand: Cohen's kappa and F1 of a two-by-two table.
import { expect, test } from "vitest";
import { confusionFigures } from "./confusion-figures.ts";

test("20 and 15 right, 5 and 10 wrong: accuracy .7, kappa .4, F1 of 8/11 and 2/3", () => {
  const figures = confusionFigures({ yes: { yes: 20, no: 5 }, no: { yes: 10, no: 15 } });
  expect(figures.accuracy).toBeCloseTo(0.7, 12);
  expect(figures.kappa).toBeCloseTo(0.4, 12);
  expect(figures.perClass["yes"]).toEqual({ precision: 20 / 30, recall: 0.8, f1: 40 / 55, n: 25 });
  expect(figures.macroF1).toBeCloseTo((8 / 11 + 2 / 3) / 2, 12);
  expect(figures.coverage).toBe(1);
});

test("an item without a verdict is a miss of its class and of no other", () => {
  const figures = confusionFigures({ yes: { yes: 8, none: 2 }, no: { no: 10 } });
  expect(figures).toMatchObject({ accuracy: 0.9, coverage: 0.9 });
  expect(figures.perClass["yes"]).toMatchObject({ precision: 1, recall: 0.8 });
});

test("one class and always right: chance agrees always, so kappa says nothing", () => {
  expect(confusionFigures({ yes: { yes: 3 } }).kappa).toBeNull();
});
