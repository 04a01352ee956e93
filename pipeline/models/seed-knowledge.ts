// Lays what analyses may cite beside the posts: the passages of the publication's notes and of the reference folder.
import type { Publication } from "../../data/contract/publication.ts";
import type { RunClock } from "../core/types.ts";
import type { OpenWarehouse } from "../core/warehouse.ts";
import { openKnowledge } from "../knowledge/open.ts";
import { knowledgeRows, knowledgeTable } from "../knowledge/table.ts";

/** Creates `pub_knowledge`; empty without notes. Throws a LeapError that names file and line. */
export async function seedKnowledge(
  warehouse: OpenWarehouse,
  publication: Publication,
  run: RunClock,
  reference: string,
  publications?: string,
): Promise<void> {
  const { passages } = openKnowledge({ publication, asOf: run.as_of, reference, publications });
  await warehouse.insertRows("pub_knowledge", knowledgeTable, knowledgeRows(passages));
}
