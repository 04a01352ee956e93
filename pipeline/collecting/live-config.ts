// What every live source takes in publication.yaml, spread into the source's own schema.
import { z } from "zod";

export const liveConfig = {
  /** Where `main` is asked instead of the platform's own address; `LEAP_<SOURCE>_BASE_URL` goes before it. */
  base_url: z.url().optional(),
  /** `synthetic` when the address answers with invented posts: every page then says so. */
  provenance: z.enum(["observed", "synthetic"]).default("observed"),
  /** One run a slot of so many hours, counted from midnight UTC; a second run in a slot that was collected asks nothing. */
  every_hours: z.number().positive().max(168).default(6),
  /** A run ends after so many minutes, with what it has. */
  deadline_minutes: z.number().positive().default(30),
  /** Pages that one target may take in one run. */
  most_pages: z.int().positive().default(50),
};

/** Hours for sources that change once a day. */
export const daily = { ...liveConfig, every_hours: liveConfig.every_hours.default(24) };
