import { expect, test } from "vitest";
import { readability, syllablesOf } from "./readability.ts";

test.each([
  // Words a sentence and syllables a word, put into the published formula by hand.
  ["en", "The cat sat on the mat. It was warm.", Math.min(100, 206.835 - 1.015 * 4.5 - 84.6 * 1)],
  ["de", "Die Creme zieht schnell ein und klebt nicht.", 180 - 8 - 58.5 * (9 / 8)],
  ["fr", "Ma peau est douce, lisse et lumineuse.", 209 - 1.15 * 7 - 68 * (9 / 7)],
  ["es", "La crema deja la piel muy suave.", 206.84 - 1.02 * 7 - 60 * (10 / 7)],
])("%s: “%s”", (language, text, expected) => {
  expect(readability(text, language)).toBeCloseTo(Math.min(100, Math.max(0, expected)), 6);
});

test("Japanese and Korean go by characters a sentence", () => {
  expect(readability("あ".repeat(20), "ja")).toBe(100);
  expect(readability("あ".repeat(50), "ja")).toBe(50);
  expect(readability("가".repeat(60), "ko")).toBe(0);
});

test("too short to say, another language, an emoji: null", () => {
  expect(readability("Love this!", "en")).toBeNull();
  expect(readability("😍", "ja")).toBeNull();
  expect(readability("Это хороший крем для сухой кожи лица", "ru")).toBeNull();
});

test("a silent e is not spoken, and every word has a syllable", () => {
  expect(["make", "beauty", "the", "brr"].map((word) => syllablesOf(word, "en"))).toEqual([1, 2, 1, 1]);
});

test("fifty thousand characters are answered", () => {
  expect(readability("wort ".repeat(10_000), "de")).toBe(0);
});
