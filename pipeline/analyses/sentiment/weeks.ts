// What was said in each market week by week: the counts of the mart, with polarity, rates and reasons.
import type { Provenance } from "../../../data/contract/columns.ts";
import { weakestProvenanceSql } from "../../core/provenance.ts";
import type { Row } from "../../core/types.ts";
import { clusteredNetSentiment, sentimentScore } from "../../stats/net-sentiment.ts";
import { wilson } from "../../stats/wilson.ts";
import { type AuthorProfile, pooledClusters } from "./clusters.ts";
import { reasonOf } from "./rules.ts";

export type WeekCount = Row & {
  market: string;
  week: string;
  collected: boolean;
  posts: number;
  authors: number | null;
  posts_with_author: number;
  likes: number | null;
  comments: number | null;
  views: number | null;
  engagement_median: number | null;
  /** Posts with visible likes. */
  engagement_posts: number;
  hidden_like_posts: number;
  paid_posts: number;
  positive: number;
  neutral: number;
  negative: number;
  unclassified: number;
  /** `offline`, or the model that read at least a twentieth of the week's posts. */
  read_by: string;
  provenance: Provenance;
};

/** The published row. A week that nobody collected has counts of zero, `collected` false and no rate. */
export function weekRow(edition: string, count: WeekCount, profiles: readonly AuthorProfile[]) {
  const { positive, neutral, negative, posts, authors } = count;
  const unnamed = posts - count.posts_with_author;
  const n = positive + neutral + negative;
  const reason = count.collected ? reasonOf({ n, posts, authors, unnamed }) : "not_collected";
  const net = reason === null ? clusteredNetSentiment(pooledClusters(profiles)) : null;
  const paid =
    count.collected && reasonOf({ n: posts, posts, authors, unnamed }) === null
      ? wilson(count.paid_posts, posts)
      : null;
  const engaged =
    reasonOf({ n: count.engagement_posts, posts, authors, unnamed }) === null && count.collected;
  return {
    edition,
    market: count.market,
    week: count.week,
    posts,
    authors,
    likes: count.likes,
    comments: count.comments,
    views: count.views,
    engagement_median: engaged ? count.engagement_median : null,
    hidden_like_posts: count.hidden_like_posts,
    paid_posts: count.paid_posts,
    paid_share: paid && count.paid_posts / posts,
    paid_share_low: paid?.low ?? null,
    paid_share_high: paid?.high ?? null,
    positive,
    neutral,
    negative,
    unclassified: count.unclassified,
    net_sentiment: net?.value ?? null,
    net_sentiment_low: net?.low ?? null,
    net_sentiment_high: net?.high ?? null,
    sentiment_score: net && sentimentScore(net.value),
    sentiment_score_low: net && sentimentScore(net.low),
    sentiment_score_high: net && sentimentScore(net.high),
    read_by: count.read_by,
    collected: count.collected,
    reason,
    provenance: count.provenance,
  };
}
export type WeekRow = ReturnType<typeof weekRow>;

/** Of a group of rows: synthetic if one is, else imported if one is; null of none. */
export const strictestProvenance = `case when count(provenance) > 0 then ${weakestProvenanceSql} end`;

/** One row per market and ISO week of the calendar; `all` pools the target markets, and is collected when one of them is. */
export const weekCounts = `
  with target as (
    select distinct market from pub_markets where role = 'target'
  ),
  pooled as (
    select p.week,
      count(*)::int as posts,
      nullif(count(distinct p.author_key), 0)::int as authors,
      count(p.author_key)::int as posts_with_author,
      median(p.engagement)::decimal(18, 6) as engagement_median,
      ${strictestProvenance} as provenance
    from posts p semi join target on target.market = p.market
    group by p.week
  ),
  labelled as (
    select p.market::varchar as market, p.week, r.model
    from posts p left join (from post_readings where asked = 'unsure') r using (text_key)
  ),
  shares as (
    select market, week, model, count(*) as posts, sum(count(*)) over (partition by market, week) as of_all
    from (from labelled union all select 'all', week, model from labelled semi join target on target.market = labelled.market)
    group by market, week, model
  ),
  readers as (
    select market, week, string_agg(model, ' and ' order by model) as read_by
    from shares where model is not null and posts * 20 >= of_all
    group by market, week
  ),
  summed as (
    select week, bool_or(collected) as collected,
      sum(likes)::bigint as likes, sum(comments)::bigint as comments, sum(views)::bigint as views,
      sum(engagement_posts)::int as engagement_posts, sum(hidden_like_posts)::int as hidden_like_posts, sum(paid_posts)::int as paid_posts,
      sum(positive)::int as positive, sum(neutral)::int as neutral, sum(negative)::int as negative, sum(unclassified)::int as unclassified
    from market_weeks_counted w semi join target on target.market = w.market
    group by week
  )
  select counted.* replace (coalesce(provenance, (select ${strictestProvenance} from posts), 'observed') as provenance),
    coalesce(readers.read_by, 'offline') as read_by
  from (
    from market_weeks_counted
    union all by name
    select 'all' as market, s.*, coalesce(p.posts, 0) as posts, p.authors, coalesce(p.posts_with_author, 0) as posts_with_author,
      p.engagement_median, p.provenance
    from summed s left join pooled p using (week)
  ) counted
  left join readers on readers.market = counted.market and readers.week = counted.week
  order by counted.market, counted.week`;
