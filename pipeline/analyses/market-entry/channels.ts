// What registry creators do on each channel of a market, and what a thousand views cost there, from the warehouse.
import type { Row, Warehouse } from "../../core/types.ts";
import type { Channel, Price } from "./budget.ts";

export const tables = ["run", "pub_creators", "creator_posts", "ref_media_prices"] as const;

export const readPrices = (warehouse: Warehouse): Promise<(Row & Price)[]> =>
  warehouse.query<Row & Price>(
    `select price, market, platform, kind, format, low_usd, mid_usd, high_usd, period_end, source
    from ref_media_prices cross join run r where date <= r.until order by price`,
  );

/** Channels by market; those without a single known view are not channels that can be planned by views. */
export async function readChannels(warehouse: Warehouse): Promise<Map<string, Channel[]>> {
  const rows = await warehouse.query<Row & ReadChannel>(channels);
  const byMarket = new Map<string, Channel[]>();
  for (const { market, median_views, posts_per_week, ...row } of rows) {
    const channel = { ...row, medianViews: median_views, postsPerWeek: posts_per_week };
    byMarket.set(market, [...(byMarket.get(market) ?? []), channel]);
  }
  return byMarket;
}

interface ReadChannel {
  market: string;
  platform: string;
  format: string;
  viewed: number;
  median_views: number | null;
  creators: number;
  posts_per_week: number;
}

const channels = `
  select c.market, p.platform, p.media_type as format,
    count(p.views)::int as viewed,
    median(p.views)::double as median_views,
    count(distinct p.creator) filter (where p.posted_at >= r.until - interval 28 day)::int as creators,
    (count(*) filter (where p.posted_at >= r.until - interval 28 day) / 4.0)::double as posts_per_week
  from creator_posts p
  join pub_creators c using (creator)
  cross join run r
  where p.posted_at < r.until and p.posted_at >= r.until - interval 60 day and p.media_type is not null
  group by c.market, p.platform, p.media_type
  having count(p.views) > 0
  order by c.market, p.platform, format`;
