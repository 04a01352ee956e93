// What the warehouse knows about the registry: posts with the followers of their time, follower counts, collected weeks, events, peers, topics.
import type { Provenance } from "../../../data/contract/columns.ts";
import { weakestProvenance } from "../../core/provenance.ts";
import type { Row, Warehouse } from "../../core/types.ts";
import { hasCampaignCue } from "./campaign-cues.ts";
import { type CountedPost, minimumFollowers, minimumRatedPosts, windowDays } from "./engagement-rate.ts";
import type { Account } from "./peers.ts";
import { type Observed, type Registered, yearDays } from "./scorecard.ts";

export const tables = [
  "run",
  "pub_creators",
  "pub_brands",
  "posts",
  "int_texts",
  "creator_posts",
  "post_brands",
  "post_terms",
  "post_hashtags",
  "post_annotations",
  "terms",
  "account_snapshots",
  "creator_weeks_counted",
  "market_weeks_counted",
  "ref_events",
] as const;

export async function readCreators(warehouse: Warehouse): Promise<Observed[]> {
  const creators = await warehouse.query<Row & Registered>("select * from pub_creators order by creator");
  const posts = await warehouse.query<ReadPost>(creatorPosts);
  const snapshots = await warehouse.query<ReadSnapshot>(creatorSnapshots);
  const weeks = await warehouse.query<{ creator: string; week: string; collected: boolean }>(collectedWeeks);
  const events = await warehouse.query<{ market: string; day: string }>(knownEvents);
  const [postsBy, snapshotsBy, weeksBy] = [byCreator(posts), byCreator(snapshots), byCreator(weeks)];
  return creators.map((creator) => {
    const own = postsBy.get(creator.creator) ?? [];
    const counted = snapshotsBy.get(creator.creator) ?? [];
    return {
      creator,
      posts: own.map(countedPost),
      snapshots: counted,
      weeks: weeksBy.get(creator.creator) ?? [],
      events: events.filter(({ market }) => market === creator.market).map(({ day }) => day),
      provenance: weakestProvenance([...own, ...counted]),
    };
  });
}

type ReadPost = Row &
  Omit<CountedPost, "looks_paid"> & { creator: string; text: string | null; provenance: Provenance };
type ReadSnapshot = Row & {
  creator: string;
  collected_at: string;
  followers: number;
  provenance: Provenance;
};

function countedPost({ text, ...post }: ReadPost): CountedPost {
  return { ...post, looks_paid: post.brands > 0 && text !== null && hasCampaignCue(text) };
}

function byCreator<T extends { creator: string }>(rows: readonly T[]): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const group = groups.get(row.creator);
    if (group) group.push(row);
    else groups.set(row.creator, [row]);
  }
  return groups;
}

// Text is read only where a brand is named: that is where a campaign would have to be disclosed.
const creatorPosts = `
  with brands as (
    select post_key, count(distinct brand)::int as brands from post_brands group by post_key
  )
  select c.creator, c.posted_at, c.media_type as format, c.likes, c.comments, c.views, c.engagement, c.likes_hidden,
    c.followers, c.is_paid, coalesce(b.brands, 0) as brands, t.text, c.provenance
  from creator_posts c
  cross join run r
  left join brands b on b.post_key = c.post_key
  left join int_texts t on t.text_key = c.text_key and b.brands > 0
  where c.posted_at < r.until
  order by c.creator, c.posted_at, c.post_key`;

// A look at the account on Monday morning tells about the week before, so it does not make its own week collected.
const collectedWeeks = `
  select w.creator, w.week, coalesce(m.collected, false) or w.posts > 0 as collected
  from creator_weeks_counted w
  join pub_creators c using (creator)
  left join market_weeks_counted m on m.market = c.market and m.week = w.week
  order by w.creator, w.week`;

const creatorSnapshots = `
  select creator, s.collected_at, followers, provenance
  from account_snapshots s cross join run r
  where creator is not null and followers is not null and s.collected_at <= r.as_of
  order by creator, s.collected_at, followers`;

// An event of another publication, such as one planted in a sample, is not known here.
const knownEvents = `
  select distinct market, e.date as day
  from ref_events e cross join run r
  where coalesce(nullif(e.publication, ''), r.publication) = r.publication
  order by market, day`;

/**
 * Accounts outside the registry whose followers a source names, measured like creators. Only their keyed hash is known here, and only
 * their numbers leave.
 */
export function readOtherAccounts(warehouse: Warehouse): Promise<Account[]> {
  return warehouse.query<Row & Account>(otherAccounts);
}

const otherAccounts = `
  with sizes as (
    select platform, author_key, arg_max(followers, s.collected_at) as followers
    from account_snapshots s cross join run r
    where creator is null and author_key is not null and followers is not null and s.collected_at <= r.as_of
    group by platform, author_key
    having arg_max(followers, s.collected_at) >= ${minimumFollowers}
  ),
  rated as (
    select p.platform, p.author_key, s.followers, p.engagement, p.likes, p.comments,
      case when p.platform in ('youtube', 'tiktok') then p.views else s.followers end as audience
    from posts p
    join sizes s on s.platform = p.platform and s.author_key = p.author_key
    cross join run r
    where p.posted_at < r.until and p.posted_at >= r.until - interval ${windowDays} day and p.engagement is not null
  )
  select author_key as account, platform, any_value(followers) as followers,
    case when platform in ('youtube', 'tiktok') then sum(engagement)::double / sum(audience)::double
         else median(engagement::double / audience) end as engagement_rate,
    case when sum(likes) > 0 then coalesce(sum(comments), 0)::double / sum(likes)::double end as comments_per_like,
    case when median(engagement::double / audience) > 0
      then 1.4826 * mad(engagement::double / audience) / median(engagement::double / audience) end as dispersion
  from rated
  where audience > 0
  group by platform, author_key
  having count(*) >= ${minimumRatedPosts}
  order by platform, author_key`;

export interface Topic {
  readonly creator: string;
  readonly kind: "term" | "brand" | "language" | "hashtag";
  readonly topic: string;
  readonly title: string;
  readonly posts: number;
  readonly all_posts: number;
  readonly paid_posts: number;
}

/** Hashtags listed per creator; terms, brands and languages are few and all listed. */
export const topHashtags = 15;
/** A hashtag used once says nothing about what a creator posts about. */
export const minimumHashtagPosts = 2;

/** What each creator named in the last 365 days. */
export async function readTopics(warehouse: Warehouse): Promise<Topic[]> {
  const rows = await warehouse.query<Row & Topic>(topics);
  const names = new Intl.DisplayNames(["en"], { type: "language" });
  return rows.map((row) =>
    row.kind === "language" && row.topic !== "und"
      ? { ...row, title: names.of(row.topic) ?? row.topic }
      : row,
  );
}

const topics = `
  with recent as (
    select p.post_key, p.creator, p.text_key, coalesce(p.is_paid, false) as is_paid
    from posts p cross join run r
    where p.creator is not null and p.posted_at < r.until and p.posted_at >= r.until - interval ${yearDays} day
  ),
  sizes as (select creator, count(*)::int as all_posts from recent group by creator),
  named as (
    select r.*, 'term' as kind, t.term as topic, t.title
    from recent r join post_terms pt using (post_key) join terms t on t.term = pt.term
    where t.kind <> 'hashtag'
    union all
    select r.*, 'brand', b.brand, b.title
    from recent r join post_brands pb using (post_key)
    join (select distinct brand, title from pub_brands) b on b.brand = pb.brand
    union all
    select r.*, 'language', a.language, case when a.language = 'und' then 'Not told' else a.language end
    from recent r join post_annotations a using (text_key)
    union all
    select r.*, 'hashtag', h.tag, '#' || h.tag
    from recent r join post_hashtags h using (post_key)
  ),
  counted as (
    select creator, kind, topic, any_value(title) as title, count(distinct post_key)::int as posts,
      count(distinct post_key) filter (where is_paid)::int as paid_posts
    from named
    group by creator, kind, topic
  )
  select c.*, s.all_posts
  from counted c join sizes s using (creator)
  where kind <> 'hashtag' or posts >= ${minimumHashtagPosts}
  qualify kind <> 'hashtag' or row_number() over (partition by creator, kind order by posts desc, topic) <= ${topHashtags}
  order by creator, kind, topic`;
