import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import { seededRandom } from "../../stats/seeded-random.ts";
import { evaluation } from "./evaluation.ts";

const folder = mkdtempSync(path.join(tmpdir(), "leap-content-quality-"));
afterAll(() => rmSync(folder, { recursive: true }));
const context = {
  log: { info: () => {}, warn: () => {}, progress: () => {} },
  random: seededRandom,
  milliseconds: () => 0,
};
/** Posts of 30 accounts of different size; naming the word multiplies likes by `lift`. */
function posts(name: string, lift: number, rows = 240): string {
  const chance = seededRandom(name);
  const lines = Array.from({ length: rows }, (_, i) => {
    const named = chance() < 0.5;
    const rest = ["cream", "toner", "mask", "sun", "peel"].filter(() => chance() < 0.5).join(" ");
    const likes = Math.round((100 + 40 * (i % 30)) * (named ? lift : 1) * (0.6 + 0.8 * chance()));
    return `account${i % 30},2026-0${1 + (i % 9)}-1${i % 10},${named ? "glowing " : ""}${rest} today,${likes},${Math.round(likes / 20)}`;
  });
  const file = path.join(folder, `${name}.csv`);
  writeFileSync(file, `account,date,caption,likes,comments\n${lines.join("\n")}\n`);
  return file;
}

test("a word that lifts engagement is learned from some accounts and found in others; craft alone does not see it", async () => {
  const { n, figures } = await evaluation.evaluate({ file: posts("lifted", 2.5), lang: "en" }, context);
  expect(n).toBe(240);
  expect(figures["spearman"]).toBeGreaterThan(0.3);
  expect(figures["spearmanLow"]).toBeGreaterThan(0.1);
  expect(figures["resonanceProvenShare"]).toBe(1);
  expect(Math.abs(figures["spearmanCraft"] as number)).toBeLessThan(figures["spearman"] as number);
});

test("where nothing goes with engagement, resonance is not counted and the interval holds 0", async () => {
  const { figures } = await evaluation.evaluate({ file: posts("chance", 1), lang: "en" }, context);
  expect(figures["resonanceProvenShare"]).toBeLessThan(0.5);
  expect(figures["spearmanLow"]).toBeLessThan(0.05);
});

test("too few posts, no counts and no caption are refused with what to do", async () => {
  await expect(evaluation.evaluate({ file: posts("few", 1, 40) }, context)).rejects.toThrow(
    "at least 60 are needed",
  );
  const bare = path.join(folder, "bare.csv");
  writeFileSync(bare, "when,colour\n2026-01-01,red\n");
  await expect(evaluation.evaluate({ file: bare }, context)).rejects.toThrow(
    "looks like likes or comments. Name them with --target.",
  );
  writeFileSync(bare, "when,likes\n2026-01-01,3\n");
  await expect(evaluation.evaluate({ file: bare }, context)).rejects.toThrow(
    "looks like a caption. Name it with --text.",
  );
});
