// What the sentiment model must hold to whatever it learned: announcements and skin concerns are no mood, unread is not neutral, and a text is
// judged the same wherever it stands.
import { expect, test } from "vitest";
import { annotator } from "./annotate.ts";
import { confusionOf } from "./confusion.ts";
import { lineOf } from "./line.ts";
import { type Judgement, judgeText, sentimentJudge } from "./sentiment-model.ts";
import { lookOf } from "./sentiment-text.ts";

const judge = sentimentJudge();
const said = (language: string, text: string) => judgeText(judge, text, language);
const polarity = (language: string, text: string) => {
  const judged = said(language, text);
  return typeof judged === "string" ? judged : judged.polarity;
};
const languages = ["en", "de", "fr", "es", "ja", "ko"] as const;

test.each([
  ["en", "I love this toner, best purchase of the year", "Hate this toner, it ruined my skin"],
  ["de", "Ich liebe diesen Toner, bester Kauf überhaupt", "Furchtbarer Toner, rausgeworfenes Geld"],
  ["fr", "J'adore ce tonique, ma peau est superbe", "Ce tonique est horrible, je suis très déçue"],
  ["es", "Me encanta este tónico, lo recomiendo mucho", "Este tónico es horrible, muy decepcionada"],
  ["ja", "この化粧水は最高、大好きです", "この化粧水は最悪、二度と買いません"],
  ["ko", "이 토너 정말 좋아요 강추합니다", "이 토너 최악이에요 돈 아까워요"],
])("praise and blame are told apart: %s", (language, praise, blame) => {
  expect(polarity(language, praise)).toBe("positive");
  expect(polarity(language, blame)).toBe("negative");
});

test.each([
  ["en", "For acne, wrinkles, dark spots and dry skin"],
  ["de", "Gegen Akne, Falten und trockene Haut"],
  ["fr", "Contre l'acné, les rides et la peau sèche"],
  ["es", "Contra el acné, las arrugas y la piel seca"],
  ["ja", "ニキビ、シミ、乾燥肌に"],
])("what a product is for is no complaint: %s", (language, text) => {
  expect(polarity(language, text)).toBe("neutral");
});

test.each(languages)("probabilities of %s sum to one and the score is their difference", (language) => {
  const judged = said(language, "serum 세럼 美容液 100 % !!!") as Judgement;
  const [negative, neutral, positive] = judged.probabilities ?? [0, 0, 0];
  expect(negative + neutral + positive).toBeCloseTo(1, 5);
  expect(judged.score).toBeCloseTo(positive - negative, 5);
});

test("what no engine reads is unclassified, and says why", () => {
  const annotate = annotator({ terms: [], brands: [] });
  expect(annotate("Questa crema è bellissima e la uso ogni giorno")).toMatchObject({
    polarity: null,
    polarity_reason: "language_not_read",
    p_neutral: null,
  });
  expect(annotate("😍😍 #love")).toMatchObject({ polarity: null, polarity_reason: "language_unknown" });
  expect(annotate("I love it so much, the best serum")).toMatchObject({
    polarity: "positive",
    polarity_reason: null,
  });
});

test("a text that was read before another is judged the same after it", () => {
  const one = said("de", "Der Toner ist gut");
  said("de", "Nie wieder! Schrecklich!!! ".repeat(200));
  expect(said("de", "Der Toner ist gut")).toEqual(one);
});

test("links, names, numbers and how often a letter is drawn out are no words", () => {
  const read = (text: string) => {
    const { codes, length } = lookOf(text);
    return String.fromCharCode(...codes.subarray(0, length));
  };
  expect(read("soooooo good 1234 @mia_b https://a.example/x?y=1")).toBe(
    read("SOOOO  good 7 @tom http://b.example"),
  );
  expect(read("it\\u2019s &amp; more")).toBe(read("it's & more"));
});

test.each(languages)(
  "the engine's errors in %s are published, with what they were counted on",
  (language) => {
    const published = confusionOf(language);
    expect(published?.validated_on).toBeTruthy();
    const rows = Object.values(published?.counts ?? {});
    expect(rows).toHaveLength(3);
    for (const row of rows) expect(row.negative + row.neutral + row.positive).toBeGreaterThan(50);
  },
);

test("no confusion is made up for a language without weights", () => {
  expect(confusionOf("it")).toBeNull();
  expect(judge("ciao", lineOf("ciao"), "it")).toBe("language_not_read");
});
