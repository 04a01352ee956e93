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
