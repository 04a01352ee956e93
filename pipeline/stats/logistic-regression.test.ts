import { expect, test } from "vitest";
import { logisticRegression } from "./logistic-regression.ts";

// Two groups with 1 of 4 and 3 of 4: log odds of −ln 3 and +ln 3.
const rows = [...Array(4).fill([1, 0]), ...Array(4).fill([1, 1])];
const outcomes = [true, false, false, false, true, true, true, false];

test("without an opinion the coefficients are the log odds of the groups", () => {
  const [intercept, step] = logisticRegression(rows, outcomes, { means: [0, 0], precisions: [0, 0] });
  expect(intercept).toBeCloseTo(-Math.log(3), 6);
  expect(step).toBeCloseTo(2 * Math.log(3), 6);
});

test("a firm opinion is kept, and so is one that no case speaks to", () => {
  const firm = logisticRegression(rows, outcomes, { means: [0, 5], precisions: [0, 1e6] });
  expect(firm[1]).toBeCloseTo(5, 3);
  const silent = logisticRegression(
    rows.map((row) => [...row, 0]),
    outcomes,
    { means: [0, 0, 1.5], precisions: [0, 0, 0.1] },
  );
  expect(silent[2]).toBeCloseTo(1.5, 9);
});

test("groups that are told apart entirely end in finite coefficients under a prior", () => {
  const [, step] = logisticRegression(rows, [false, false, false, false, true, true, true, true], {
    means: [0, 0],
    precisions: [0.1, 0.1],
  });
  expect(step).toBeGreaterThan(2);
  expect(step).toBeLessThan(20);
});
