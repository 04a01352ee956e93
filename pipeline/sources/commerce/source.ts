// The `commerce` source: orders that an operator exports from a shop. In publication.yaml, or by leap import orders.csv --as orders:
//   - source: commerce
//     files:
//       - { file: orders.csv, date: 2026-11-01 }
import { importSource } from "../../imports/import-source.ts";
import { orders } from "./sheet.ts";

export const sheet = orders;
export const source = importSource("commerce", orders, new URL("./parser.ts", import.meta.url).href);
