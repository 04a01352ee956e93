// Captions from the warehouse: those of registry creators that are judged, and those of everybody else that a market teaches with.
import type { Provenance } from "../../../data/contract/columns.ts";
import type { Row, Warehouse } from "../../core/types.ts";
import { quantile } from "../../stats/quantile.ts";
import { type MiddleHalf, plainLength } from "./caption.ts";
import type { Published } from "./left-over.ts";

export const windowDays = 60;
export const lessonDays = 180;
/** Posts a market teaches with at most: drawn by the hash that is a post's key, so the same ones every time. */
export const mostLessons = 1500;
/** Captions below which a market's lengths are pooled with those of all markets. */
export const minimumCaptions = 30;

export const tables = [
  "run",
  "posts",
  "int_texts",
  "post_annotations",
  "post_hashtags",
  "pub_creators",
  "account_snapshots",
] as const;

export type CaptionedPost = Row & {
  post_key: string;
  creator: string;
  market: string;
  published_on: string;
  text: string;
  language: string;
  tags: string[];
  provenance: Provenance;
};

export const readJudged = (warehouse: Warehouse): Promise<CaptionedPost[]> =>
  warehouse.query<CaptionedPost>(judged);

export type TaughtPost = Published & {
  readonly market: string;
  readonly text: string;
  readonly language: string;
  readonly tags: readonly string[];
  /** Published within the window that captions are held to. */
  readonly recent: boolean;
};

export async function readLessons(warehouse: Warehouse): Promise<TaughtPost[]> {
  const rows = await warehouse.query<ReadLesson>(lessons);
  return rows.map(({ posted_at, ...row }) => {
    const at = Date.parse(posted_at);
    const when = new Date(at);
    return {
      ...row,
      at,
      hour: when.getUTCHours() + when.getUTCMinutes() / 60,
      weekday: ((when.getUTCDay() + 6) % 7) + 1,
    };
  });
}

type ReadLesson = Row & {
  market: string;
  posted_at: string;
  text: string;
  language: string;
  tags: string[];
  author: string | null;
  followers: number | null;
  format: string;
  engagement: number;
  recent: boolean;
};

/** First and third quartile of caption length per market; under 30 captions a market falls back on `all`. */
export function middleHalves(
  posts: readonly { readonly market: string; readonly text: string }[],
): Map<string, MiddleHalf> {
  const lengths = posts
    .map(({ market, text }) => ({ market, length: plainLength(text) }))
    .filter(({ length }) => length > 0);
  const half = (own: readonly { length: number }[]): MiddleHalf => ({
    low: Math.max(
      1,
      quantile(
        own.map(({ length }) => length),
        0.25,
      ),
    ),
    high: Math.max(
      1,
      quantile(
        own.map(({ length }) => length),
        0.75,
      ),
    ),
  });
  const halves = new Map(
    [...Map.groupBy(lengths, ({ market }) => market)]
      .filter(([, own]) => own.length >= minimumCaptions)
      .map(([market, own]) => [market, half(own)]),
  );
  return lengths.length === 0 ? halves : halves.set("all", half(lengths));
}

// The creator's market, not that of the hashtag under which the post was first seen: captions are held to the audience they are written for.
const judged = `
  with recent as (
    select p.post_key, p.creator, c.market, p.posted_at::date as published_on, p.text_key, p.provenance
    from posts p
    join pub_creators c using (creator)
    cross join run r
    where p.posted_at < r.until and p.posted_at >= r.until - interval ${windowDays} day and p.text_key is not null
  ),
  tags as (
    select post_key, list(tag order by tag) as tags from post_hashtags semi join recent using (post_key) group by post_key
  )
  select r.post_key::varchar as post_key, r.creator, r.market, r.published_on, x.text, r.provenance,
    coalesce(a.language, 'und') as language, coalesce(t.tags, []) as tags
  from recent r
  join int_texts x using (text_key)
  left join post_annotations a using (text_key)
  left join tags t using (post_key)
  order by r.post_key`;

// Registry creators teach nothing here: a creator would be judged by its own success.
const lessons = `
  with shown as (
    select p.*, row_number() over (partition by p.market order by p.post_key) as place
    from posts p cross join run r
    where p.creator is null and p.text_key is not null and p.market <> 'zz'
      and p.posted_at < r.until and p.posted_at >= r.until - interval ${lessonDays} day
  ),
  drawn as (select * from shown where place <= ${mostLessons}),
  sizes as (
    select platform, author_key, arg_max(s.followers, s.collected_at) as followers
    from account_snapshots s cross join run r
    where s.author_key is not null and s.followers > 0 and s.collected_at <= r.as_of
    group by platform, author_key
  ),
  tags as (
    select post_key, list(tag order by tag) as tags from post_hashtags semi join drawn using (post_key) group by post_key
  )
  select d.market, d.posted_at, x.text, coalesce(a.language, 'und') as language, coalesce(t.tags, []) as tags,
    d.author_key::varchar as author, s.followers, concat_ws(' ', d.platform, d.media_type) as format, d.engagement,
    d.posted_at >= r.until - interval ${windowDays} day as recent
  from drawn d
  cross join run r
  join int_texts x using (text_key)
  left join post_annotations a using (text_key)
  left join tags t using (post_key)
  left join sizes s on s.platform = d.platform and s.author_key = d.author_key
  order by d.market, d.posted_at, d.post_key`;
