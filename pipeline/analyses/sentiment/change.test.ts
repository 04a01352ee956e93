import { expect, test } from "vitest";
import { scoreChange } from "./change.ts";

test("a fall is the difference of two scores, with an interval that a hand can check", () => {
  // NS 0.2 now, 0.4 before; n = 100 each. Var = (0.6 − 0.04)/100 and (0.6 − 0.16)/100.
  const now = { positive: 40, neutral: 40, negative: 20 };
  const before = { positive: 50, neutral: 40, negative: 10 };
  const change = scoreChange(now, before);
  const half = 1.959963984540054 * 50 * Math.sqrt(0.0056 + 0.0044);
  expect(change?.value).toBeCloseTo(-10, 10);
  expect(change?.low).toBeCloseTo(-10 - half, 10);
  expect(change?.high).toBeCloseTo(-10 + half, 10);
});

test("twenty-nine posts on either side are too few to speak of a change", () => {
  const many = { positive: 40, neutral: 40, negative: 20 };
  expect(scoreChange({ positive: 29, neutral: 0, negative: 0 }, many)).toBeNull();
  expect(scoreChange(many, { positive: 0, neutral: 29, negative: 0 })).toBeNull();
});
