-- One row per platform and post id: latest counts, first market, first and last sight.
-- view: only posts reads it, and a table would write every caption a second time.
-- The post belongs to the market of its first sight, so that a trend which spreads does not move old posts. Of two rows of the same moment the
-- first market by name and the higher counts win: an order that does not depend on how files were read.
with rows_in_clock as not materialized (
  select p.*
  from all_posts p
  cross join run r
  where p.posted_at < r.until and (p.collected_at <= r.as_of or p.provenance = 'imported')
),

seen_once as (
  select *, collected_at as first_seen, collected_at as last_seen, 1 as times_seen
  from rows_in_clock p
  anti join int_posts_repeated often on often.post_hash = hash(p.platform || ':' || p.post_id)
),

-- max and min over structs compare field by field; every column takes part, so that the winner is one whatever the order of the rows.
seen_often as (
  select
    platform,
    post_id,
    max({
      collected_at: collected_at, likes: likes, comments: comments, views: views, shares: shares, source: source, posted_at: posted_at,
      author_id: author_id, author_handle: author_handle, text: text, tags: tags, language_hint: language_hint, media_type: media_type,
      likes_hidden: likes_hidden, rating: rating, paid_partnership: paid_partnership, url: url, provenance: provenance, receipt: receipt
    }) as latest,
    min({collected_at: collected_at, market: market}) as first_sight,
    count(*)::int as times_seen
  from rows_in_clock p
  semi join int_posts_repeated often on often.post_hash = hash(p.platform || ':' || p.post_id)
  group by platform, post_id
)

select
  source, platform, post_id, market, posted_at, author_id, author_handle, text, tags, language_hint, media_type, likes, comments, views, shares,
  likes_hidden, rating, paid_partnership, url, provenance, receipt, first_seen, last_seen, times_seen::int as times_seen
from seen_once
union all
select
  latest.source, platform, post_id, first_sight.market, latest.posted_at, latest.author_id, latest.author_handle, latest.text, latest.tags,
  latest.language_hint, latest.media_type, latest.likes, latest.comments, latest.views, latest.shares, latest.likes_hidden, latest.rating,
  latest.paid_partnership, latest.url, latest.provenance, latest.receipt, first_sight.collected_at, latest.collected_at, times_seen
from seen_often
