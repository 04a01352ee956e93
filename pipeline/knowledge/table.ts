// The passages as a table of the warehouse: laid before the models, read by the analyses that publish, search or cite them.
import type { Row, Warehouse } from "../core/types.ts";
import type { Passage } from "./passages.ts";

const V = "VARCHAR";

/** Columns of `pub_knowledge`; one row a passage. */
export const knowledgeTable = {
  id: V,
  note: V,
  position: "INTEGER",
  title: V,
  market: V,
  topic: V,
  heading: V,
  text: V,
  source_title: V,
  source_url: V,
  source_publisher: V,
  date: "DATE",
  checked: "DATE",
  valid_until: "DATE",
  expired: "BOOLEAN",
  languages: "VARCHAR[]",
} as const;

export const knowledgeRows = (passages: readonly Passage[]): Row[] =>
  passages.map(({ source, ...passage }) => ({
    ...passage,
    source_title: source.title,
    source_url: source.url,
    source_publisher: source.publisher,
  }));

/** The passages that were laid, in the order of notes. Hand them to `searchOver` or `searchWithVectors`. */
export async function readPassages(warehouse: Warehouse): Promise<Passage[]> {
  const rows = await warehouse.query<Row>(
    `select ${Object.keys(knowledgeTable).join(", ")} from pub_knowledge order by note, position`,
  );
  return rows.map((row) => {
    const { source_title, source_url, source_publisher, ...facts } = row;
    return {
      ...facts,
      anchor: String(facts["id"]).slice(String(facts["note"]).length + 1),
      source: { title: source_title, url: source_url, publisher: source_publisher },
    } as unknown as Passage;
  });
}
