// Whether a market's mood moved: the last 90 days against the 90 days before, as a metric of its own, tested together with the other markets'.
import { minimumPosts, type Provenance } from "../../../data/contract/columns.ts";
import { weakestProvenance } from "../../core/provenance.ts";
import type { Row } from "../../core/types.ts";
import { clusteredDifference, type TwoPeriods } from "../../stats/clustered-difference.ts";
import { studentQuantile } from "../../stats/student-quantile.ts";
import { strictestProvenance } from "./weeks.ts";

/** Equal authors of a market: their posts and the sum of their verdicts (1, 0 or −1) in the last 90 days and the 90 before. */
export type QuarterProfile = Row &
  TwoPeriods & {
    market: string;
    provenance: Provenance;
  };

export interface ScoreChange {
  readonly market: string;
  /** In points of the score; null under 30 classified posts in either quarter. */
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
  /** Posts of the last 90 days. */
  readonly n: number;
  readonly provenance: Provenance;
}

/**
 * Change of each market's score in points. The intervals hold together: each reaches as far as 0.95^(1/m) asks for m tested changes (Šidák 1967), so
 * that an edition in which no market moved shows a move in at most one case of twenty, however many markets it has.
 */
export function scoreChanges(profiles: readonly QuarterProfile[]): ScoreChange[] {
  const markets = [...Map.groupBy(profiles, (profile) => profile.market)].map(([market, authors]) => ({
    market,
    authors,
    now: posts(authors, "postsNow"),
    before: posts(authors, "postsBefore"),
    provenance: weakestProvenance(authors),
  }));
  const testable = ({ now, before }: { now: number; before: number }) =>
    now >= minimumPosts && before >= minimumPosts;
  const level = 0.95 ** (1 / Math.max(1, markets.filter(testable).length));
  return markets.map(({ market, authors, now, before, provenance }) => {
    const shared = { market, n: now, provenance };
    if (!testable({ now, before })) return { ...shared, value: null, low: null, high: null };
    const change = clusteredDifference(authors);
    const half = 50 * studentQuantile(level, change.effectiveClusters - 1) * Math.sqrt(change.variance);
    const value = 50 * change.value;
    return { ...shared, value, low: value - half, high: value + half };
  });
}

const posts = (authors: readonly QuarterProfile[], period: "postsNow" | "postsBefore"): number =>
  authors.reduce((sum, author) => sum + author.times * author[period], 0);

/** Profiles of every market with posts in the last 180 days; `all` pools the target markets. A post of an unnamed author is an author of its own. */
export const quarterProfiles = `
  with recent as (
    select p.market, p.author_key, p.provenance, p.posted_at >= run.until - interval 90 day as now,
      case a.polarity when 'positive' then 1 when 'negative' then -1 else 0 end as verdict
    from posts p cross join run join post_annotations a using (text_key)
    where a.polarity is not null and p.posted_at < run.until and p.posted_at >= run.until - interval 180 day
  ),
  pooled as (
    select * from recent
    union all by name
    select * replace ('all' as market) from recent
    where market in (select market from pub_markets where role = 'target')
  ),
  authors as (
    select market, ${strictestProvenance} as provenance,
      coalesce(sum(verdict) filter (where now), 0)::int as "sumNow", count(*) filter (where now)::int as "postsNow",
      coalesce(sum(verdict) filter (where not now), 0)::int as "sumBefore", count(*) filter (where not now)::int as "postsBefore"
    from pooled where author_key is not null
    group by market, author_key
    union all
    select market, provenance, if(now, verdict, 0), if(now, 1, 0), if(now, 0, verdict), if(now, 0, 1)
    from pooled where author_key is null
  )
  select *, count(*)::int as times
  from authors
  group by all
  order by all`;
