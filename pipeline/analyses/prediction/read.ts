// Posts of registry creators with what was known before each was published, from the warehouse.
import type { Provenance } from "../../../data/contract/columns.ts";
import type { Row, Warehouse } from "../../core/types.ts";
import type { Post } from "./post.ts";

export const tables = ["run", "pub_creators", "creator_posts", "account_snapshots", "ref_media_prices"];

export const windowDays = 180;

export interface Creator {
  readonly creator: string;
  readonly market: string;
  readonly platform: string;
  /** Last count before the end of the week; null when nobody counted. */
  readonly followers: number | null;
}

export interface CreatorPost extends Post {
  readonly creator: string;
  readonly at: number;
  readonly format: string;
  readonly paid: boolean;
  /** Likes over likes + comments; null where one is not known. */
  readonly likesShare: number | null;
  readonly provenance: Provenance;
}

export const readCreators = (warehouse: Warehouse): Promise<(Row & Creator)[]> =>
  warehouse.query<Row & Creator>(creators);

const creators = `
  with sizes as (
    select creator, arg_max(s.followers, s.collected_at) as followers
    from account_snapshots s cross join run r
    where s.creator is not null and s.followers > 0 and s.collected_at <= r.as_of
    group by creator
  )
  select c.creator, c.market, c.platform, s.followers
  from pub_creators c left join sizes s using (creator)
  order by c.creator`;

export async function readPosts(warehouse: Warehouse): Promise<CreatorPost[]> {
  const rows = await warehouse.query<ReadPost>(posts);
  return rows.map((row) => ({
    creator: row.creator,
    account: row.creator,
    at: Date.parse(row.posted_at),
    ...clockOf(Date.parse(row.posted_at)),
    format: row.format,
    followers: row.followers,
    paid: row.is_paid,
    numbers: {},
    categories: { platform: row.platform, market: row.market, paid: row.is_paid ? "paid" : "unpaid" },
    outcome: row.engagement,
    likesShare: row.comments === null || row.engagement === 0 ? null : 1 - row.comments / row.engagement,
    provenance: row.provenance,
  }));
}

type ReadPost = Row & {
  creator: string;
  market: string;
  platform: string;
  posted_at: string;
  format: string;
  followers: number | null;
  is_paid: boolean;
  engagement: number;
  comments: number | null;
  provenance: Provenance;
};

// Posts last seen within a day of publication are still gathering; they would teach the model that new posts are weak.
const posts = `
  select p.creator, c.market, p.platform, p.posted_at, p.media_type as format, p.followers, coalesce(p.is_paid, false) as is_paid,
    p.engagement, p.comments, p.provenance
  from creator_posts p
  join pub_creators c using (creator)
  cross join run r
  where p.posted_at < r.until and p.posted_at >= r.until - interval ${windowDays} day
    and p.engagement is not null and p.media_type is not null and p.last_seen >= p.posted_at + interval 1 day
  order by p.creator, p.posted_at, p.post_key`;

/** Hour and ISO weekday in UTC. */
export function clockOf(at: number): { hour: number; weekday: number } {
  const when = new Date(at);
  return { hour: when.getUTCHours() + when.getUTCMinutes() / 60, weekday: ((when.getUTCDay() + 6) % 7) + 1 };
}

/** What a post is worth by the views its like has had, at the two ends of the latest dated price of creators' posts. */
export interface Cost {
  readonly creator: string;
  readonly format: string;
  readonly viewed: number;
  readonly medianViews: number;
  readonly low: number | null;
  readonly high: number | null;
}

export const readCosts = (warehouse: Warehouse): Promise<(Row & Cost)[]> =>
  warehouse.query<Row & Cost>(costs);

const costs = `
  with prices as (
    select platform, format, arg_max(low_usd, (period_end, price)) as low, arg_max(high_usd, (period_end, price)) as high
    from ref_media_prices cross join run r
    where kind = 'creator' and market = 'all' and date <= r.until
    group by platform, format
  ),
  seen as (
    select p.creator, p.platform, p.media_type as format, count(p.views)::int as viewed, median(p.views)::double as median_views
    from creator_posts p cross join run r
    where p.posted_at < r.until and p.posted_at >= r.until - interval ${windowDays} day and p.views > 0
    group by p.creator, p.platform, p.media_type
  )
  select s.creator, s.format, s.viewed, s.median_views as "medianViews",
    s.median_views * x.low / 1000 as low, s.median_views * x.high / 1000 as high
  from seen s left join prices x using (platform, format)
  order by s.creator, s.format`;
