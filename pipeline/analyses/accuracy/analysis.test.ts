// What was measured is published as it was measured, targets that were missed included.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import type { AccuracyEntry } from "../../../data/contract/accuracy.ts";
import {
  accuracy,
  accuracyCases,
  accuracyConfusions,
  accuracyPublished,
} from "../../../data/contract/datasets/accuracy.ts";
import type { AnalysisContext, Row } from "../../core/types.ts";
import { openWarehouse } from "../../core/warehouse.ts";
import { seedAccuracy } from "../../models/seed-accuracy.ts";
import { goldColumns } from "../../models/seed-gold.ts";
import { analysis } from "./analysis.ts";

const reference = mkdtempSync(join(tmpdir(), "leap-accuracy-"));
afterAll(() => rmSync(reference, { recursive: true }));

const entry: AccuracyEntry = {
  evaluation: "sentiment",
  case: "invented-en",
  dataset: "Invented texts, test",
  licence: "CC0-1.0",
  files: [{ name: "test.csv", sha256: "a".repeat(64) }],
  role: "hold-out",
  of: "en",
  n: 100,
  engine: "sentiment 2.0.0",
  measured_on: "2026-11-20",
  figures: { macroF1: 0.61, ece: null },
  per_class: { positive: { f1: 0.7 } },
  confusion: { positive: { positive: 30, negative: 3 }, negative: { positive: 5, negative: 62 } },
  targets: [
    { measure: "macroF1", at_least: 0.62, at_most: null, met: false },
    { measure: "kappa", at_least: 0.4, at_most: null, met: false },
  ],
  beside: [
    { who: "A larger model", measure: "macroF1", value: 0.69, source: "its paper" },
    { who: "Another", measure: "accuracy", value: 0.8, source: "its page" },
  ],
  means: "Four in ten are wrong.",
  notes: ["one row without a label left out"],
};

async function published(register: string | null, gold: readonly Row[] = [], provenance = "imported") {
  const folder = join(reference, "accuracy");
  rmSync(folder, { recursive: true, force: true });
  if (register !== null) {
    mkdirSync(folder);
    writeFileSync(join(folder, "sentiment.json"), register);
  }
  const warehouse = await openWarehouse();
  try {
    await seedAccuracy(warehouse, reference);
    await warehouse.insertRows(
      "pub_gold_verdicts",
      goldColumns,
      gold.map((row) => ({ ...row, file: "gold.csv", sha256: "b".repeat(64) })),
    );
    await warehouse.insertRows("posts", { provenance: "VARCHAR" }, [{ provenance }]);
    const run = { edition: "2026-W47", as_of: "2026-11-20T08:00:00Z" };
    const publication = { gold_sentiment: { labelled_by: "two readers" } };
    const written = await analysis.run({ warehouse, run, publication } as unknown as AnalysisContext);
    return {
      figures: (written["accuracy"] ?? []).map((row) => accuracy.columns.parse(row)),
      cases: (written["accuracy_cases"] ?? []).map((row) => accuracyCases.columns.parse(row)),
      beside: (written["accuracy_published"] ?? []).map((row) => accuracyPublished.columns.parse(row)),
      confusions: (written["accuracy_confusions"] ?? []).map((row) => accuracyConfusions.columns.parse(row)),
    };
  } finally {
    warehouse.close();
  }
}

test("a figure stands with its data set, role, date and target, missed or met; a target nobody measured is a missing figure", async () => {
  const { figures, cases } = await published(JSON.stringify([entry]));
  const figure = (measure: string, of = "") =>
    figures.find((row) => row.measure === measure && row.class === of);
  expect(figure("macroF1")).toMatchObject({
    value: 0.61,
    target_at_least: 0.62,
    target_met: false,
    role: "hold-out",
    measured_on: "2026-11-20",
    of: "en",
  });
  expect(figure("ece")).toMatchObject({ value: null, target_met: null });
  expect(figure("kappa")).toMatchObject({ value: null, target_met: false });
  expect(figure("f1", "positive")).toMatchObject({ value: 0.7, target_met: null });
  expect(cases).toMatchObject([{ case: "invented-en", means: "Four in ten are wrong.", n: 100 }]);
});

test("figures of others stand beside ours by the same measure, or beside none", async () => {
  const { beside, confusions } = await published(JSON.stringify([entry]));
  expect(beside.map(({ who, value, ours }) => [who, value, ours])).toEqual([
    ["A larger model", 0.69, 0.61],
    ["Another", 0.8, null],
  ]);
  expect(confusions.reduce((sum, { rows }) => sum + rows, 0)).toBe(100);
});

test("a floor and a ceiling of one measure are one target, met when both are", async () => {
  const targets = [
    { measure: "macroF1", at_least: 0.6, at_most: null, met: true },
    { measure: "macroF1", at_least: null, at_most: 0.605, met: false },
  ];
  const { figures } = await published(JSON.stringify([{ ...entry, targets }]));
  expect(figures.filter((row) => row.measure === "macroF1" && row.class === "")).toMatchObject([
    { target_at_least: 0.6, target_at_most: 0.605, target_met: false },
  ]);
});

test("without a register there are no figures, and a broken one is refused by name", async () => {
  expect(await published(null)).toEqual({ figures: [], cases: [], beside: [], confusions: [] });
  await expect(published("[{}]")).rejects.toThrow(
    /invalid accuracy register: .*sentiment.json: 0\.evaluation/,
  );
  await expect(published("{")).rejects.toThrow(/invalid accuracy register: .*sentiment.json/);
});

test("posts labelled for the publication are measured with the edition, where every class has thirty", async () => {
  const gold = [
    ...["positive", "neutral", "negative"].map((truth) => ({
      language: "de",
      truth,
      verdict: truth,
      texts: 27,
    })),
    ...["positive", "neutral", "negative"].map((truth) => ({
      language: "de",
      truth,
      verdict: "unclassified",
      texts: 3,
    })),
    { language: "fr", truth: "positive", verdict: "positive", texts: 300 },
  ];
  const { figures, cases, confusions } = await published(null, gold);
  expect(cases).toMatchObject([
    { case: "own-de", n: 90, role: "hold-out", files: [{ name: "gold.csv" }], measured_on: "2026-11-20" },
  ]);
  expect(figures.find((row) => row.measure === "accuracy")).toMatchObject({ value: 0.9, of: "de" });
  expect(confusions.reduce((sum, { rows }) => sum + rows, 0)).toBe(90);
  const generated = await published(null, gold, "synthetic");
  expect(generated.cases).toMatchObject([{ role: "planted" }]);
});
