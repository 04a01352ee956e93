// Publishes the notes that an edition may cite, passage by passage, so that readers can follow a citation to its source.
import type { Analysis, Row } from "../../core/types.ts";

export const analysis: Analysis = {
  id: "knowledge",
  version: "1.0.0",
  reads: ["pub_knowledge"],
  writes: ["knowledge"],
  run: async ({ warehouse, run }) => ({
    knowledge: (
      await warehouse.query<Row>(
        `select id, note, position, title, market, topic, heading, text, source_title, source_url, source_publisher,
           date, checked, valid_until, expired, languages
         from pub_knowledge order by id`,
      )
    ).map((row) => ({ edition: run.edition, ...row })),
  }),
};
