// The lines of bronze: one day of one article, as the API says it, with the market and term that it was asked for.
import { z } from "zod";

export const things = {
  views: z.strictObject({
    request: z.strictObject({
      market: z.string().regex(/^[a-z]{2}$/),
      term: z.string(),
      project: z.string(),
      article: z.string(),
    }),
    collected_at: z.iso.datetime(),
    provenance: z.enum(["observed", "synthetic"]),
    item: z.strictObject({
      /** Year, month, day and the hour 00. */
      timestamp: z.string().regex(/^\d{8}(\d\d)?$/),
      views: z.int().min(0),
    }),
  }),
};
