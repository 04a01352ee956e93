// The collectors' account of their work, by source and market: what was scheduled and done, which hours were seen, and what nobody noticed in time.
import type { Provenance } from "../../../data/contract/columns.ts";
import { weakestProvenanceSql } from "../../core/provenance.ts";
import { periodWeeks } from "./coverage.ts";

/** One source, platform and market, as the warehouse counts it; times as ISO instants, hours as hours. */
export type Counted = {
  source: string;
  platform: string;
  market: string;
  has_posts: boolean;
  /** Monday at which the period of the edition begins. */
  from_at: string;
  as_of: string;
  first_slot: string;
  last_slot: string;
  /** Whether the desk asks it: then the schedule goes on after the last row. A source that brings runs of its own ends where its rows do. */
  by_desk: boolean;
  /** Median of the hours between neighbouring slots; null with a single one. */
  every_hours: number | null;
  runs: number;
  succeeded: number;
  missed: number;
  failures: readonly { reason: string; n: number }[];
  last_succeeded_at: string | null;
  hours_lost: number | null;
  pages_available: number | null;
  pages_fetched: number | null;
  requests: number | null;
  posts_received: number | null;
  posts_repeated: number | null;
  quarantined: number | null;
  deleted_upstream: number | null;
  targets_queued: number | null;
  first_covered_at: string | null;
  last_covered_at: string | null;
  hours_covered: number;
  provenance: Provenance;
};

const HOUR = 3_600_000;

/**
 * A row of the dataset `collections`, without its edition. Slots that were over before the clock and that nobody has written down count as missed:
 * a collector that stopped says nothing of it, and its silence must not read as success.
 */
export function collectionOf(row: Counted) {
  const overdue = slotsOverdue(row);
  const missed = row.missed + overdue;
  const scheduled = row.runs + overdue;
  const began = row.runs - row.succeeded - row.missed;
  const start = Math.max(
    at(row.from_at),
    Math.min(at(row.first_slot), at(row.first_covered_at ?? row.first_slot)),
  );
  const seen = Math.max(at(row.last_slot), at(row.last_covered_at ?? row.last_slot));
  const overdueUntil = at(row.last_slot) + (overdue + 1) * (row.every_hours ?? 0) * HOUR;
  const end = Math.max(start, overdue > 0 ? Math.max(seen, overdueUntil) : seen);
  const hours = (end - start) / HOUR;
  const others = row.failures.filter(({ reason }) => reason !== "missed");
  return {
    source: row.source,
    platform: row.platform,
    market: row.market,
    has_posts: row.has_posts,
    period_start: new Date(start).toISOString(),
    period_end: new Date(end).toISOString(),
    every_hours: row.every_hours,
    runs_scheduled: scheduled,
    runs_succeeded: row.succeeded,
    runs_missed: missed,
    runs_failed: began,
    failures: [...(missed > 0 ? [{ reason: "missed", n: missed }] : []), ...others]
      .sort((a, b) => b.n - a.n || (a.reason < b.reason ? -1 : 1))
      .map(({ reason, n }) => `${reason}: ${n}`),
    hours,
    hours_uncovered: Math.max(0, hours - row.hours_covered),
    hours_lost: row.hours_lost,
    pages_available: row.pages_available,
    pages_fetched: row.pages_fetched,
    requests: row.requests,
    posts_received: row.posts_received,
    posts_repeated: row.posts_repeated,
    quarantined: row.quarantined,
    deleted_upstream: row.deleted_upstream,
    targets_queued: row.targets_queued,
    first_covered_at: row.first_covered_at,
    last_covered_at: row.last_covered_at,
    last_succeeded_at: row.last_succeeded_at,
    provenance: row.provenance,
  };
}

/** Slots after the last written one that were over before the clock. The slot that is open at the clock may still be run. */
export function slotsOverdue({
  by_desk,
  every_hours,
  last_slot,
  as_of,
}: Pick<Counted, "by_desk" | "every_hours" | "last_slot" | "as_of">): number {
  if (!by_desk || !every_hours) return 0;
  return Math.max(0, Math.floor((at(as_of) - at(last_slot)) / (every_hours * HOUR)) - 1);
}

const at = (iso: string): number => Date.parse(iso);

/** Hours that collectors say are lost for good, by market; `all` is the caller's to pool. Null where no source says. */
export function hoursLost(
  rows: readonly { market: string; hours_lost: number | null }[],
  markets: readonly string[],
): number | null {
  const said = rows.flatMap(({ market, hours_lost }) =>
    markets.includes(market) && hours_lost !== null ? [hours_lost] : [],
  );
  return said.length === 0 ? null : said.reduce((sum, hours) => sum + hours, 0);
}

/** Rows of `Counted`. What belongs to no market, such as currencies, stands under `all`. */
export const countedCollections = `
  with period as (select until - interval ${7 * periodWeeks} day as from_at, as_of from run),
  runs as (
    select coalesce(c.market, 'all') as market, c.* exclude (market), p.from_at, p.as_of
    from int_collector_runs c, period p
    where c.scheduled_at >= p.from_at
  ),
  slots as (
    select source, platform, market, scheduled_at, lag(scheduled_at) over (partition by source, platform, market order by scheduled_at) as before
    from (select distinct source, platform, market, scheduled_at from runs)
  ),
  cadence as (
    select source, platform, market, quantile_disc(date_diff('second', before, scheduled_at), 0.5) / 3600 as every_hours
    from slots where before is not null
    group by all
  ),
  reasons as (
    select source, platform, market, list({reason: reason, n: n} order by n desc, reason) as failures
    from (
      select source, platform, market, coalesce(reason, 'not said') as reason, count(*)::int as n
      from runs where not succeeded group by all
    )
    group by all
  ),
  covered as (
    select source, platform, coalesce(w.market, 'all') as market,
      min(greatest(w.start, p.from_at)) as first_covered_at, max(w.until) as last_covered_at,
      sum(date_diff('second', greatest(w.start, p.from_at), w.until)) / 3600 as hours_covered
    from int_collector_windows w, period p
    where w.until > p.from_at
    group by all
  ),
  counted as (
    select
      source, platform, market, bool_or(has_posts) as has_posts, any_value(from_at) as from_at, any_value(as_of) as as_of,
      bool_or(run is not null) as by_desk, min(scheduled_at) as first_slot, max(scheduled_at) as last_slot,
      count(*)::int as runs, count(*) filter (where succeeded)::int as succeeded,
      count(*) filter (where not succeeded and reason = 'missed')::int as missed,
      max(scheduled_at) filter (where succeeded) as last_succeeded_at,
      sum(hours_lost)::double as hours_lost,
      sum(pages_available)::bigint as pages_available, sum(pages_fetched)::bigint as pages_fetched, sum(requests)::bigint as requests,
      sum(posts_received)::bigint as posts_received, sum(posts_repeated)::bigint as posts_repeated, sum(quarantined)::bigint as quarantined,
      sum(deleted_upstream)::bigint as deleted_upstream,
      max({scheduled_at: scheduled_at, queued: targets_queued}) filter (where reason is distinct from 'missed').queued as targets_queued,
      ${weakestProvenanceSql} as provenance
    from runs
    group by all
  )
  select counted.*, every_hours::double as every_hours, coalesce(failures, []) as failures,
    first_covered_at, last_covered_at, coalesce(hours_covered, 0)::double as hours_covered
  from counted
  left join cadence using (source, platform, market)
  left join reasons using (source, platform, market)
  left join covered using (source, platform, market)
  order by source, platform, market`;
