// What was said in each market week by week: the counts of the mart, with polarity, rates and reasons.
import type { Provenance } from "../../../data/contract/columns.ts";
import type { Row } from "../../core/types.ts";
import { netSentiment, sentimentScore } from "../../stats/net-sentiment.ts";
import { wilson } from "../../stats/wilson.ts";
import { reasonOf } from "./rules.ts";

export type WeekCount = Row & {
  market: string;
  week: string;
  collected: boolean;
  posts: number;
  authors: number | null;
  /** Classified posts whose author the source does not name. */
  unnamed: number;
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
  provenance: Provenance;
};

/** The published row. A week that nobody collected has counts of zero, `collected` false and no rate. */
export function weekRow(edition: string, count: WeekCount) {
  const { positive, neutral, negative, posts, authors, unnamed } = count;
  const n = positive + neutral + negative;
  const reason = count.collected ? reasonOf({ n, posts, authors, unnamed }) : "not_collected";
  const net = reason === null ? netSentiment({ positive, neutral, negative }) : null;
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
    collected: count.collected,
    reason,
    provenance: count.provenance,
  };
}
export type WeekRow = ReturnType<typeof weekRow>;

/** Of a group of rows: synthetic if one is, else imported if one is; null of none. */
export const strictestProvenance = `
  case when count(provenance) = 0 then null
       when bool_or(provenance = 'synthetic') then 'synthetic'
       when bool_or(provenance = 'imported') then 'imported' else 'observed' end`;

/** One row per market and ISO week of the calendar; `all` pools the markets, and is collected when one of them is. */
export const weekCounts = `
  with calendar as (
    select market, week, collected from market_weeks_counted where market <> 'all'
    union all
    select 'all', week, bool_or(collected) from market_weeks_counted where market <> 'all' group by week
  ),
  said as (
    select p.market, p.week, p.author_key, p.likes, p.comments, p.views, p.engagement, p.likes_hidden, p.is_paid, p.provenance, a.polarity
    from posts p cross join run left join post_annotations a using (text_key)
    where p.posted_at < run.until
  ),
  counted as (
    select coalesce(market, 'all') as market, week,
      count(*)::int as posts,
      nullif(count(distinct author_key), 0)::int as authors,
      count(*) filter (where author_key is null)::int as unnamed,
      sum(likes)::bigint as likes, sum(comments)::bigint as comments, sum(views)::bigint as views,
      median(engagement)::double as engagement_median,
      count(engagement)::int as engagement_posts,
      count(*) filter (where likes_hidden)::int as hidden_like_posts,
      count(*) filter (where is_paid)::int as paid_posts,
      count(*) filter (where polarity = 'positive')::int as positive,
      count(*) filter (where polarity = 'neutral')::int as neutral,
      count(*) filter (where polarity = 'negative')::int as negative,
      count(*) filter (where polarity is null)::int as unclassified,
      ${strictestProvenance} as provenance
    from said
    group by grouping sets ((market, week), (week))
  )
  select c.market, c.week, c.collected,
    coalesce(posts, 0) as posts, authors, coalesce(unnamed, 0) as unnamed, likes, comments, views, engagement_median,
    coalesce(engagement_posts, 0) as engagement_posts, coalesce(hidden_like_posts, 0) as hidden_like_posts,
    coalesce(paid_posts, 0) as paid_posts, coalesce(positive, 0) as positive, coalesce(neutral, 0) as neutral,
    coalesce(negative, 0) as negative, coalesce(unclassified, 0) as unclassified,
    coalesce(n.provenance, (select ${strictestProvenance} from posts), 'observed') as provenance
  from calendar c left join counted n using (market, week)
  order by c.market, c.week`;
