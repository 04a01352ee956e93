// The `experiments` source: arms that an operator ran side by side. In publication.yaml, or by leap import tests.csv --as experiments:
//   - source: experiments
//     files:
//       - { file: tests.csv, date: 2026-11-01 }
import { importSource } from "../../imports/import-source.ts";
import { experiments } from "./sheet.ts";

export const sheet = experiments;
export const source = importSource("experiments", experiments, new URL("./parser.ts", import.meta.url).href);
