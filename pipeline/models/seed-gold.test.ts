// Labelled posts are read by the engine of production, and every count keeps what people said beside what the engine says.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import type { Publication } from "../../data/contract/publication.ts";
import { openWarehouse } from "../core/warehouse.ts";
import { seedGold } from "./seed-gold.ts";

const folder = mkdtempSync(join(tmpdir(), "leap-gold-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function counted(csv: string | null, file = "gold.csv") {
  mkdirSync(join(folder, "mine"), { recursive: true });
  if (csv !== null) writeFileSync(join(folder, "mine", file), csv);
  const gold_sentiment = { file, labelled_by: "two readers", date: "2026-11-20" };
  const warehouse = await openWarehouse();
  try {
    await seedGold(warehouse, { id: "mine", gold_sentiment } as Publication, folder);
    return await warehouse.query(
      "select language, truth, verdict, texts from pub_gold_verdicts order by all",
    );
  } finally {
    warehouse.close();
  }
}

test("each labelled post counts once under its language, its label and the engine's verdict", async () => {
  const rows = await counted(
    `text,label\nI love this serum so much it is wonderful,positive\nThis cream is horrible and I hate it,Negative\n"Ich liebe dieses Serum, es ist wunderbar",positive\n`,
  );
  expect(rows).toEqual([
    { language: "de", truth: "positive", verdict: "positive", texts: 1 },
    { language: "en", truth: "negative", verdict: "negative", texts: 1 },
    { language: "en", truth: "positive", verdict: "positive", texts: 1 },
  ]);
});

test("a label outside the scheme is refused with file, line and value; a missing file and column by name", async () => {
  await expect(counted("text,label\nfine,positive\nwell,so-so\n")).rejects.toThrow(
    'unknown label: "so-so" in gold.csv, line 3. A label is positive, neutral, negative.',
  );
  await expect(counted("text,mood\nfine,positive\n")).rejects.toThrow("unknown column: label in gold.csv");
  await expect(counted(null, "nowhere.csv")).rejects.toThrow(
    /missing file: .*nowhere.csv, named by gold_sentiment/,
  );
});
