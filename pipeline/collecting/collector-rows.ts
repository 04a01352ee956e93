// What the desk says of its own work: rows of the source `collector`, one receipt a run, beside the receipts of the sources that were asked.
import { z } from "zod";

const count = z.int().min(0);
const instant = z.iso.datetime();
const market = z.string().regex(/^[a-z]{2}$/);

/** One row a slot, source and market; a slot that nobody ran in is a row, too. */
export const RunRow = z.strictObject({
  source: z.string(),
  platform: z.string(),
  /** Null for what belongs to no market, such as currencies. */
  market: market.nullable(),
  /** Id of the run; null for a slot that was missed. */
  run: z.string().nullable(),
  /** The slot. */
  scheduled_at: instant,
  started_at: instant.nullable(),
  ended_at: instant.nullable(),
  /** Every essential target was walked to its end, or stopped for a reason of its own (banned, gone). */
  succeeded: z.boolean(),
  /** Why not: missed | deadline | limit | account | configuration | breaker | no_credential. */
  reason: z.string().nullable(),
  targets: count,
  targets_done: count,
  /** Stopped for a reason of their own. */
  targets_stopped: count,
  /** Waiting for a limit, such as the 31st hashtag. */
  targets_queued: count,
  pages_available: count.nullable(),
  pages_fetched: count,
  requests: count,
  hashtags_used: count.nullable(),
  posts_received: count,
  /** Of these, seen before within the run. */
  posts_repeated: count,
  quarantined: count,
  /** Removed because the platform says they are gone. */
  deleted_upstream: count,
  covered_from: instant.nullable(),
  covered_until: instant.nullable(),
  /** Hours before `covered_from` and after the last run's `covered_until` that no run can see any more; null without a window. */
  hours_lost: z.number().min(0).nullable(),
  provenance: z.enum(["observed", "synthetic"]),
});

/** One row a run and limit: what was used and what is left when the run ended. */
export const LimitRow = z.strictObject({
  source: z.string(),
  run: z.string(),
  at: instant,
  limit: z.string(),
  title: z.string(),
  unit: z.string(),
  /** First 8 hex digits of the SHA-256 of whose limit it is. */
  account: z.string(),
  capacity: z.number(),
  used: z.number(),
  left: z.number(),
  resets_at: instant.nullable(),
  /** As the server counts, where it says. */
  server_used_pct: z.number().nullable(),
  /** Things that wait for a place, such as hashtags. */
  queued: z.array(z.string()),
});

/** One row for each thing that went wrong or that somebody should know. */
export const IncidentRow = z.strictObject({
  source: z.string(),
  run: z.string(),
  at: instant,
  market: market.nullable(),
  /** Null when the whole source is meant. */
  target: z.string().nullable(),
  /** retried | paused | stop_account | stop_target | configuration | breaker | queued | token_expires | lost | broken_answer | noted. */
  kind: z.string(),
  severity: z.enum(["info", "warning", "error"]),
  /** For people; no text of a post, no secret. */
  says: z.string(),
  provenance: z.enum(["observed", "synthetic"]),
});

export const collectorThings = { runs: RunRow, limits: LimitRow, incidents: IncidentRow };
