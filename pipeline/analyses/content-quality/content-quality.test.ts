import { expect, test } from "vitest";
import { asksForAction } from "./call-to-action.ts";
import { captionScores, hooks, lengthScore, plainLength } from "./caption.ts";
import { countScore, hashtagScores, topicTest } from "./hashtags.ts";
import { improvementsOf } from "./improvements.ts";

test.each([
  ["en", "My night routine. Save this for later!"],
  ["en", "Link in bio for the whole routine"],
  ["de", "Meine Routine am Abend. Schreib mir in die Kommentare, was du nimmst"],
  ["de", "Welches Serum nutzt ihr gerade? Speichert euch den Post!"],
  ["fr", "Dites-moi en commentaire ce que vous en pensez"],
  ["fr", "Enregistre ce post pour plus tard"],
  ["en", "Two weeks in. Have you tried it?"],
  ["de", "Zwei Wochen im Test. Kennt ihr das schon?"],
  ["fr", "Deux semaines de test. Vous en pensez quoi ?"],
  ["ja", "二週間使いました。みなさんはどうですか？"],
  ["ko", "2주 동안 썼어요. 여러분은 어때요?"],
  ["fr", "Un sérum tout doux. Épinglez pour ce soir"],
  ["ja", "朝のスキンケア。気になる人は保存してね"],
  ["ja", "使ったことある人は感想を教えてください"],
  ["ko", "아침 루틴이에요. 나중을 위해 저장하세요"],
  ["ko", "궁금한 점은 댓글로 남겨주세요"],
])("a caption in %s that asks for something has a call to action: %s", (language, caption) => {
  expect(asksForAction(caption, language)).toBe(true);
});

test.each([
  ["en", "Two weeks with this toner and my skin is calm."],
  ["en", "This is week two, photos follow on Sunday."],
  ["fr", "Je déteste le rendu de ce fond de teint."],
  ["de", "Nach zwei Wochen ist meine Haut ruhiger, das Serum zieht schnell ein."],
  ["fr", "Deux semaines avec ce sérum, ma peau est plus douce."],
  ["ja", "二週間使いました。肌がしっとりします。"],
  ["ko", "2주 동안 썼어요. 피부가 촉촉해요."],
])("a caption in %s that only tells has none: %s", (language, caption) => {
  expect(asksForAction(caption, language)).toBe(false);
});

test("length scores 100 in the market's middle half and falls in proportion outside", () => {
  const usual = { low: 100, high: 200 };
  expect([50, 100, 200, 400, 0].map((length) => lengthScore(length, usual))).toEqual([50, 100, 100, 50, 0]);
});

test("hashtags and links are not read as caption", () => {
  expect(plainLength("Glow up #serum #glassskin https://x.example/y")).toBe(7);
});

test("a question or a short first sentence hooks; full-width characters count two", () => {
  expect(hooks("Who else fights dry skin in winter, when every heater in every single room is on? Me.")).toBe(
    true,
  );
  expect(hooks("Finally. My notes on this serum after a month.")).toBe(true);
  expect(hooks("After a whole month of use every morning and night I can say a thing or two about it.")).toBe(
    false,
  );
  expect(hooks("乾燥肌さんにおすすめしたい美容液を三つ紹介しますので最後まで見てくださいね、本当に。")).toBe(
    false,
  );
  expect(hooks("#ad #serum")).toBe(false);
});

test("a caption in another language than the market's loses that part; an unknown language is left out", () => {
  const usual = { low: 1, high: 500 };
  const foreign = captionScores("My routine. Save this!", "en", ["de"], usual);
  expect(foreign).toMatchObject({ language: 0, effectiveness: 75 });
  expect(captionScores("My routine. Save this!", "und", ["de"], usual)).toMatchObject({
    language: null,
    effectiveness: 100,
  });
  expect(captionScores("My routine. Save this!", "en", [], usual).language).toBeNull();
});

test("a tag is on topic as a whole word or in a compound, whatever the accents", () => {
  const isTopic = topicTest(["glass skin", "sérum", "SPF", "美容液", "세럼"]);
  expect(["glassskinroutine", "serumvisage", "spf", "韓国美容液", "비타민세럼"].map(isTopic)).toEqual(
    Array(5).fill(true),
  );
  expect(["spfx", "paris", "肌"].map(isTopic)).toEqual([false, false, false]);
});

test("hashtag relevance is the mean of count, topic and lack of generic tags", () => {
  const scores = hashtagScores(
    ["serum", "love", "glassskin", "paris"],
    topicTest(["serum", "glass skin"]),
    new Set(["love"]),
  );
  expect(scores).toMatchObject({ count: 100, topic: 50, generic: 75, relevance: 75 });
  expect(countScore(20)).toBe(50);
  expect(hashtagScores([], () => true, new Set()).relevance).toBe(0);
});

test("improvements name the broken rules, costliest first, and a flawless post has none", () => {
  const judged = {
    caption: { length: 50, callToAction: 0, hook: 100, language: 100, readability: 100, effectiveness: 70 },
    hashtags: { count: 100, topic: 100, generic: 100, relevance: 100 },
    length: 50,
    usual: { low: 100, high: 200 },
    tags: 5,
    language: "de",
    marketLanguages: ["de"],
  };
  expect(improvementsOf(judged)).toEqual([
    "Ask the reader to do something: save, comment, tag, tell.",
    "Write more: the middle half of captions in the market has 100 to 200 characters.",
  ]);
  const flawless = { ...judged, caption: { ...judged.caption, length: 100, callToAction: 100 } };
  expect(improvementsOf(flawless)).toEqual([]);
});
