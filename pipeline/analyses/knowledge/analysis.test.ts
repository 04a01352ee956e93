// The passages of a publication reach its dataset whole, and those who search them get back what was laid.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { knowledge } from "../../../data/contract/datasets/knowledge.ts";
import type { AnalysisContext } from "../../core/types.ts";
import { openWarehouse } from "../../core/warehouse.ts";
import { openKnowledge } from "../../knowledge/open.ts";
import { knowledgeRows, knowledgeTable, readPassages } from "../../knowledge/table.ts";
import { analysis } from "./analysis.ts";

const NOTE = `---
id: a
title: A note
market: de
topic: culture
source: { title: The source, url: "https://example.org/", publisher: Somebody }
date: null
checked: 2026-11-21
valid_until: 2026-11-01
languages: [en, de]
---

## One
First.

## Two
Second.
`;

test("every passage is a row of the contract, marked when it has expired", async () => {
  const folder = mkdtempSync(join(tmpdir(), "leap-knowledge-"));
  const warehouse = await openWarehouse();
  try {
    mkdirSync(join(folder, "mine", "knowledge"), { recursive: true });
    writeFileSync(join(folder, "mine", "knowledge", "a.md"), NOTE);
    const { passages } = openKnowledge({
      publication: { id: "mine", markets: ["de"], home_market: null },
      publications: folder,
      reference: folder,
      asOf: "2026-11-20",
    });
    await warehouse.insertRows("pub_knowledge", knowledgeTable, knowledgeRows(passages));
    const { knowledge: rows = [] } = await analysis.run({
      warehouse,
      run: { edition: "2026-W47" },
    } as unknown as AnalysisContext);
    expect(rows.map((row) => knowledge.columns.parse(row))).toEqual(rows);
    expect(rows.map((row) => [row["id"], row["text"], row["expired"], row["languages"]])).toEqual([
      ["a#one", "First.", true, ["en", "de"]],
      ["a#two", "Second.", true, ["en", "de"]],
    ]);
    expect(await readPassages(warehouse)).toEqual(passages);
  } finally {
    warehouse.close();
    rmSync(folder, { recursive: true, force: true });
  }
});
