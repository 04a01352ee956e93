// The lines of bronze: posts that a keyword search found. The platform gives the names of their authors; they are not kept.
import { z } from "zod";

export const things = {
  posts: z.strictObject({
    request: z.strictObject({
      market: z
        .string()
        .regex(/^[a-z]{2}$/)
        .nullable(),
      query: z.string(),
      mode: z.enum(["KEYWORD", "TAG"]),
    }),
    collected_at: z.iso.datetime(),
    provenance: z.enum(["observed", "synthetic"]),
    item: z.strictObject({
      id: z.string().regex(/^\d+$/),
      /** Absent where a post has none, and where it has expired. */
      text: z.string().optional(),
      media_type: z.string().optional(),
      permalink: z.url({ protocol: /^https?$/ }).optional(),
      /** `2026-11-20T08:15:32+0000`. */
      timestamp: z
        .string()
        .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+0000$/)
        .refine((time) => Number.isFinite(Date.parse(time)), "no such moment"),
    }),
  }),
} as const;
