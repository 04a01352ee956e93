// Reads the marts into series: every market, and the target markets pooled as `all`.
import type { Provenance } from "../../../data/contract/columns.ts";
import { weakestProvenanceSql } from "../../core/provenance.ts";
import type { Warehouse } from "../../core/types.ts";
import type { Authors } from "./measure.ts";
import { pooledMarkets } from "./pooled.ts";
import { type MarketSeries, poolMarkets, poolTerm, type TermSeries } from "./series.ts";

export const reads = [
  "run",
  "pub_markets",
  "terms",
  "market_weeks_counted",
  "term_market_weeks",
  "posts",
  "post_terms",
  "post_hashtags",
  "post_annotations",
];

export interface TrendInput {
  readonly markets: readonly MarketSeries[];
  /** One per market and term that was ever named there, `all` included; by market, then term. */
  readonly series: readonly TermSeries[];
  /** Keyed `<market>:<term>`. */
  readonly authors: ReadonlyMap<string, Authors>;
}

export async function readSeries(warehouse: Warehouse): Promise<TrendInput> {
  const provenances = new Map(
    (await warehouse.query<{ market: string; provenance: Provenance }>(marketProvenance)).map((row) => [
      row.market,
      row.provenance,
    ]),
  );
  const own = marketsOf(await warehouse.query<WeekRow>(marketWeeks), provenances);
  const roles = await warehouse.query<{ market: string; role: string }>(
    "select distinct market, role from pub_markets order by market",
  );
  const targets = own.filter(({ market }) =>
    roles.some((row) => row.market === market && row.role === "target"),
  );
  // A publication whose posts name no market still has an `all`: everything it has.
  const pooled = poolMarkets(targets.length > 0 ? targets : own);
  const counted = termsOf(await warehouse.query<TermWeekRow>(termWeeks), own);
  const poolable = new Set((targets.length > 0 ? targets : own).map(({ market }) => market));
  const byTerm = Map.groupBy(
    counted.filter(({ market }) => poolable.has(market.market)),
    ({ term }) => term,
  );
  const series = [...counted, ...[...byTerm.values()].map((parts) => poolTerm(parts, pooled))];
  const key = ({ market, term }: { market: string; term: string }) => `${market}:${term}`;
  return {
    markets: [...own, pooled],
    series: series.sort((a, b) => order(a.market.market, b.market.market) || order(a.term, b.term)),
    authors: new Map(
      (await warehouse.query<AuthorRow>(termAuthors)).map((row) => [
        key(row),
        { named: row.named, postsWithoutAuthor: row.without_author },
      ]),
    ),
  };
}

type WeekRow = { market: string; week: string; posts: number; collected: boolean };
type TermWeekRow = { term: string; title: string; kind: string; market: string; week: string; posts: number };
type AuthorRow = { market: string; term: string; named: number | null; without_author: number };

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function marketsOf(rows: readonly WeekRow[], provenances: ReadonlyMap<string, Provenance>): MarketSeries[] {
  return [...Map.groupBy(rows, ({ market }) => market)].map(([market, weeks]) => ({
    market,
    weeks: weeks.map(({ week }) => week),
    posts: Float64Array.from(weeks, ({ posts }) => posts),
    collected: weeks.map(({ collected }) => collected),
    provenance: provenances.get(market) ?? "observed",
  }));
}

function termsOf(rows: readonly TermWeekRow[], markets: readonly MarketSeries[]): TermSeries[] {
  const places = new Map(markets.map((one) => [one.market, new Map(one.weeks.map((week, i) => [week, i]))]));
  const byName = new Map(markets.map((one) => [one.market, one]));
  return [...Map.groupBy(rows, ({ market, term }) => `${market}:${term}`).values()].flatMap((weeks) => {
    const { market: name, term, title, kind } = weeks[0] as TermWeekRow;
    const market = byName.get(name);
    if (!market) return [];
    const posts = new Float64Array(market.weeks.length);
    for (const row of weeks) {
      const place = places.get(name)?.get(row.week);
      if (place !== undefined) posts[place] = row.posts;
    }
    return [{ term, title, kind, market, posts }];
  });
}

const marketProvenance = `
  select market,
    ${weakestProvenanceSql} as provenance
  from posts group by market order by market`;

const marketWeeks = `
  select market, week, posts::int as posts, collected
  from market_weeks_counted, run
  where week <= run.week_start
  order by market, week`;

const termWeeks = `
  select term, title, kind, market, week, posts::int as posts
  from term_market_weeks join terms using (term, kind), run
  where posts > 0 and week <= run.week_start
  order by market, term, week`;

/** Distinct authors over 52 weeks, in each market and over the target markets, or over all when there is no target. */
const termAuthors = `
  with named as (
    select market, term, author_key
    from post_terms join posts using (post_key), run
    where week > run.week_start - interval 364 day and week <= run.week_start
  ),
  everywhere as (
    select market, term, author_key from named
    union all by name select 'all' as market, term, author_key from named where market in (${pooledMarkets})
  )
  select market, term,
    nullif(count(distinct author_key), 0)::int as named,
    count(*) filter (where author_key is null)::int as without_author
  from everywhere group by all order by market, term`;

/** Posts of the last 52 weeks by the spelling they use; of a hashtag its one spelling. */
export const termVariants = `
  with recent as (
    select post_key, text_key from posts, run
    where week > run.week_start - interval 364 day and week <= run.week_start
  ),
  spelt as (
    select post_key, unnest(variants) as variant from recent join post_annotations using (text_key)
  ),
  tagged as (
    select post_key, term, 'und' as language, '#' || tag as variant
    from recent join post_hashtags using (post_key) join terms on term = 'tag-' || tag
    where terms.kind = 'hashtag'
  ),
  spellings as (
    select post_key, split_part(variant, '|', 1) as term, split_part(variant, '|', 2) as language,
      split_part(variant, '|', 3) as variant
    from spelt
    union all by name from tagged
  )
  select term, language, variant, count(distinct post_key)::int as posts
  from spellings join terms using (term)
  group by all order by term, language, variant`;

/** Authors behind the posts of a term in each burst found. */
export const burstAuthors = (
  bursts: readonly { term: string; market: string; from: string; to: string }[],
): string => `
  with bursts(term, market, first_day, last_day) as (
    values ${bursts.map(({ term, market, from, to }) => `('${term.replaceAll("'", "''")}', '${market}', date '${from}', date '${to}')`).join(", ")}
  )
  select bursts.term, bursts.market, bursts.first_day as "from",
    nullif(count(distinct author_key), 0)::int as named,
    count(*) filter (where author_key is null)::int as without_author
  from bursts join post_terms using (term) join posts
    on posts.post_key = post_terms.post_key and posts.posted_at >= bursts.first_day and posts.posted_at < bursts.last_day + 1
    and (bursts.market = posts.market or bursts.market = 'all' and posts.market in (${pooledMarkets}))
  group by all`;
