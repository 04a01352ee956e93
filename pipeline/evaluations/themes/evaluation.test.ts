// The planted corpora hold what they promise, and the measure says what is missing.
import { expect, test } from "vitest";
import type { EvaluationContext, Given } from "../../core/evaluation.ts";
import { silentLog } from "../../core/log.ts";
import { seededRandom } from "../../stats/seeded-random.ts";
import { phraseReader } from "../../texts/phrases.ts";
import { plantedCorpus } from "./corpus.ts";
import { evaluation } from "./evaluation.ts";
import { de } from "./planted/de.ts";
import { en } from "./planted/en.ts";
import { fr } from "./planted/fr.ts";
import { ja } from "./planted/ja.ts";
import { ko } from "./planted/ko.ts";

const context: EvaluationContext = { log: silentLog, random: seededRandom, milliseconds: () => 0 };
const evaluate = (given: Given) => evaluation.evaluate(given, context);

test.each([en, de, fr, ja, ko])(
  "$language: every planted sentence brings up a word of its theme, and no everyday one does",
  (words) => {
    const phrasesOf = phraseReader([]);
    const all = [...words.themes.positive, ...words.themes.negative];
    for (const { keys, says } of all)
      for (const sentence of says)
        expect([sentence, keys.some((key) => sentence.toLowerCase().includes(key.toLowerCase()))]).toEqual([
          sentence,
          true,
        ]);
    const everyday = [...words.everyday, ...words.verdicts.positive, ...words.verdicts.negative]
      .join(" ")
      .toLowerCase();
    // Keys of two letters stand inside other words.
    for (const key of all.flatMap(({ keys }) => keys).filter((key) => key.length > 2))
      expect([key, ` ${everyday} `.includes(` ${key.toLowerCase()} `)]).toEqual([key, false]);
    expect(phrasesOf(words.everyday.join(words.space), words.language).length).toBeGreaterThan(5);
  },
);

test("a corpus is of three moods, and its copiers speak the intruders' words", () => {
  const corpus = plantedCorpus(en, seededRandom("corpus"));
  expect(new Set(corpus.map(({ polarity }) => polarity))).toEqual(
    new Set(["positive", "neutral", "negative"]),
  );
  for (const word of Object.values(en.intruders))
    expect(corpus.filter(({ text }) => text.includes(word)).length).toBeGreaterThanOrEqual(8);
});

test("nine in ten planted reasons stand among the first ten themes, and nothing that only copiers say", async () => {
  const { figures, perClass, n } = await evaluate({ planted: "true", lang: "ko", seed: "test" });
  expect(n).toBe(60);
  expect(figures["recall"]).toBeGreaterThanOrEqual(0.85);
  expect(figures["intruders"]).toBe(0);
  expect(figures["coherence"]).toBeGreaterThan(0.1);
  expect(Object.keys(perClass ?? {})).toEqual(["ko"]);
});

test("what cannot be measured is refused", async () => {
  await expect(evaluate({})).rejects.toThrow("missing option: --planted");
  await expect(evaluate({ planted: "true", lang: "xx" })).rejects.toThrow(
    "unknown language: xx. There are en, de",
  );
});
