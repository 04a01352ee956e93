// Options of the evaluations that read a file of labelled texts.
import type { EvaluationOption } from "../core/evaluation.ts";

export const labelledTextOptions: readonly EvaluationOption[] = [
  {
    flags: "--file <file>",
    says: "labelled texts: CSV, TSV, JSON, NDJSON or Parquet",
    required: true,
    file: true,
  },
  { flags: "--text <column>", says: "column of the texts", required: true },
];
