// People name languages in their own ways; a label that names none is refused, a tag-only text is unknown and not wrong.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { silentLog } from "../../core/log.ts";
import { evaluation } from "./evaluation.ts";
import { languageNamed } from "./labels.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "language-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const context = { log: silentLog, random: () => Math.random, milliseconds: () => 0 };

function evaluate(csv: string, given: Record<string, string> = {}) {
  const file = join(folder, "texts.csv");
  writeFileSync(file, csv);
  return evaluation.evaluate({ file, text: "text", label: "lang", ...given }, context);
}

test.each([
  ["de", "de"],
  ["DEU", "de"],
  ["ger", "de"],
  ["German", "de"],
  ["deutsch", "de"],
  ["jp", "ja"],
  ["日本語", "ja"],
  ["kor", "ko"],
  ["한국어", "ko"],
  ["fr-CA", "fr"],
  ["__label__es", "es"],
  ["Italian", "other"],
  ["zh-cn", "other"],
  ["Malayalam", "other"],
  ["Latin", "other"],
  ["Portugeese", "other"],
  ["es-419", "es"],
  ["ko_KR.UTF-8", "ko"],
  ["zh_Hant_TW", "other"],
  ["other", "other"],
  ["unknown", "und"],
])("%s is %s", (label, language) => {
  expect(languageNamed(label)).toBe(language);
});

test.each(["", "7", "klingonisch", "qq"])("%j names no language", (label) => {
  expect(languageNamed(label)).toBeNull();
});

test("accuracy is given per language, and every language that we do not read is other", async () => {
  const { figures, perClass, confusion } = await evaluate(
    [
      "text,lang",
      "Ich benutze diesen Toner seit zwei Wochen und meine Haut ist toll,deu",
      "I have been using this toner for two weeks and it feels great,en",
      "Questa crema è bellissima e la uso ogni giorno,it",
      "Deze crème is heel fijn voor mijn huid,nl",
      "#skincare #kbeauty,unknown",
    ].join("\n"),
  );
  expect(figures).toMatchObject({ accuracy: 1, macroF1: 1, unknownShare: 0.2 });
  expect(perClass?.["other"]).toMatchObject({ accuracy: 1, n: 2 });
  expect(confusion?.["und"]).toMatchObject({ und: 1 });
});

test("a code of three letters that tables lack is another language, as long as the other labels are known ones", async () => {
  const { perClass, notes } = await evaluate(
    "text,lang\nHello there my friend,eng\nIch habe heute keine Zeit,deu\nПоезд отправляется в девять,map-bms\n",
  );
  expect(perClass?.["other"]).toMatchObject({ n: 1 });
  expect(notes.join()).toContain("map-bms");
  await expect(evaluate("text,lang\nHello there my friend,en\nPlease help me,abq\n")).rejects.toThrow(
    "unknown label: abq",
  );
});

test("a label that names no language is refused with its line", async () => {
  await expect(evaluate("text,lang\nHello there my friend,en\nBonjour,elvish!\n")).rejects.toThrow(
    "unknown label: elvish! in line 3 of texts.csv, column lang",
  );
});

test("a length that leaves no text is refused", async () => {
  await expect(evaluate("text,lang\nHello there,en\n", { over: "500" })).rejects.toThrow(
    "no text of texts.csv is longer than --over 500 characters",
  );
});
