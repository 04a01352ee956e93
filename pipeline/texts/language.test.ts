// A caption's language is told by its prose, and by nothing else in it.
import { expect, test } from "vitest";
import { languageOf, proseOf } from "./language.ts";

test.each([
  ["en", "I have been using this toner for two weeks and my skin feels great"],
  ["de", "Ich benutze diesen Toner seit zwei Wochen und meine Haut fühlt sich toll an"],
  ["fr", "J'utilise ce toner depuis deux semaines et ma peau est très douce"],
  ["es", "Llevo dos semanas usando este tónico y mi piel está muy suave"],
  ["ja", "この化粧水を2週間使ってみました"],
  ["ko", "이 토너 2주 동안 써봤어요"],
  ["it", "Uso questo tonico da due settimane e la mia pelle è molto morbida"],
  ["th", "ใช้โทนเนอร์นี้มาสองสัปดาห์แล้ว"],
  ["ru", "Пользуюсь этим тоником две недели"],
])("a sentence in %s is recognised", (language, sentence) => {
  expect(languageOf(sentence)).toMatchObject({ language });
});

test.each(["so good", "mega gut", "trop bien", "best serum ever", "좋아요", "かわいい"])(
  "few words are enough: %s",
  (words) => {
    expect(languageOf(words).language).not.toBe("und");
  },
);

test.each([
  "",
  "😍😍😍",
  "#skincare #glowup #kbeauty",
  "@somebody",
  "https://example.com/my-skin-care-page",
  "ok",
  "12.99 €",
])("what has no prose has no language: %s", (caption) => {
  expect(languageOf(caption)).toEqual({ language: "und", confidence: 0 });
});

test("English tags under a German caption do not make it English", () => {
  const caption =
    "Meine neue Creme für den Abend 😍 #skincare #nightroutine #glowingskin #loveyourskin #beautytips #kbeauty";
  expect(languageOf(caption).language).toBe("de");
});

test("a Korean caption may carry an English product name", () => {
  expect(languageOf("Relief Sun Rice 선크림 백탁 없이 정말 촉촉해요").language).toBe("ko");
});

test("a clear sentence is surer than two words", () => {
  const sentence = languageOf("Die Creme ist für mich die beste und ich habe sie schon lange").confidence;
  expect(sentence).toBeGreaterThan(languageOf("best serum").confidence);
});

test("prose holds no link, address, name, tag, number or emoji", () => {
  expect(
    proseOf("Try it 😍 @mia.b #ad https://a.example/b mail me@mail.example 100 % now").replace(/\s+/g, " "),
  ).toBe("Try it mail % now");
});
