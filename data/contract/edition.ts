// An edition: one dated issue of a publication, its freshness stamps, and what the site needs to know about it.
import { z } from "zod";
import { edition, provenance } from "./columns.ts";

const instant = z.iso.datetime();

/** The five stamps of the status strip. All derive from the bronze receipts and `--as-of`, so that they repeat. */
export const Stamps = z.strictObject({
  data_through: z.iso.date(),
  collected_at: instant,
  analysed_at: instant,
  published_at: instant,
  /** Null when nothing is scheduled: the publication was made from files. */
  next_expected_at: instant.nullable(),
});

/** Hours since a market was last seen, after which it is late, and too late. */
export const Freshness = z
  .strictObject({
    warn_hours: z.number().positive().default(36),
    error_hours: z.number().positive().default(72),
  })
  .refine(({ warn_hours, error_hours }) => warn_hours <= error_hours, "error_hours comes after warn_hours")
  .prefault({});

export const Market = z.strictObject({
  code: z.string(),
  name: z.string(),
  /** `target`: has a report. `home`: the reference market. `unassigned`: posts whose market nobody stated. */
  role: z.enum(["target", "home", "unassigned"]),
  languages: z.array(z.string()),
});

/** A page section that could not be filled, and why; the page prints both. */
export const Gap = z.strictObject({
  section: z.string(),
  reason: z.string(),
  /** What would fill it, as a sentence. */
  needs: z.string(),
});

export const Edition = z.strictObject({
  publication: z.string(),
  title: z.string(),
  tagline: z.string(),
  site_url: z.url(),
  edition,
  previous_edition: edition.nullable(),
  /** ISO days: last complete week covered, Monday and Sunday. */
  week_start: z.iso.date(),
  week_end: z.iso.date(),
  stamps: Stamps,
  /** What the publication promises; see status.ts. */
  freshness: Freshness,
  provenance,
  engine: z.enum(["offline", "llm"]),
  markets: z.array(Market),
  category: z.string(),
  sources: z.array(z.strictObject({ id: z.string(), title: z.string(), licence_note: z.string() })),
  counts: z.strictObject({
    received: z.int(),
    kept: z.int(),
    duplicates: z.int(),
    quarantined: z.int(),
    /** Rows taken out since they came: deleted upstream, erased, opted out. */
    withdrawn: z.int().default(0),
  }),
  gaps: z.array(Gap),
  notices: z.array(z.string()),
  /** Where people ask to be corrected or left out: an address of mail or of a page. Null: the publication names none. */
  contact: z.string().nullable().default(null),
  licence: z.string(),
});
export type Edition = z.output<typeof Edition>;

/** `published/editions.json`: every edition that readers can open, oldest first, and which of them is the latest. */
export const Editions = z.strictObject({
  publication: z.string(),
  latest: edition,
  editions: z.array(z.strictObject({ edition, sha256: z.string() })),
});
export type Editions = z.output<typeof Editions>;

/** `published/<edition>/<dataset>/manifest.json`. */
export const Manifest = z.strictObject({
  dataset: z.string(),
  title: z.string(),
  version: z.string(),
  edition,
  rows: z.int(),
  columns: z.int(),
  provenance,
  licence: z.string(),
  period_start: z.iso.date().nullable(),
  period_end: z.iso.date().nullable(),
  files: z.array(
    z.strictObject({ name: z.string(), media_type: z.string(), bytes: z.int(), sha256: z.string() }),
  ),
  lineage: z.array(z.string()),
  checks: z.array(z.strictObject({ check: z.string(), passed: z.boolean(), failing_rows: z.int() })),
});
export type Manifest = z.output<typeof Manifest>;
