// The `campaigns` source: what an operator spent, where and when. In publication.yaml, or by leap import spend.csv --as campaigns:
//   - source: campaigns
//     files:
//       - { file: spend.csv, date: 2026-11-01, decimal: "," }
import { importSource } from "../../imports/import-source.ts";
import { campaigns } from "./sheet.ts";

export const sheet = campaigns;
export const source = importSource("campaigns", campaigns, new URL("./parser.ts", import.meta.url).href);
