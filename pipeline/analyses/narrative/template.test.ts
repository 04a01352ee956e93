import { expect, test } from "vitest";
import { fill, type MetricValue, named, type Vocabulary } from "./template.ts";

const metric = (metric_id: string, rest: Partial<MetricValue>): [string, MetricValue] => [
  metric_id,
  {
    metric_id,
    metric: metric_id.split(":")[0] as string,
    market: "de",
    entity: "",
    value: null,
    low: null,
    high: null,
    text_value: null,
    unit: "",
    n: 0,
    previous_value: null,
    reason: null,
    provenance: "observed",
    ...rest,
  },
];

const vocabulary: Vocabulary = {
  edition: "2026-W47",
  previousEdition: "2026-W46",
  metrics: new Map([
    metric("sentiment_score:de:90d", { value: 62.4, low: 58.2, high: 66.4, n: 1204, previous_value: 55.1 }),
    metric("share_of_voice:de:aurelle", { value: 0.2149, low: 0.2, high: 0.23 }),
    metric("yoy:de:pdrn", { value: -0.4 }),
    metric("er:de:x", { value: null, reason: "too_few" }),
  ]),
};

test("a placeholder becomes the metric's value, and its id becomes evidence", () => {
  expect(
    fill(
      "Sentiment stands at {sentiment_score:de:90d|ci} (n = {sentiment_score:de:90d|n}), from {sentiment_score:de:90d|prev}.",
      vocabulary,
    ),
  ).toEqual({
    text: "Sentiment stands at 62 (58–66) (n = 1,204), from 55.",
    evidence: ["sentiment_score:de:90d"],
  });
});

test("shares print as percent with their interval", () => {
  expect(fill("{share_of_voice:de:aurelle|cipct}", vocabulary).text).toBe("21% (20–23%)");
});

test("a change that rounds to zero has no minus", () => {
  expect(fill("{yoy:de:pdrn|signed}%", vocabulary).text).toBe("+0%");
});

test("a digit that no metric accounts for is refused", () => {
  expect(() => fill("Posts rose by 12% in Germany.", vocabulary)).toThrow(/bare number 12/);
  expect(() => fill("Posts rose ١٢ times.", vocabulary)).toThrow(/bare number/);
});

test("a name may hold digits, because it is a name", () => {
  expect(fill(`${named("Vitamin B5 'plus'")} is emerging.`, vocabulary).text).toBe(
    "Vitamin B5 ’plus’ is emerging.",
  );
});

test("an unknown metric, a withheld value and an unknown format are errors that name it", () => {
  expect(() => fill("{nope:de|0}", vocabulary)).toThrow("unknown metric in a sentence: nope:de");
  expect(() => fill("{er:de:x|0}", vocabulary)).toThrow("missing value in a sentence: er:de:x (too_few)");
  expect(() => fill("{yoy:de:pdrn|roman}", vocabulary)).toThrow("unknown format in a sentence: roman");
});
