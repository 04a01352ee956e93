// Labelled copy is read as people bring it, judged by the rules readers get, and refused where a label says neither.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import type { EvaluationContext } from "../../core/evaluation.ts";
import { evaluation } from "./evaluation.ts";

const folder = mkdtempSync(path.join(tmpdir(), "leap-claims-"));
afterAll(() => rmSync(folder, { recursive: true }));

const context = { milliseconds: () => 0 } as unknown as EvaluationContext;
const measure = (name: string, text: string, given: Record<string, string> = {}) => {
  const file = path.join(folder, name);
  writeFileSync(file, text);
  return evaluation.evaluate({ file, ...given }, context);
};
const lines = (...rows: object[]) => `${rows.map((row) => JSON.stringify(row)).join("\n")}\n`;

test("recall, precision and near misses stopped are counted per market and rule", async () => {
  const found = await measure(
    "cases.jsonl",
    lines(
      { text: "Heilt Neurodermitis.", market: "de", expected: ["de-disease"] },
      { text: "Levitiert die Haut.", market: "de", expected: ["de-disease"] },
      { text: "Pflegt die Haut.", market: "de", expected: [] },
      { text: "Cures eczema.", market: "us", label: "ok" },
    ),
  );
  expect(found.figures).toMatchObject({
    recall: 0.5,
    precision: 0.5,
    nearMissFalsePositives: 0.5,
    citedShare: 1,
    n: 4,
  });
  expect(found.perClass?.["de"]).toMatchObject({ recall: 0.5, precision: 1, nearMissFalsePositives: 0 });
  expect(found.perClass?.["de-disease"]).toMatchObject({ recall: 0.5, n: 2 });
  expect(found.confusion).toEqual({ violation: { violation: 1, ok: 1 }, ok: { violation: 1, ok: 1 } });
});

test("labels in people's own words and files of other shapes mean the same", async () => {
  const csv =
    "Copy,Country,Violation\nCures eczema.,USA,1\nKeeps skin soft.,us,0\nCures eczema.,en-US,yes\nKeeps skin soft.,United States,compliant\n";
  expect((await measure("copy.csv", csv)).figures).toMatchObject({ recall: 1, precision: 1, n: 4 });
  const listed = lines(
    { claim: "シミが消える", rules: "jp-whitening;jp-other" },
    { claim: "うるおいを与える", rules: "none" },
  );
  expect((await measure("claims.jsonl", listed, { market: "jp" })).figures).toMatchObject({
    recall: 1,
    precision: 1,
  });
});

test("a list of expected rules under names of their own is a violation, an empty one none", async () => {
  const { figures, perClass } = await measure(
    "listed.jsonl",
    lines(
      { text: "Cures acne in 3 days", market: "US", expected: ["medical", "drug claim"] },
      { text: "Moisturises your skin", market: "us", expected: [] },
    ),
  );
  expect(figures).toMatchObject({ recall: 1, precision: 1, positives: 1, nearMisses: 1 });
  expect(perClass?.["medical"]).toMatchObject({ positives: 1, recall: 0 });
});

test("one class only leaves the other's figures out; a copy without rules for its language is named", async () => {
  const found = await measure(
    "one.jsonl",
    lines({ text: "Esta crema cura el eczema y la piel.", market: "de", label: 1 }),
  );
  expect(found.figures).toMatchObject({ recall: 0, precision: null, nearMissFalsePositives: null });
  expect(found.notes.join()).toContain("1 rows are in a language without rules");
});

test("a label that says neither, an unknown market and a missing column are refused by name", async () => {
  await expect(measure("a.jsonl", lines({ text: "x", market: "de", label: "perhaps" }))).rejects.toThrow(
    "invalid label: perhaps in a.jsonl line 1",
  );
  await expect(measure("b.jsonl", lines({ text: "x", market: "atlantis", label: 1 }))).rejects.toThrow(
    "unknown market: atlantis in b.jsonl line 1",
  );
  await expect(measure("c.jsonl", lines({ text: "x", label: 1 }))).rejects.toThrow("missing column: market");
  await expect(measure("d.jsonl", lines({ text: "x", market: "de" }))).rejects.toThrow(
    "missing column: label",
  );
});

test("every market's case prints the honest figure for unseen copy beside today's", () => {
  for (const { id, beside, means } of evaluation.cases("")) {
    expect(
      beside.map(({ measure }) => measure),
      id,
    ).toEqual(["recall", "precision"]);
    const [found, breaches] =
      means
        .match(/found (\d+) of (\d+)/)
        ?.slice(1)
        .map(Number) ?? [];
    expect(beside[0]?.value, id).toBeCloseTo((found ?? 0) / (breaches ?? 1), 3);
  }
});
