// Weights that were fitted here come back the same, say what they learned from, and are read by the engine as they were checked.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { TrainedWeights } from "../../core/evaluation.ts";
import { silentLog } from "../../core/log.ts";
import { SentimentHeader } from "../../texts/sentiment-header.ts";
import { calibrate, calibrated } from "./calibrate.ts";
import { training } from "./training.ts";

let datasets: string;
let first: readonly TrainedWeights[];
const context = { log: silentLog, random: () => Math.random, milliseconds: () => 0 };

beforeAll(async () => {
  datasets = mkdtempSync(join(tmpdir(), "train-sentiment-"));
  mkdirSync(join(datasets, "C-marc-japanese"));
  const says = { positive: "最高に気に入りました", neutral: "普通の箱でした", negative: "すぐに壊れて最悪" };
  const lines = Object.entries(says).flatMap(([label, text]) =>
    Array.from({ length: 12 }, (_, i) => `${text}${"、本当に".repeat(i % 3)}${i},${label}`),
  );
  writeFileSync(join(datasets, "C-marc-japanese/japanese_valid.csv"), `text,label\n${lines.join("\n")}\n`);
  first = await training.train({ datasets }, context);
});
afterAll(() => rmSync(datasets, { recursive: true }));

test("the same texts give the same bytes", async () => {
  expect(await training.train({ datasets }, context)).toEqual(first);
});

test("weights of research data do not ship, and their header says what they learned from", () => {
  expect(first.map(({ name, ships }) => [name, ships])).toEqual([
    ["ja.json", false],
    ["ja.bin.gz", false],
  ]);
  const header = SentimentHeader.parse(JSON.parse(String(first[0]?.bytes)));
  expect(header.trained_on).toMatchObject([{ licence: "research use only", rows: 36 }]);
  expect(header.validated_on).toContain("without it");
  const judged = Object.values(header.confusion).flatMap((row) => Object.values(row));
  expect(judged.reduce((sum, count) => sum + count, 0)).toBe(36);
});

test("an unknown language is refused", async () => {
  await expect(training.train({ datasets, lang: "it" }, context)).rejects.toThrow("unknown language: it");
});

test("too sure a model is cooled until its probabilities come true", () => {
  // Says 91 % and is right three times in four, in every class alike.
  const unseen = Array.from({ length: 120 }, (_, i) => {
    const said = i % 3;
    const logits: [number, number, number] = [0, 0, 0];
    logits[said as 0] = 3;
    return { logits, label: Math.floor(i / 3) % 4 === 0 ? (said + 1) % 3 : said };
  });
  const calibration = calibrate(unseen);
  expect(calibration.temperature).toBeGreaterThan(1);
  const highest = unseen.map(({ logits }) => Math.max(...calibrated(logits, calibration)));
  expect(highest.reduce((sum, p) => sum + p, 0) / highest.length).toBeCloseTo(0.75, 2);
});
