// Every task that a model is asked.
import { task as contentQuality } from "./content-quality/answer.ts";
import { task as creatorFit } from "./creator-fit/answer.ts";
import { task as culturalFit } from "./cultural-fit/answer.ts";
import { task as editionSummary } from "./edition-summary/answer.ts";
import { task as marketReport } from "./market-report/answer.ts";
import { task as questions } from "./questions/answer.ts";
import { task as sentiment } from "./sentiment/answer.ts";
import { task as themes } from "./themes/answer.ts";
import { task as transcreate } from "./transcreate/answer.ts";
import { task as translateReport } from "./translate-report/answer.ts";
import { task as trendDrivers } from "./trend-drivers/answer.ts";

export const tasks = [
  sentiment,
  themes,
  trendDrivers,
  contentQuality,
  creatorFit,
  culturalFit,
  transcreate,
  marketReport,
  editionSummary,
  questions,
  translateReport,
] as const;
