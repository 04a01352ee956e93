// What we looked at and what we missed, by market, platform and week, and in total over 13 weeks.
import type { Provenance } from "../../../data/contract/columns.ts";
import { weakestProvenance, weakestProvenanceSql } from "../../core/provenance.ts";
import type { Analysis, RunClock, Warehouse } from "../../core/types.ts";
import { type CoverageWeek, coverageOf, coverageTotals, periodWeeks } from "./coverage.ts";

export const analysis: Analysis = {
  id: "coverage",
  version: "1.0.0",
  reads: ["run", "pub_markets", "posts", "all_runs", "coverage_counted"],
  writes: ["coverage_weeks", "metrics"],
  async run({ warehouse, run, previous }) {
    const weeks = await warehouse.query<CoverageWeek & { provenance: Provenance }>(coverageWeeks);
    const before = new Map((await previous("metrics")).map((row) => [row["metric_id"], row["value"]]));
    const start = periodStart(run);
    const recent = weeks.filter(({ week }) => week >= start);
    const markets = await pooledMarkets(warehouse, recent);
    const received = await warehouse.query<Received>(postsReceived);
    return {
      coverage_weeks: weeks.map((row) => ({ edition: run.edition, ...row, coverage: coverageOf(row) })),
      metrics: [...markets].flatMap(([market, parts]) => {
        const own = recent.filter((week) => parts.includes(week.market));
        const counted = received.filter((row) => parts.includes(row.market));
        const provenance = weakestProvenance(own);
        return [...coverageTotals(own), ...postTotals(counted)].map((total) => ({
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
    select lower(market), platform, provenance from all_runs
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
