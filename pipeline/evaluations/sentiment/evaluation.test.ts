// Labels come in many spellings, and what is no label is refused; an unread text is a miss, not a neutral.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { silentLog } from "../../core/log.ts";
import { evaluation } from "./evaluation.ts";
import { figuresOf } from "./figures.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "sentiment-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const context = { log: silentLog, random: () => Math.random, milliseconds: () => 0 };
const glad = "I love this serum, it is amazing and my skin glows";
const plain = "New in: toner with rice extract, in stores from Monday";
const sad = "Worst purchase ever, it broke me out and smells terrible";

function evaluate(
  labels: readonly unknown[],
  given: Record<string, string> = {},
  texts = [glad, plain, sad],
) {
  const file = join(folder, "texts.ndjson");
  writeFileSync(
    file,
    labels.map((label, i) => JSON.stringify({ text: texts[i % texts.length], label })).join("\n"),
  );
  return evaluation.evaluate({ file, text: "text", label: "label", ...given }, context);
}

test.each([
  [["positive", "neutral", "negative"]],
  [["POS", "neu", "Neg"]],
  [["positif", "neutre", "négatif"]],
  [["긍정", "중립", "부정"]],
  [[2, 1, 0]],
  [["1", "0", "-1"]],
  [["2.0", "1.0", "0.0"]],
  [[4, 2, 0]],
  [[3, 2, 1]],
  [["P+", "NONE", "N+"]],
  [["Extremely Positive", "Neutral", "very negative"]],
  [["__label__positive", "__label__neutral", "__label__negative"]],
])("%j are praise, neither, blame", async (labels) => {
  const { figures } = await evaluate(labels, { lang: "en" });
  expect(figures).toMatchObject({ accuracy: 1, macroF1: 1, kappa: 1, coverage: 1 });
});

test("stars of five and of ten are three classes", async () => {
  const five = await evaluate([5, 3, 1], { stars: "label", lang: "en", label: undefined as never });
  const ten = await evaluate([9, 6, 2], { stars: "label", lang: "en", label: undefined as never });
  expect([five.figures["accuracy"], ten.figures["accuracy"]]).toEqual([1, 1]);
});

test.each([[[4, 2, 0, 3, 2, 1]], [[2, 0, -2, 1, 0, -1]]])(
  "%j are five degrees of three classes",
  async (labels) => {
    const { figures } = await evaluate(labels, { lang: "en" });
    expect(figures).toMatchObject({ accuracy: 1, macroF1: 1 });
  },
);

test.each([
  [["★★★★★", "★★★☆☆", "★"]],
  [["5.0 out of 5 stars", "3.0 out of 5 stars", "2.0 out of 5 stars"]],
  [["4,0 von 5 Sternen", "3,0 von 5 Sternen", "1,0 von 5 Sternen"]],
  [["5つ星のうち4.0", "5つ星のうち3.0", "5つ星のうち1.0"]],
  [["5/5", "3/5", "1/5"]],
  [["4 stars", "3 stars", "1 star"]],
  [[4, 2, 0, 3, 2, 1]],
])("%j are stars as shops write them", async (stars) => {
  const { figures } = await evaluate(stars, { stars: "label", lang: "en", label: undefined as never });
  expect(figures["accuracy"]).toBe(1);
});

test("where labels know two classes, the verdict is one of the two", async () => {
  const { confusion, figures } = await evaluate([1, 0, 0], { lang: "en" });
  expect(Object.keys(confusion?.["positive"] ?? {})).toEqual(["negative", "positive"]);
  expect(figures["coverage"]).toBe(1);
});

test("without weights the lexicon's class counts, also between two, and the notes say so", async () => {
  vi.resetModules();
  vi.doMock("../../core/weights.ts", () => ({ findWeights: () => null }));
  const { evaluation: bare } = await import("./evaluation.ts");
  const file = join(folder, "two.csv");
  writeFileSync(file, `text,label\n"${glad}",1\n"${sad}",0\n`);
  const { figures, notes } = await bare.evaluate({ file, text: "text", label: "label", lang: "en" }, context);
  vi.doUnmock("../../core/weights.ts");
  expect(figures).toMatchObject({ accuracy: 1, coverage: 1, ece: null });
  expect(notes.join()).toContain("en: no weights");
});

test.each([
  [["positive", "great!", "negative"], "unknown label: great! in line 2 of texts.ndjson, column label"],
  [["positive", "", "negative"], "unknown label: (empty) in line 2"],
  [[0, 1, 7], "unknown label: 7 in line 3"],
  [[1, 2, 4], "for stars name the column with --stars"],
  [["positive", "positive", "positive"], "holds one class, positive"],
  [[1, 1, 1], "holds one class, 1"],
])("%j is refused", async (labels, says) => {
  await expect(evaluate(labels, { lang: "en" })).rejects.toThrow(says);
});

test.each([
  [{ lang: "xx" }, "unknown language: xx. The engine reads en, de, fr, es, ja, ko."],
  [{ between: "positive" }, "invalid classes: --between positive"],
  [{ stars: "label" }, "Name one of them"],
  [{ text: "body" }, "unknown column: body"],
  [{ refit: "nowhere" }, "missing --lang: --refit fits the weights of one language"],
  [{ refit: "nowhere", lang: "en" }, "missing data: nowhere holds no labelled texts for en"],
])("%j is refused with a next step", async (given, says) => {
  await expect(evaluate(["positive", "neutral", "negative"], given)).rejects.toThrow(says);
});

test("a text that nobody can read lowers coverage and counts as a miss", async () => {
  const texts = [glad, "😍", sad];
  const { figures, confusion, notes } = await evaluate(["positive", "positive", "negative"], {}, texts);
  expect(figures["coverage"]).toBeCloseTo(2 / 3);
  expect(figures["accuracy"]).toBeCloseTo(2 / 3);
  expect(confusion?.["positive"]?.["unclassified"]).toBe(1);
  expect(notes.join(" ")).toContain("1 texts unclassified: language_unknown");
});

test("a text of 50,000 characters and an empty one are answered", async () => {
  const texts = [`${glad} `.repeat(1_000), "", sad];
  const { figures } = await evaluate(["positive", "neutral", "negative"], { lang: "en" }, texts);
  expect(figures["coverage"]).toBeCloseTo(2 / 3);
});

test("figures by hand: three of four right", () => {
  const p = (polarity: "negative" | "positive"): [number, number, number] =>
    polarity === "positive" ? [0.2, 0, 0.8] : [0.8, 0, 0.2];
  const { figures, perClass } = figuresOf([
    { truth: "positive", verdict: "positive", probabilities: p("positive") },
    { truth: "positive", verdict: "negative", probabilities: p("negative") },
    { truth: "negative", verdict: "negative", probabilities: p("negative") },
    { truth: "negative", verdict: "negative", probabilities: p("negative") },
  ]);
  // Chance agreement: 1/2 · 1/4 + 1/2 · 3/4 = 1/2, so κ = (3/4 − 1/2) / (1 − 1/2).
  expect(figures).toMatchObject({ accuracy: 0.75, kappa: 0.5 });
  expect(figures["macroF1"]).toBeCloseTo((2 / 3 + 4 / 5) / 2);
  expect(figures["brier"]).toBeCloseTo((3 * 0.04 + 0.64) / 4);
  expect(figures["ece"]).toBeCloseTo(0.05);
  expect(perClass?.["negative"]).toMatchObject({ precision: 2 / 3, recall: 1, n: 2 });
});
