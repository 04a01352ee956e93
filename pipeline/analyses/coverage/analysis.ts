// What we looked at and what we missed, by market, platform and week, and in total over 13 weeks.
import type { Provenance } from "../../../data/contract/columns.ts";
import { weakestProvenance, weakestProvenanceSql } from "../../core/provenance.ts";
import type { Analysis, RunClock, Warehouse } from "../../core/types.ts";
import { type Counted, collectionOf, countedCollections, hoursLost } from "./collections.ts";
import { type CoverageWeek, coverageOf, coverageTotals, periodWeeks } from "./coverage.ts";
import { countedIncidents, countedLimits } from "./limits.ts";

export const analysis: Analysis = {
  id: "coverage",
  version: "1.1.0",
  reads: [
    "run",
    "pub_markets",
    "pub_creators",
    "posts",
    "all_limits",
    "all_incidents",
    "int_collector_runs",
    "int_collector_windows",
    "coverage_counted",
  ],
  writes: ["coverage_weeks", "collections", "collection_limits", "incidents", "metrics"],
  async run({ warehouse, run, previous }) {
    const weeks = await warehouse.query<CoverageWeek & { provenance: Provenance }>(coverageWeeks);
    const before = new Map((await previous("metrics")).map((row) => [row["metric_id"], row["value"]]));
    const start = periodStart(run);
    const recent = weeks.filter(({ week }) => week >= start);
    const markets = await pooledMarkets(warehouse, recent);
    const received = await warehouse.query<Received>(postsReceived);
    const collections = (await warehouse.query<Counted>(countedCollections)).map(collectionOf);
    const limits = await warehouse.query(countedLimits);
    const incidents = await warehouse.query(countedIncidents);
    return {
      collections: collections.map((row) => ({ edition: run.edition, ...row })),
      collection_limits: limits.map((row) => ({ edition: run.edition, ...row })),
      incidents: incidents.map((row, index) => ({ edition: run.edition, incident: index + 1, ...row })),
      coverage_weeks: weeks.map((row) => ({ edition: run.edition, ...row, coverage: coverageOf(row) })),
      metrics: [...markets].flatMap(([market, parts]) => {
        const own = recent.filter((week) => parts.includes(week.market));
        const counted = received.filter((row) => parts.includes(row.market));
        const provenance = weakestProvenance(own);
        return [
          ...coverageTotals(own),
          lostTotal(hoursLost(collections, parts), own.length),
          ...postTotals(counted),
        ].map((total) => ({
          edition: run.edition,
          metric_id: `${total.metric}:${market}`,
          ...total,
          market,
          entity: "",
          period_start: start,
          period_end: run.week_end,
          text_value: null,
          previous_value: before.get(`${total.metric}:${market}`) ?? null,
          method_version: analysis.version,
          provenance,
        }));
      }),
    };
  },
};

type Received = { market: string; received: number; kept: number };

/** Every market that has weeks, and `all` with the target markets, or with all of them when none is a target. */
async function pooledMarkets(
  warehouse: Warehouse,
  weeks: readonly CoverageWeek[],
): Promise<Map<string, string[]>> {
  const own = [...new Set(weeks.map(({ market }) => market))];
  const targets = (
    await warehouse.query<{ market: string }>(
      "select distinct market from pub_markets where role = 'target' order by market",
    )
  ).map(({ market }) => market);
  const pooled = own.filter((market) => targets.includes(market));
  const markets = new Map(own.map((market) => [market, [market]]));
  return own.length === 0 ? markets : markets.set("all", pooled.length > 0 ? pooled : own);
}

/** Hours that the collectors themselves call lost. Sources that keep no such account leave it unknown. */
function lostTotal(value: number | null, n: number) {
  const reason = value === null ? ("not_observable" as const) : null;
  return {
    metric: "hours_lost",
    unit: "hours",
    value,
    low: null,
    high: null,
    n: value === null ? 0 : n,
    reason,
  };
}

function postTotals(rows: readonly Received[]) {
  const total = (column: "received" | "kept") => rows.reduce((sum, row) => sum + row[column], 0);
  const count = (metric: string, value: number) => ({
    metric,
    unit: "posts",
    value,
    low: null,
    high: null,
    n: value,
    reason: null,
  });
  return [count("posts_received", total("received")), count("posts_kept", total("kept"))];
}

function periodStart(run: RunClock): string {
  return new Date(Date.parse(run.until) - 7 * periodWeeks * 86_400_000).toISOString().slice(0, 10);
}

/** Provenance of a place is that of its posts, or of its runs where it has none. */
const coverageWeeks = `
  with seen as (
    select market, platform, provenance from posts
    union all
    select market, platform, provenance from int_collector_runs where has_posts
  ),
  provenances as (
    select market, platform,
      ${weakestProvenanceSql} as provenance
    from seen group by all
  )
  select market, platform, week, runs_scheduled, runs_succeeded, pages_available, pages_fetched, hashtags_used,
    hours_uncovered::double as hours_uncovered, posts, state, provenance
  from coverage_counted join provenances using (market, platform), run
  where week <= run.week_start
  order by market, platform, week`;

const postsReceived = `
  select market, sum(times_seen)::bigint as received, count(*) as kept
  from posts, run
  where week > run.week_start - interval ${7 * periodWeeks} day and week <= run.week_start
  group by market order by market`;
