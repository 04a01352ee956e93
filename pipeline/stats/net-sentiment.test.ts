import { expect, test } from "vitest";
import { netSentiment, sentimentScore } from "./net-sentiment.ts";

test("50 positive, 30 neutral, 20 negative: 0.30, by hand ± 1.96 · √((0.70 − 0.09) / 100) = ± 0.1531", () => {
  const { value, low, high, n } = netSentiment({ positive: 50, neutral: 30, negative: 20 });
  expect(n).toBe(100);
  expect(value).toBeCloseTo(0.3, 12);
  expect(low).toBeCloseTo(0.1469, 4);
  expect(high).toBeCloseTo(0.4531, 4);
  expect(sentimentScore(value)).toBeCloseTo(65, 12);
});

test("neutral posts pull towards zero: they are answers, not silence", () => {
  const without = netSentiment({ positive: 6, neutral: 0, negative: 2 }).value;
  expect(netSentiment({ positive: 6, neutral: 8, negative: 2 }).value).toBe(without / 2);
});

test("the interval never leaves −1 to 1", () => {
  expect(netSentiment({ positive: 40, neutral: 1, negative: 0 }).high).toBe(1);
  expect(netSentiment({ positive: 0, neutral: 0, negative: 3 })).toMatchObject({
    value: -1,
    low: -1,
    high: -1,
  });
});

test("no classified post has no sentiment", () => {
  expect(() => netSentiment({ positive: 0, neutral: 0, negative: 0 })).toThrow("invalid group size: 0");
});
