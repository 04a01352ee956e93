import { expect, test } from "vitest";
import { boostedTrees } from "./boosted-trees.ts";
import { seededRandom } from "./seeded-random.ts";

const random = seededRandom("rows");
const rows = Array.from({ length: 400 }, () => [random(), random(), random()]);

test("a step and a combination that no line holds are learnt", () => {
  const truth = ([a = 0, b = 0]: readonly number[]) => (a > 0.5 !== b > 0.5 ? 1 : -1);
  const { predict } = boostedTrees(rows, rows.map(truth), seededRandom("fit"));
  expect(predict([0.9, 0.1, 0.5])).toBeGreaterThan(0.6);
  expect(predict([0.9, 0.9, 0.5])).toBeLessThan(-0.6);
});

test("the same label gives the same trees", () => {
  const values = rows.map(([a = 0]) => a * a);
  const fit = () => boostedTrees(rows, values, seededRandom("same")).predict([0.3, 0.2, 0.1]);
  expect(fit()).toBe(fit());
});

test("nothing to learn, or too few rows for a leaf, gives 0", () => {
  expect(
    boostedTrees(
      rows,
      rows.map(() => 0),
      seededRandom("none"),
    ).predict([0, 0, 0]),
  ).toBe(0);
  expect(boostedTrees([[1], [2]], [5, 9], seededRandom("few")).predict([1])).toBe(0);
});
