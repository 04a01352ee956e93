import { expect, test } from "vitest";
import { casesOf, judge } from "./cases.ts";

const sentiment = {
  label: "negative",
  irony: true,
  aspects: [{ aspect: "delivery", polarity: "negative" }],
  unsure: false,
};
const report = {
  score: 62,
  claims: [
    {
      template: "Sentiment is {sentiment_score:de:90d|ci}.",
      evidence: ["note-a"],
      quote: "Ruhe",
      quote_source: "note-b",
    },
    { template: "Price is named most.", evidence: [], quote: null, quote_source: null },
  ],
};

test.each([
  [{ label: "negative", irony: true, unsure: false, aspects: { delivery: "negative" as const } }],
  [
    {
      oneOf: { label: ["negative", "mixed"] },
      noneOf: { label: ["positive"] },
      maxItems: { aspects: 1 },
      minItems: { aspects: 1 },
    },
  ],
])("what holds is not complained of: %j", (must) => {
  expect(judge(sentiment, must)).toEqual([]);
});

test.each([
  [{ label: "positive" }, "label is negative, not positive"],
  [{ irony: false }, "irony is true, not false"],
  [{ aspects: { price: "negative" as const } }, "price is not named, not negative"],
  [{ aspects: { delivery: "positive" as const } }, "delivery is negative, not positive"],
  [{ oneOf: { label: ["mixed"] } }, "label is negative, none of mixed"],
  [{ oneOf: { missing: ["mixed"] } }, "missing is , none of mixed"],
  [{ noneOf: { label: ["negative"] } }, "label is negative"],
  [{ maxItems: { aspects: 0 } }, "aspects holds 1, over 0"],
  [{ minItems: { aspects: 2 } }, "aspects holds 1, under 2"],
])("%j does not hold", (must, complaint) => {
  expect(judge(sentiment, must)).toEqual([complaint]);
});

test("texts are searched in any case and with alternatives, ids of citations and placeholders are found", () => {
  expect(
    judge(report, {
      mentions: ["PRICE|cost"],
      avoids: ["note-a", "ruhe"],
      cites: ["note-a", "note-b", "sentiment_score:de:90d"],
      atLeast: { score: 60 },
      atMost: { score: 70 },
      maxItems: { claims: 2 },
    }),
  ).toEqual([]);
  expect(judge(report, { mentions: ["texture|scent"], avoids: ["price"], cites: ["note-c"] })).toEqual([
    "does not mention texture|scent",
    "mentions price",
    "does not cite note-c",
  ]);
  expect(judge(report, { atLeast: { score: 63 }, atMost: { score: 61, none: 3 } })).toHaveLength(3);
});

test("a case must ask something, and only what is understood", () => {
  expect(() => casesOf('{"id":"a","input":{},"must":{}}')).toThrow("tests nothing");
  expect(() => casesOf('{"id":"a","input":{},"must":{"sentiment":"x"}}')).toThrow();
  expect(casesOf('{"id":"a","input":{},"must":{"label":"neutral"}}\n\n')).toHaveLength(1);
});
