// How posts of each format do in each market: the median of likes + comments over 60 days, beside the share of posts that hide likes.
import {
  minimumAuthors,
  minimumPosts,
  type Provenance,
  type Reason,
} from "../../../data/contract/columns.ts";
import { weakestProvenanceSql } from "../../core/provenance.ts";
import type { Analysis, Row, Warehouse } from "../../core/types.ts";
import { type Account, type Benchmark, tierRows } from "./tiers.ts";

/** Days before the end of the last complete week. */
export const windowDays = 60;

export const analysis: Analysis = {
  id: "engagement",
  version: "1.1.0",
  reads: ["run", "posts", "peer_engagement", "ref_engagement_benchmarks"],
  writes: ["engagement", "engagement_tiers", "metrics"],
  async run({ warehouse, run, previous }) {
    const groups = await warehouse.query<FormatCount>(formatCounts);
    const before = new Map((await previous("metrics")).map((row) => [row["metric_id"], row["value"]]));
    const rows = groups.map((group) => formatRow(run.edition, group));
    const tiers = tierRows(
      run.edition,
      await readAccounts(warehouse),
      await warehouse.query<Row & Benchmark>(benchmarks),
      rows.find(({ provenance }) => provenance !== "observed")?.provenance ?? "observed",
    );
    const markets = rows.filter((row) => row.platform === "all" && row.format === "all");
    return {
      engagement: rows,
      engagement_tiers: tiers,
      metrics: [
        ...markets.map((row) => ({
          edition: run.edition,
          metric_id: `engagement_median:${row.market}`,
          metric: "engagement_median",
          market: row.market,
          entity: "",
          period_start: daysBefore(run.until, windowDays),
          period_end: run.week_end,
          value: row.engagement_median,
          low: row.engagement_low,
          high: row.engagement_high,
          text_value: null,
          unit: "likes + comments",
          n: row.posts_used,
          previous_value: before.get(`engagement_median:${row.market}`) ?? null,
          reason: row.reason,
          method_version: analysis.version,
          provenance: row.provenance,
        })),
        ...tiers.map((row) => {
          const entity = `${row.platform}-${row.tier}`;
          const metric_id = `engagement_tier:${row.market}:${entity}`;
          return {
            edition: run.edition,
            metric_id,
            metric: "engagement_tier",
            market: row.market,
            entity,
            period_start: daysBefore(run.until, windowDays),
            period_end: run.week_end,
            value: row.rate,
            low: row.rate_low,
            high: row.rate_high,
            text_value: null,
            unit: "ratio",
            n: row.accounts,
            previous_value: before.get(metric_id) ?? null,
            reason: row.reason,
            method_version: analysis.version,
            provenance: row.provenance,
          };
        }),
      ],
    };
  },
};

const readAccounts = (warehouse: Warehouse): Promise<(Row & Account)[]> =>
  warehouse.query<Row & Account>(`
    select platform, coalesce(market, 'zz') as market, followers, posts, er_followers_median as "byFollowers", er_views as "byViews"
    from peer_engagement
    where coalesce(market, 'zz') <> 'zz' or market is null
    order by platform, author_key`);

const benchmarks = `
  select platform, tier, engagement_rate_pct, source, date
  from ref_engagement_benchmarks cross join run r
  where date <= r.until order by benchmark`;

export type FormatCount = Row & {
  market: string;
  platform: string;
  format: string;
  posts: number;
  posts_used: number;
  hidden: number;
  /** Distinct authors; null where the source does not name them. */
  authors: number | null;
  median: number | null;
  low: number | null;
  high: number | null;
  /** Likes + comments, and views, over posts that give both. */
  engagement_viewed: number | null;
  views: number | null;
  provenance: Provenance;
};

/** The published row: what the counts allow to be said, and the reason for the rest. */
export function formatRow(edition: string, group: FormatCount) {
  const reason = reasonOf(group);
  const shown = reason === null;
  const enough = group.posts >= minimumPosts && reason !== "withheld_privacy";
  return {
    edition,
    market: group.market,
    platform: group.platform,
    format: group.format,
    posts: group.posts,
    posts_used: group.posts_used,
    engagement_median: shown ? group.median : null,
    engagement_low: shown ? group.low : null,
    engagement_high: shown ? group.high : null,
    er_views: shown && group.views ? (group.engagement_viewed ?? 0) / group.views : null,
    likes_hidden_share: enough ? group.hidden / group.posts : null,
    reason,
    provenance: group.provenance,
  };
}

function reasonOf(group: FormatCount): Reason | null {
  if (group.posts < minimumPosts) return "too_few";
  if (group.authors !== null && group.authors < minimumAuthors) return "withheld_privacy";
  if (group.posts_used >= minimumPosts) return null;
  if (group.hidden >= minimumPosts) return "hidden_by_owner";
  return group.posts_used === 0 ? "not_collected" : "too_few";
}

/**
 * One row per market, platform and format; `all` pools them. The interval of the median lies between two ranks of the sorted posts,
 * n/2 ± 1.96·√n/2 (Conover 1999), which assumes no shape: engagement has none.
 */
const formatCounts = `
  with recent as (
    select market, platform, media_type as format, engagement, likes_hidden, views, author_key, provenance
    from posts, run
    where posted_at < run.until and posted_at >= run.until - interval ${windowDays} day
  ),
  grouped as (
    select market, coalesce(platform, 'all') as platform, coalesce(format, 'all') as format,
      count(*)::int as posts,
      count(engagement)::int as posts_used,
      count(*) filter (where likes_hidden)::int as hidden,
      nullif(count(distinct author_key), 0)::int as authors,
      sum(engagement) filter (where engagement is not null and views > 0)::bigint as engagement_viewed,
      sum(views) filter (where engagement is not null and views > 0)::bigint as views,
      ${weakestProvenanceSql} as provenance
    from recent
    group by grouping sets ((market, platform, format), (market, platform), (market))
  ),
  spread as (
    select market, platform, format, engagement from recent
    union all by name select market, platform, 'all' as format, engagement from recent
    union all by name select market, 'all' as platform, 'all' as format, engagement from recent
  ),
  ranked as (
    select *, row_number() over place as rank, count(*) over (partition by market, platform, format) as n
    from spread
    where engagement is not null
    window place as (partition by market, platform, format order by engagement)
  ),
  medians as (
    select market, platform, format,
      avg(engagement) filter (where rank in (floor((n + 1) / 2.0), ceil((n + 1) / 2.0)))::double as median,
      max(engagement) filter (where rank = greatest(1, floor(n / 2.0 - 0.98 * sqrt(n))))::double as low,
      max(engagement) filter (where rank = least(n, ceil(n / 2.0 + 0.98 * sqrt(n)) + 1))::double as high
    from ranked
    group by all
  )
  select grouped.*, median, low, high
  from grouped left join medians using (market, platform, format)
  order by market, platform, format`;

function daysBefore(instant: string, days: number): string {
  return new Date(Date.parse(instant) - days * 86_400_000).toISOString().slice(0, 10);
}
