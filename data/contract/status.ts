// /api/v1/status.json and /api/v1/health.json: whether an edition can be trusted, and why not. The page /status/ and `leap status` say the same.
import { z } from "zod";
import { collectionLimits, collections, incidents } from "./datasets/collections.ts";
import { Gap, Stamps } from "./edition.ts";
import { CommandRun } from "./run-record.ts";

const instant = z.iso.datetime();
const count = z.int().min(0);
/** Hours since something was last seen, at the clock of the edition. */
const age = z.number().min(0).nullable();

export const healthState = z.enum(["pass", "warn", "fail"]);
export type HealthState = z.output<typeof healthState>;

/** One source in one market against its promise. */
export const SourceFreshness = z.strictObject({
  source: z.string(),
  platform: z.string(),
  has_posts: z.boolean(),
  state: healthState,
  /** Last instant that a collection saw; null where none did in 13 weeks. */
  last_covered_at: instant.nullable(),
  age_hours: age,
  /** Hours after which it is late: the tolerance, and what its schedule is longer than a day. */
  promised_hours: z.number(),
});

export const MarketFreshness = z.strictObject({
  market: z.string(),
  name: z.string(),
  /** `not_scheduled`: files, which promise nothing. */
  state: z.enum(["pass", "warn", "fail", "not_scheduled"]),
  last_covered_at: instant.nullable(),
  age_hours: age,
  /** When a reader should call it late, and too late, if nothing newer was published by then; never before the next edition is due. */
  warn_at: instant.nullable(),
  fail_at: instant.nullable(),
  sources: z.array(SourceFreshness),
});
export type MarketFreshness = z.output<typeof MarketFreshness>;

export const HealthReason = z.strictObject({
  state: z.enum(["warn", "fail"]),
  code: z.enum(["freshness", "collections", "limit", "queued", "incident", "check", "gap", "run"]),
  says: z.string(),
});
export type HealthReason = z.output<typeof HealthReason>;

export const Health = z.strictObject({
  status: healthState,
  publication: z.string(),
  edition: z.string(),
  /** The clock of the edition, at which all of this was so; never the time at which the file was written. */
  as_of: instant,
  reasons: z.array(HealthReason),
  /** A reader's clock beyond these makes the publication late or too late, whatever `status` says. */
  next_expected_at: instant.nullable(),
  warn_at: instant.nullable(),
  fail_at: instant.nullable(),
});
export type Health = z.output<typeof Health>;

const withoutEdition = <Shape extends z.ZodRawShape>(columns: z.ZodObject<Shape>) =>
  columns.omit({ edition: true } as never) as unknown as z.ZodObject<Omit<Shape, "edition">>;

export const Status = z.strictObject({
  publication: z.string(),
  title: z.string(),
  edition: z.string(),
  provenance: z.string(),
  as_of: instant,
  health: Health,
  stamps: Stamps,
  freshness: z.strictObject({
    warn_hours: z.number(),
    error_hours: z.number(),
    markets: z.array(MarketFreshness),
  }),
  rows: z.strictObject({
    received: count,
    kept: count,
    duplicates: count,
    quarantined: count,
    withdrawn: count,
  }),
  collections: z.array(withoutEdition(collections.columns)),
  /** Requests sent by source over the period of the collections; null where a source does not count them. */
  api_calls: z.array(z.strictObject({ source: z.string(), requests: count.nullable() })),
  limits: z.array(withoutEdition(collectionLimits.columns)),
  incidents: z.strictObject({
    total: count,
    errors: count,
    warnings: count,
    /** The newest first, at most fifty; all of them are in the dataset. */
    latest: z.array(withoutEdition(incidents.columns)),
  }),
  checks: z.strictObject({ passed: count, failed: z.array(z.string()) }),
  analyses: z.strictObject({
    questions: count,
    answered: count,
    dropped: count,
    not_answered: count,
    /** Answers of an earlier edition that were used again. */
    kept: count,
    /** Kept over answered; null where nothing was answered. */
    cache_hit_rate: z.number().min(0).max(1).nullable(),
    /** Paid for this edition. */
    cost_usd: z.number().min(0),
  }),
  gaps: z.array(Gap),
  editions: z.array(
    z.strictObject({
      edition: z.string(),
      data_through: z.iso.date(),
      published_at: instant,
      kept: count,
      gaps: count,
    }),
  ),
  /** Commands of the machine that made this, the last first; empty where its journal is not at hand. */
  runs: z.array(CommandRun),
});
export type Status = z.output<typeof Status>;
