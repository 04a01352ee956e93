// The lines of bronze: one day of one query, as GDELT counts it, with the market and term that it was asked for.
import { z } from "zod";

export const things = {
  volume: z.strictObject({
    request: z.strictObject({ market: z.string().regex(/^[a-z]{2}$/), term: z.string(), query: z.string() }),
    collected_at: z.iso.datetime(),
    provenance: z.enum(["observed", "synthetic"]),
    item: z
      .strictObject({
        /** `20261119T000000Z`. */
        date: z.string().regex(/^\d{8}T\d{6}Z$/),
        /** Articles that match. */
        value: z.number().min(0),
        /** All articles that GDELT saw that day, the world over. */
        norm: z.number().min(0).optional(),
      })
      .refine(({ value, norm }) => norm === undefined || value <= norm, {
        message: "more articles match than there were",
        path: ["value"],
      }),
  }),
};
