// Judged hits as people bring them, and what counts as right.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import type { EvaluationContext, Given } from "../../core/evaluation.ts";
import { silentLog } from "../../core/log.ts";
import { seededRandom } from "../../stats/seeded-random.ts";
import { evaluation } from "./evaluation.ts";

const folder = mkdtempSync(path.join(tmpdir(), "leap-taxonomy-"));
afterAll(() => rmSync(folder, { recursive: true }));
const context: EvaluationContext = { log: silentLog, random: seededRandom, milliseconds: () => 0 };
const evaluate = (given: Given) => evaluation.evaluate(given, context);

function file(name: string, rows: readonly object[]): string {
  const place = path.join(folder, name);
  writeFileSync(place, rows.map((row) => `${JSON.stringify(row)}\n`).join(""));
  return place;
}

test("a wrong hit counts while the matcher makes it, and no longer once the taxonomy fences it", async () => {
  const judged = file("judged.ndjson", [
    { caption: "The serum is light", language: "en", term: "serum", right: 1 },
    { caption: "My mood is serum, they say, as a joke", language: "en", term: "serum", right: "wrong" },
    { caption: "A printer toner for the office", language: "en", term: "toner", right: 0 },
    { caption: "I have nothing to say", language: "en", term: "toner", right: 1 },
  ]);
  const { n, figures, perClass } = await evaluate({ file: judged });
  expect(n).toBe(2);
  expect(figures).toMatchObject({ precision: 0.5, lost: 1 });
  expect(figures["precisionLow"]).toBeLessThan(0.5);
  expect(perClass?.["en"]).toMatchObject({ precision: 0.5, n: 2 });
});

test("languages are recognised where nobody names them, and no hit at all has no precision", async () => {
  const { figures, perClass } = await evaluate({
    file: file("none.ndjson", [
      { text: "Rien à dire aujourd'hui, bonne journée à tous", term: "toner", label: 0 },
    ]),
  });
  expect(figures).toMatchObject({ precision: null, precisionLow: null });
  expect(perClass).toEqual({});
});

test("a label outside the scheme is refused with its line", async () => {
  const judged = file("bad.ndjson", [{ caption: "serum", term: "serum", right: "perhaps" }]);
  await expect(evaluate({ file: judged })).rejects.toThrow("unknown label: perhaps in bad.ndjson, line 1");
  await expect(evaluate({ taxonomy: "cars" })).rejects.toThrow("unknown taxonomy: cars");
});

test("the judged hits of the sample hold the target", async () => {
  const { n, figures } = await evaluate({});
  expect(n).toBeGreaterThanOrEqual(290);
  expect(figures["precision"]).toBeGreaterThanOrEqual(0.95);
});
