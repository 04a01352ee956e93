// The `events` source: public events that an operator lists, marked on the charts beside the curated ones. In publication.yaml, or by
// leap import fairs.csv --as events:
//   - source: events
//     files:
//       - { file: fairs.csv, date: 2026-11-01, dates: DD/MM/YYYY }
import { importSource } from "../../imports/import-source.ts";
import { events } from "./sheet.ts";

export const sheet = events;
export const source = importSource("events", events, new URL("./parser.ts", import.meta.url).href);
