// What praise is, what blame is, and what is neither.
import { expect, test } from "vitest";
import { annotator } from "./annotate.ts";
import { readLexicon } from "./lexicon.ts";
import { lineOf } from "./line.ts";
import { polarityJudge } from "./polarity.ts";

const judge = polarityJudge();
const polarity = (language: string, text: string) => judge(lineOf(text), language)?.polarity;
const score = (language: string, text: string) => judge(lineOf(text), language)?.score ?? Number.NaN;

test.each([
  ["en", "This toner is good", "This toner is not good"],
  ["de", "Der Toner ist gut", "Der Toner ist nicht gut"],
  ["fr", "Ce toner est bon", "Ce toner n'est pas bon"],
  ["es", "Este tónico es bueno", "Este tónico no es bueno"],
  ["ja", "この化粧水は良いです", "この化粧水は良くないです"],
  ["ko", "이 토너는 좋아요", "이 토너는 좋지 않아요"],
])("not good is not positive: %s", (language, good, notGood) => {
  expect(polarity(language, good)).toBe("positive");
  expect(polarity(language, notGood)).toBe("negative");
});

test.each([
  ["de", "Gefällt mir nicht"],
  ["fr", "Je ne recommande pas"],
  ["ko", "향이 안 좋아요"],
  ["ja", "おすすめできません"],
])("a negation behind its word denies it: %s", (language, text) => {
  expect(polarity(language, text)).toBe("negative");
});

test.each([
  ["en", "not bad", "good"],
  ["de", "nicht schlecht", "gut"],
  ["ja", "悪くない", "良い"],
  ["ko", "나쁘지 않아요", "좋아요"],
])("not bad is less than good: %s", (language, notBad, good) => {
  expect(score(language, notBad)).toBeLessThan(score(language, good));
  expect(polarity(language, notBad)).not.toBe("negative");
});

test.each([
  ["en", "Lovely packaging but it broke me out", "It broke me out but the packaging is lovely"],
  ["de", "Schöne Textur, aber der Geruch ist schlecht", "Der Geruch ist schlecht, aber die Textur ist schön"],
  ["fr", "Mauvaise odeur, mais une belle texture", "Une belle texture, mais mauvaise odeur"],
])("what follows a but weighs more: %s", (language, one, other) => {
  expect(Math.sign(score(language, one))).toBe(-Math.sign(score(language, other)));
});

test.each([
  ["en", "New launch! The Glow Serum is available now. Link in bio ✨✨"],
  ["en", "Giveaway time! Tag two friends to win this set 🎁"],
  ["de", "Neu bei uns im Shop: das Reis-Serum. Jetzt erhältlich! ✨"],
  ["fr", "Nouveauté en boutique : la crème au riz est disponible ✨"],
  ["ja", "新作の化粧水が発売されました。詳しくはプロフィールのリンクから"],
  ["ko", "신상 토너패드 출시! 지금 구매하세요"],
])("an announcement judges nothing: %s", (language, text) => {
  expect(polarity(language, text)).toBe("neutral");
});

test.each([
  ["en", "For acne, wrinkles, dark spots and dry skin"],
  ["de", "Gegen Akne, Falten und trockene Haut"],
  ["fr", "Contre l'acné, les rides et la peau sèche"],
  ["ja", "ニキビ、シミ、乾燥肌に"],
  ["ko", "여드름, 주름, 건조한 피부에"],
])("what a product is for is no complaint: %s", (language, text) => {
  expect(polarity(language, text)).toBe("neutral");
});

test("words that hold a negation without denying are not read as one", () => {
  expect(polarity("ja", "手放せないアイテムです")).toBe("positive");
  expect(polarity("ko", "더할 나위 없어요")).toBe("positive");
  expect(polarity("en", "can't live without it")).toBe("positive");
});

test("a tag files a post, it does not judge", () => {
  expect(score("en", "My routine #bestskincare #love #amazing")).toBe(score("en", "My routine"));
});

test("twenty hearts weigh no more than two", () => {
  expect(score("en", `my routine ${"❤️".repeat(20)}`)).toBe(score("en", "my routine ❤️❤️"));
});

test("an emoticon is an emoji", () => {
  expect(score("de", "Wieder da :)")).toBeGreaterThan(0);
  expect(score("de", "Ausverkauft :(")).toBeLessThan(0);
});

test("a post in an unsupported language is unclassified, not neutral", () => {
  const annotate = annotator({ terms: [], brands: [] });
  expect(annotate("Questa crema è bellissima e la uso ogni giorno")).toMatchObject({
    language: "it",
    polarity: null,
    polarity_score: null,
  });
  expect(annotate("😍😍 #love")).toMatchObject({ language: "und", polarity: null });
  expect(annotate("")).toMatchObject({ language: "und", polarity: null });
});

test("a score lies between −1 and 1, however much is said", () => {
  expect(score("en", "love love love amazing perfect ".repeat(50))).toBeLessThanOrEqual(1);
  expect(score("en", "worst awful terrible hate ".repeat(50))).toBeGreaterThanOrEqual(-1);
});

test.each(["en", "de", "fr", "es", "ja", "ko"] as const)(
  "no word of the %s lexicon has two weights",
  (language) => {
    const words = Object.values(readLexicon(language).words).flat();
    expect(words.filter((word, i) => words.indexOf(word) !== i)).toEqual([]);
  },
);
