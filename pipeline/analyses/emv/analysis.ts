// Earned media value of the brands of the competitor set, per market and platform, by a dated price of advertising.
import type { Provenance } from "../../../data/contract/columns.ts";
import { weakestProvenance } from "../../core/provenance.ts";
import type { Analysis, Row, Warehouse } from "../../core/types.ts";
import { type CpmBand, earnedMediaValue, priced, type ViewedPost } from "./emv.ts";

export const weeks = 13;

export const analysis: Analysis = {
  id: "emv",
  version: "1.0.0",
  reads: ["run", "posts", "post_brands", "pub_brands", "pub_markets", "ref_media_prices"],
  writes: ["emv", "metrics"],
  async run({ warehouse, run, previous }) {
    const brands = await warehouse.query<{ brand: string; title: string }>(
      "select distinct brand, title from pub_brands where in_set order by brand",
    );
    const posts = await warehouse.query<Row & NamingPost>(namingPosts);
    const prices = await readPrices(warehouse);
    const period = {
      period_start: new Date(Date.parse(run.until) - weeks * 7 * 86_400_000).toISOString().slice(0, 10),
      period_end: run.week_end,
    };
    const rows = [...Map.groupBy(posts, ({ market, platform }) => `${market} ${platform}`).values()].flatMap(
      (own) =>
        channelRows(own, brands, priceOf(prices, own[0] as NamingPost)).map((row) => ({
          edition: run.edition,
          ...period,
          ...row,
          provenance: weakestProvenance(own),
        })),
    );
    const before = new Map((await previous("metrics")).map((row) => [row["metric_id"], row["value"]]));
    return {
      emv: rows,
      metrics: [...Map.groupBy(rows, ({ market, brand }) => `emv:${market}:${brand}`)].map(
        ([metric_id, own]) => ({
          edition: run.edition,
          metric_id,
          metric: "emv",
          market: own[0]?.market,
          entity: own[0]?.brand,
          ...period,
          ...totalOf(own),
          text_value: null,
          unit: "USD",
          previous_value: before.get(metric_id) ?? null,
          method_version: analysis.version,
          provenance: own[0]?.provenance,
        }),
      ),
    };
  },
};

interface NamingPost {
  readonly market: string;
  readonly platform: string;
  readonly views: number | null;
  readonly paid: boolean;
  readonly brands: readonly string[];
  readonly provenance: Provenance;
}

interface Price extends CpmBand {
  readonly market: string;
  readonly platform: string;
  readonly source: string;
  readonly period_end: string;
}

/** The latest price of advertising in this country and on this platform; another country's would be a guess. */
const priceOf = (prices: readonly Price[], { market, platform }: NamingPost): Price | null =>
  prices.filter((price) => price.market === market && price.platform === platform).at(-1) ?? null;

const readPrices = (warehouse: Warehouse): Promise<(Row & Price)[]> =>
  warehouse.query<Row & Price>(`
    select p.market, p.platform, p.low_usd as low, p.mid_usd as mid, p.high_usd as high, p.source, p.period_end
    from ref_media_prices p cross join run r
    where p.kind = 'advertising' and p.date <= r.until
    order by p.period_end, p.price`);

// A post in a market that nobody stated cannot be priced.
const namingPosts = `
  with named as (
    select pb.post_key, list(distinct pb.brand order by pb.brand) as brands
    from post_brands pb
    where pb.brand in (select brand from pub_brands where in_set)
    group by pb.post_key
  )
  select p.market, p.platform, p.views, coalesce(p.is_paid, false) as paid, n.brands, p.provenance
  from posts p
  join named n using (post_key)
  cross join run r
  where p.posted_at < r.until and p.posted_at >= r.until - interval ${weeks * 7} day
    and p.market in (select market from pub_markets where role <> 'unassigned')
  order by p.market, p.platform, p.post_key`;

function channelRows(
  posts: readonly NamingPost[],
  brands: readonly { brand: string; title: string }[],
  price: Price | null,
) {
  const { market, platform } = posts[0] as NamingPost;
  const viewed = posts.flatMap((post): ViewedPost[] =>
    post.views === null ? [] : [{ ...post, views: post.views }],
  );
  const shared = {
    market,
    platform,
    cpm_low: price?.low ?? null,
    cpm_mid: price?.mid ?? null,
    cpm_high: price?.high ?? null,
    price_source: price?.source ?? null,
    price_until: price?.period_end ?? null,
    reason: price === null ? ("not_collected" as const) : null,
  };
  const own = brands.flatMap(({ brand, title }) => {
    const naming = posts.filter((post) => post.brands.includes(brand));
    if (naming.length === 0) return [];
    const value = earnedMediaValue(brand, viewed, price);
    return [
      {
        ...shared,
        brand,
        title,
        posts: naming.length,
        viewed_posts: naming.filter(({ views }) => views !== null).length,
        ...fieldsOf(value),
      },
    ];
  });
  const sum = (paid: boolean) =>
    viewed.filter((post) => post.paid === paid).reduce((total, { views }) => total + views, 0);
  return [
    ...own,
    {
      ...shared,
      brand: "all",
      title: "All brands of the set",
      posts: posts.length,
      viewed_posts: viewed.length,
      ...fieldsOf(priced(sum(false), sum(true), price)),
    },
  ];
}

const fieldsOf = (value: ReturnType<typeof priced>) => ({
  views: value.views,
  paid_views: value.paidViews,
  emv: value.emv,
  emv_low: value.low,
  emv_high: value.high,
  paid_emv: value.paidEmv,
});

/** Over the platforms that have a price; none has one, none is given. */
function totalOf(
  rows: readonly {
    emv: number | null;
    emv_low: number | null;
    emv_high: number | null;
    viewed_posts: number;
  }[],
) {
  const known = rows.filter(({ emv }) => emv !== null);
  const sum = (of: (row: (typeof rows)[number]) => number | null) =>
    known.length === 0 ? null : known.reduce((total, row) => total + (of(row) ?? 0), 0);
  return {
    value: sum(({ emv }) => emv),
    low: sum(({ emv_low }) => emv_low),
    high: sum(({ emv_high }) => emv_high),
    n: known.reduce((total, row) => total + row.viewed_posts, 0),
    reason: known.length === 0 ? ("not_collected" as const) : null,
  };
}
