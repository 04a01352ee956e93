// The metric register: what each published number means, its formula and since when. One YAML file a metric in data/reference/metrics.
import { z } from "zod";

export const MetricDefinition = z.strictObject({
  /** snake_case; the first part of every metric id. */
  id: z.string().regex(/^[a-z][a-z0-9_]*$/),
  title: z.string(),
  /** One sentence for the popover. */
  definition: z.string(),
  formula: z.string(),
  unit: z.string(),
  /** Whose definition: a paper, a vendor's page, or "ours". */
  source: z.string(),
  interval: z.string(),
  /** What a reader must not conclude from it. */
  limits: z.string(),
  /** The analysis or SQL model that computes it, as a path in the repository. */
  computed_in: z.string(),
  /** Published dataset and column that carry it. */
  dataset: z.string(),
  column: z.string(),
  /** SQL over the warehouse for the rows behind one value; `$market`, `$entity`, `$start`, `$end` are filled from the metric value. */
  rows_sql: z.string(),
  /** How the value comes out of published rows: the page does this sum anew for every edition. Absent where no published row holds all of it. */
  example: z
    .strictObject({
      dataset: z.string(),
      /** Column → value of the rows taken; `$market` and `$entity` stand for those of the metric value. */
      rows: z.record(z.string(), z.string()),
      /** Column of days that must lie in the metric's period, where rows of several weeks are taken. */
      between: z.string().optional(),
      /** Arithmetic over the columns of one row, or over `sum(column)` of many: + − × ÷ · ^, brackets, `sqrt()`. */
      expression: z.string(),
    })
    .optional(),
  valid: z.array(
    z.strictObject({
      from: z.string().regex(/^\d{4}-W\d{2}$/),
      to: z
        .string()
        .regex(/^\d{4}-W\d{2}$/)
        .nullable(),
      version: z.string(),
      change: z.string(),
    }),
  ),
});
export type MetricDefinition = z.output<typeof MetricDefinition>;
