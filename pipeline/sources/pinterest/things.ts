// The lines of bronze: one keyword of one list of trends, as Pinterest gives it on the day it is asked. There is no way to ask for an earlier day.
import { z } from "zod";

export const TREND_TYPES = ["growing", "monthly", "yearly", "seasonal"] as const;

/** Percent, whole and rounded; 10001 says more than ten thousand. */
const growth = z.int().min(-10_001).max(10_001).optional();

export const things = {
  trends: z.strictObject({
    request: z.strictObject({
      market: z.string().regex(/^[a-z]{2}$/),
      region: z.string(),
      trend_type: z.enum(TREND_TYPES),
    }),
    collected_at: z.iso.datetime(),
    provenance: z.enum(["observed", "synthetic"]),
    item: z.strictObject({
      keyword: z.string().min(1),
      pct_growth_wow: growth,
      pct_growth_mom: growth,
      pct_growth_yoy: growth,
      /** Searches of a week, the keyword's own highest being 100; oldest first. */
      time_series: z.array(z.strictObject({ date: z.iso.date(), value: z.number().min(0) })).optional(),
    }),
  }),
} as const;
