// Whether a market's mood moved: the last 90 days against the 90 days before, as a metric of its own.
import { minimumPosts, type Provenance } from "../../../data/contract/columns.ts";
import type { Row } from "../../core/types.ts";
import { netSentiment, type SentimentCounts, sentimentScore } from "../../stats/net-sentiment.ts";

export type TwoQuarters = Row &
  SentimentCounts & {
    market: string;
    /** The same counts of the 90 days before. */
    positive_before: number;
    neutral_before: number;
    negative_before: number;
    provenance: Provenance;
  };

/** Difference of two scores in points, with the 95 % interval of a difference of independent means; null under 30 classified posts in either. */
export function scoreChange(
  now: SentimentCounts,
  before: SentimentCounts,
): { value: number; low: number; high: number } | null {
  const size = (counts: SentimentCounts) => counts.positive + counts.neutral + counts.negative;
  if (size(now) < minimumPosts || size(before) < minimumPosts) return null;
  const [a, b] = [netSentiment(now), netSentiment(before)];
  const value = sentimentScore(a.value) - sentimentScore(b.value);
  const half = 1.959963984540054 * 50 * Math.sqrt(variance(now) + variance(before));
  return { value, low: value - half, high: value + half };
}

function variance({ positive, neutral, negative }: SentimentCounts): number {
  const n = positive + neutral + negative;
  const net = (positive - negative) / n;
  return Math.max(0, ((positive + negative) / n - net ** 2) / n);
}

/** One row per market with posts in the last 180 days; `all` pools the target markets. */
export const twoQuarters = `
  with recent as (
    select p.market, p.provenance, a.polarity, p.posted_at >= run.until - interval 90 day as recent
    from posts p cross join run join post_annotations a using (text_key)
    where a.polarity is not null and p.posted_at < run.until and p.posted_at >= run.until - interval 180 day
  ),
  pooled as (
    select * from recent
    union all by name
    select * replace ('all' as market) from recent
    where market in (select market from pub_markets where role = 'target')
  )
  select market,
    count(*) filter (where recent and polarity = 'positive')::int as positive,
    count(*) filter (where recent and polarity = 'neutral')::int as neutral,
    count(*) filter (where recent and polarity = 'negative')::int as negative,
    count(*) filter (where not recent and polarity = 'positive')::int as positive_before,
    count(*) filter (where not recent and polarity = 'neutral')::int as neutral_before,
    count(*) filter (where not recent and polarity = 'negative')::int as negative_before,
    case when bool_or(provenance = 'synthetic') then 'synthetic' when bool_or(provenance = 'imported') then 'imported' else 'observed' end as provenance
  from pooled
  group by market
  order by market`;
