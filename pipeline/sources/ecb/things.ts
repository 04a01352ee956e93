// The lines of bronze: one currency on one working day, as the ECB prints it.
import { z } from "zod";

export const things = {
  rates: z.strictObject({
    request: z.strictObject({ file: z.enum(["daily", "hist-90d", "hist"]) }),
    collected_at: z.iso.datetime(),
    provenance: z.enum(["observed", "synthetic"]),
    item: z.strictObject({
      date: z.iso.date(),
      currency: z.string().regex(/^[A-Z]{3}$/),
      /** Units of the currency for one euro, digit for digit as printed. */
      rate: z
        .string()
        .regex(/^\d{1,9}(\.\d{1,6})?$/)
        .refine((rate) => Number(rate) > 0, "a rate is above zero"),
    }),
  }),
};
