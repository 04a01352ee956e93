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

/** A labelled post and what the offline engine says of it. */
export interface GoldText {
  readonly text: string;
  /** In the file. */
  readonly line: number;
  readonly language: string;
  readonly truth: string;
  readonly verdict: string;
  /** How likely the engine takes its verdict to be right; 0 without a probability, −1 without a verdict. */
  readonly sure: number;
  readonly file: string;
  readonly sha256: string;
}

/** Creates `pub_gold_verdicts`; empty without labelled posts. Throws a LeapError that names file, line and value. */
export async function seedGold(
  warehouse: OpenWarehouse,
  publication: Publication,
  publications?: string,
): Promise<void> {
  await warehouse.insertRows(
    "pub_gold_verdicts",
    goldColumns,
    goldCounts(await goldTexts(publication, publications)),
  );
}

/** The labelled posts of a publication; none where it has no file of them. */
export async function goldTexts(
  publication: Publication,
  publications = join("data", "publications"),
): Promise<GoldText[]> {
  if (!publication.gold_sentiment) return [];
  const file = join(publications, publication.id, publication.gold_sentiment.file);
  if (!existsSync(file))
    throw new LeapError(
      `missing file: ${relative(".", file)}, named by gold_sentiment in publication.yaml. It holds the columns text and label.`,
    );
  const table = await readTable(file);
  const [text, label] = [columnNamed(table, "text"), columnNamed(table, "label")];
  const annotate = annotator({ terms: [], brands: [] });
  return table.rows.map((row, index) => {
    const truth = truthOf(table, index, row[label]);
    const words = String(row[text] ?? "");
    const { language, polarity, p_negative, p_neutral, p_positive } = annotate(words);
    return {
      ...{ text: words, line: table.lines[index] as number, language, truth },
      verdict: polarity ?? "unclassified",
      sure: polarity === null ? -1 : Math.max(p_negative ?? 0, p_neutral ?? 0, p_positive ?? 0),
      ...{ file: table.name, sha256: table.sha256 },
    };
  });
}

/** How often each verdict fell on each truth, per language. */
export function goldCounts(texts: readonly GoldText[]): Row[] {
  const counts = new Map<string, number>();
  for (const { language, truth, verdict, file, sha256 } of texts) {
    const cell = JSON.stringify({ language, truth, verdict, file, sha256 });
    counts.set(cell, (counts.get(cell) ?? 0) + 1);
  }
  return [...counts]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([cell, texts]) => ({ ...JSON.parse(cell), texts }));
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
