// Counts the posts that name brands of the competitor set: per market and half (the last 13 weeks, the 13 before), `all` pooling the target markets.
import type { Provenance } from "../../../data/contract/columns.ts";
import { weakestProvenanceSql } from "../../core/provenance.ts";
import type { Warehouse } from "../../core/types.ts";
import type { Combination } from "./concentration.ts";
import { type BrandCount, type Period, periodWeeks } from "./shares.ts";

export const reads = [
  "run",
  "pub_brands",
  "pub_markets",
  "posts",
  "post_brands",
  "post_annotations",
  "brand_market_weeks",
];

export interface MarketVoices {
  readonly market: string;
  readonly now: Period;
  readonly before: Period | undefined;
  readonly combinations: readonly Combination[];
  readonly provenance: Provenance;
}

export type BrandWeek = {
  market: string;
  brand: string;
  week: string;
  mentions_full: number;
  mentions_fractional: number;
  brand_posts: number;
};

/** One per market with at least one post naming a brand in the last 13 weeks, by market. */
export async function readVoices(warehouse: Warehouse): Promise<MarketVoices[]> {
  const brands = await warehouse.query<{ brand: string; title: string }>(
    "select distinct brand, title from pub_brands where in_set order by brand",
  );
  const periods = await warehouse.query<PeriodRow>(`${mentions} ${periodCounts}`);
  const counts = await warehouse.query<CountRow>(`${mentions} ${brandCounts}`);
  const voices = await warehouse.query<VoiceRow>(`${mentions} ${brandVoices}`);
  const combinations = await warehouse.query<CombinationRow>(`${mentions} ${brandCombinations}`);
  const period = (market: string, half: string): Period | undefined => {
    const row = periods.find((one) => one.market === market && one.half === half);
    if (!row) return undefined;
    const here = (one: { market: string; half: string }) => one.market === market && one.half === half;
    const own = counts.filter(here);
    const heard = voices.filter(here);
    return {
      posts: row.posts,
      authors: row.authors,
      postsWithoutAuthor: row.without_author,
      brands: brands.map(({ brand, title }) => countOf(brand, title, own, heard)),
    };
  };
  return periods
    .filter(({ half }) => half === "now")
    .map(({ market, provenance }) => ({
      market,
      now: period(market, "now") as Period,
      before: period(market, "before"),
      combinations: combinations.filter((one) => one.market === market),
      provenance,
    }));
}

export const readWeeks = (warehouse: Warehouse): Promise<BrandWeek[]> =>
  warehouse.query<BrandWeek>(brandWeeks);

type PeriodRow = {
  market: string;
  half: string;
  posts: number;
  authors: number | null;
  without_author: number;
  provenance: Provenance;
};
type CountRow = { market: string; half: string } & Omit<BrandCount, "title" | "voices">;
type VoiceRow = {
  market: string;
  half: string;
  brand: string;
  positive: number;
  neutral: number;
  negative: number;
  authors: number;
};
type CombinationRow = { market: string; brands: string[]; posts: number };

function countOf(
  brand: string,
  title: string,
  rows: readonly CountRow[],
  heard: readonly VoiceRow[],
): BrandCount {
  const { full = 0, fractional = 0, paid = 0 } = rows.find((one) => one.brand === brand) ?? {};
  const voices = heard
    .filter((one) => one.brand === brand)
    .map(({ positive, neutral, negative, authors }) => ({
      counts: [positive, neutral, negative],
      times: authors,
    }));
  return { brand, title, full, fractional, paid, voices };
}

const pooled = `
  select distinct market from pub_markets where role = 'target'
  union select distinct market from pub_markets where not exists (from pub_markets where role = 'target')`;

/** One row per market, post and brand of the set. brands_named counts brands of the set alone, so that the fractions of a post sum to one. */
const mentions = `
  with named as (
    select distinct market, post_key, brand, author_key, is_paid, polarity, provenance,
      case when week > run.week_start - interval ${7 * periodWeeks} day then 'now' else 'before' end as half
    from post_brands
    join (select distinct brand from pub_brands where in_set) using (brand)
    join posts using (post_key)
    left join post_annotations using (text_key), run
    where week > run.week_start - interval ${14 * periodWeeks} day and week <= run.week_start
  ),
  everywhere as (
    from named union all by name
    select * replace ('all' as market) from named where market in (${pooled})
  ),
  mentions as (
    select *, count(*) over (partition by market, post_key) as brands_named from everywhere
  )`;

const periodCounts = `
  select market, half,
    count(distinct post_key)::int as posts,
    nullif(count(distinct author_key), 0)::int as authors,
    count(distinct post_key) filter (where author_key is null)::int as without_author,
    ${weakestProvenanceSql} as provenance
  from mentions group by all order by market, half`;

/** Fractions are summed per number of brands named, as whole counts: a sum of doubles would depend on the number of threads. */
const brandCounts = `
  , sized as (
    select market, half, brand, brands_named, count(*) as posts,
      count(*) filter (where is_paid) as paid
    from mentions group by all
  )
  select market, half, brand,
    sum(posts)::int as full,
    list_sum(list(posts / brands_named order by brands_named))::double as fractional,
    sum(paid)::int as paid
  from sized group by all order by market, half, brand`;

/** Equal authors counted together; a post whose author no source names is an author of its own, as nothing ties it to another. */
const brandVoices = `
  , authors as (
    select market, half, brand, author_key, case when author_key is null then post_key end as alone,
      count(*) filter (where polarity = 'positive')::int as positive,
      count(*) filter (where polarity = 'neutral')::int as neutral,
      count(*) filter (where polarity = 'negative')::int as negative
    from mentions where half = 'now' and polarity is not null group by all
  )
  select market, half, brand, positive, neutral, negative, count(*)::int as authors
  from authors group by all order by market, brand, positive, neutral, negative`;

const brandCombinations = `
  , combined as (
    select market, post_key, list(brand order by brand) as brands from mentions where half = 'now' group by all
  )
  select market, brands, count(*)::int as posts from combined group by all order by market, brands`;

const brandWeeks = `
  with weeks as (
    select market, brand, week, mentions_full, mentions_fractional, brand_posts
    from brand_market_weeks join (select distinct brand from pub_brands where in_set) using (brand), run
    where week <= run.week_start
  ),
  everywhere as (
    from weeks union all by name
    select 'all' as market, brand, week, sum(mentions_full) as mentions_full,
      sum(mentions_fractional) as mentions_fractional, sum(brand_posts) as brand_posts
    from weeks where market in (${pooled})
    group by brand, week
  )
  select market, brand, week, mentions_full::int as mentions_full, mentions_fractional::double as mentions_fractional,
    brand_posts::int as brand_posts
  from everywhere order by market, brand, week`;
