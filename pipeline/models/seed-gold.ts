// Reads the posts that people labelled for a publication and counts how often the sentiment engine says of them what people said:
// the errors it makes on this category, which no public data set can tell.
import { existsSync } from "node:fs";
import { join, relative } from "node:path";
import type { Publication } from "../../data/contract/publication.ts";
import { LeapError } from "../core/errors.ts";
import { columnNamed, readTable, type Table } from "../core/table.ts";
import type { Row } from "../core/types.ts";
import type { OpenWarehouse } from "../core/warehouse.ts";
import { annotator } from "../texts/annotate.ts";

/** `verdict` is `unclassified` where the engine has none; `language` is the one the engine reads the post in. */
export const goldColumns = {
  language: "VARCHAR",
  truth: "VARCHAR",
  verdict: "VARCHAR",
  texts: "INTEGER",
  file: "VARCHAR",
  sha256: "VARCHAR",
};

const LABELS = ["positive", "neutral", "negative"];

/** Creates `pub_gold_verdicts`; empty without labelled posts. Throws a LeapError that names file, line and value. */
export async function seedGold(
  warehouse: OpenWarehouse,
  publication: Publication,
  publications = join("data", "publications"),
): Promise<void> {
  const gold = publication.gold_sentiment;
  const rows = gold ? await verdicts(join(publications, publication.id, gold.file)) : [];
  await warehouse.insertRows("pub_gold_verdicts", goldColumns, rows);
}

async function verdicts(file: string): Promise<Row[]> {
  if (!existsSync(file))
    throw new LeapError(
      `missing file: ${relative(".", file)}, named by gold_sentiment in publication.yaml. It holds the columns text and label.`,
    );
  const table = await readTable(file);
  const [text, label] = [columnNamed(table, "text"), columnNamed(table, "label")];
  const annotate = annotator({ terms: [], brands: [] });
  const counts = new Map<string, number>();
  for (const [index, row] of table.rows.entries()) {
    const truth = truthOf(table, index, row[label]);
    const { language, polarity } = annotate(String(row[text] ?? ""));
    const cell = JSON.stringify({ language, truth, verdict: polarity ?? "unclassified" });
    counts.set(cell, (counts.get(cell) ?? 0) + 1);
  }
  return [...counts]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([cell, texts]) => ({ ...JSON.parse(cell), texts, file: table.name, sha256: table.sha256 }));
}

function truthOf(table: Table, index: number, value: unknown): string {
  const label = String(value ?? "")
    .trim()
    .toLowerCase();
  if (!LABELS.includes(label))
    throw new LeapError(
      `unknown label: ${JSON.stringify(value)} in ${table.name}, line ${table.lines[index]}. A label is ${LABELS.join(", ")}.`,
    );
  return label;
}
