// One market and window: how many posts of each mood, and what they allow to be said of the mood of all.
import type { Provenance, Reason } from "../../../data/contract/columns.ts";
import type { Row } from "../../core/types.ts";
import { clusteredNetSentiment, sentimentScore } from "../../stats/net-sentiment.ts";
import { type AuthorProfile, pooledClusters } from "./clusters.ts";
import type { CorrectedSentiment } from "./correction.ts";
import { bandOf, reasonOf, type Window, windows } from "./rules.ts";
import { strictestProvenance } from "./weeks.ts";

export type WindowCount = Row & {
  market: string;
  window: Window;
  positive: number;
  neutral: number;
  negative: number;
  posts: number;
  /** Distinct named authors of classified posts; null where the source names none. */
  authors: number | null;
  /** Classified posts whose author the source does not name. */
  unnamed: number;
  provenance: Provenance;
};

/** The published row: what the counts allow to be said, and the reason for the rest. */
export function windowRow(
  edition: string,
  count: WindowCount,
  profiles: readonly AuthorProfile[],
  correct: (withheld: Reason | null) => CorrectedSentiment,
) {
  const { positive, neutral, negative, authors } = count;
  const n = positive + neutral + negative;
  const reason = reasonOf({ n, posts: count.posts, authors, unnamed: count.unnamed });
  const net = reason === null ? clusteredNetSentiment(pooledClusters(profiles)) : null;
  const corrected = correct(reason);
  const correctedScore = (value: number | null) => (value === null ? null : sentimentScore(value));
  const score = net && sentimentScore(net.value);
  return {
    edition,
    market: count.market,
    window: count.window,
    positive,
    neutral,
    negative,
    n,
    authors,
    net_sentiment: net?.value ?? null,
    net_sentiment_low: net?.low ?? null,
    net_sentiment_high: net?.high ?? null,
    score,
    score_low: net && sentimentScore(net.low),
    score_high: net && sentimentScore(net.high),
    brand_health_index: net && positive + negative > 0 ? positive / (positive + negative) : null,
    band: score === null ? null : bandOf(score),
    net_sentiment_corrected: corrected.value,
    net_sentiment_corrected_low: corrected.low,
    net_sentiment_corrected_high: corrected.high,
    score_corrected: correctedScore(corrected.value),
    score_corrected_low: correctedScore(corrected.low),
    score_corrected_high: correctedScore(corrected.high),
    corrected_n: corrected.n,
    corrected_by: corrected.by,
    corrected_reason: corrected.reason,
    reason,
    provenance: count.provenance,
  };
}
export type SentimentRow = ReturnType<typeof windowRow>;

/** One row per market and window, markets without a post included; `all` pools them. */
export const windowCounts = `
  with classified as (
    select p.market, p.posted_at, p.author_key, p.provenance, a.polarity
    from posts p cross join run left join post_annotations a using (text_key)
    where p.posted_at < run.until
  ),
  pooled as (
    select * from classified
    union all by name
    select * replace ('all' as market) from classified
    semi join (select market from pub_markets where role = 'target') target on target.market = classified.market
  ),
  places as (
    select market, w.name as "window", w.days
    from (select market from pub_markets where role <> 'unassigned' union select market from posts union select 'all') m,
      (values ${Object.entries(windows)
        .map(([name, days]) => `('${name}', ${days})`)
        .join(", ")}) w (name, days)
  )
  select pl.market, pl."window",
    count(*) filter (where polarity = 'positive')::int as positive,
    count(*) filter (where polarity = 'neutral')::int as neutral,
    count(*) filter (where polarity = 'negative')::int as negative,
    count(po.posted_at)::int as posts,
    nullif(count(distinct author_key) filter (where polarity is not null), 0)::int as authors,
    count(*) filter (where polarity is not null and author_key is null)::int as unnamed,
    coalesce(${strictestProvenance}, (select ${strictestProvenance} from posts), 'observed') as provenance
  from places pl cross join run
  left join pooled po on po.market = pl.market and (pl.days is null or po.posted_at >= run.until - pl.days * interval 1 day)
  group by pl.market, pl."window"
  order by pl.market, pl."window"`;
