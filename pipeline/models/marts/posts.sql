-- One row per post: latest counts, first market, first and last sight.
-- view: most posts are seen once, and their sight is the post; writing each again would say the same twice. Texts are found by text_key in int_texts.
with posts_of_one_sight as (
  select * from int_post_sights
  anti join int_posts_repeated using (post_key)
  where not after_clock
)

select
  post_key,
  source::varchar as source,
  platform,
  market::varchar as market,
  posted_at,
  week,
  collected_at as first_seen,
  collected_at as last_seen,
  1 as times_seen,
  author_key,
  creator::varchar as creator,
  text_key,
  tags,
  media_type::varchar as media_type,
  likes,
  comments,
  views,
  shares,
  -- A source that has no comments at all still has engagement; one without likes has none to compare.
  likes + coalesce(comments, 0) as engagement,
  likes_hidden,
  rating,
  is_paid,
  provenance::varchar as provenance,
  receipt::varchar as receipt
from posts_of_one_sight
union all
select
  post_key,
  latest.source,
  latest.platform,
  first_sight.market,
  latest.posted_at,
  latest.week,
  first_sight.collected_at,
  latest.collected_at,
  times_seen,
  latest.author_key,
  latest.creator,
  latest.text_key,
  latest.tags,
  latest.media_type,
  latest.likes,
  latest.comments,
  latest.views,
  latest.shares,
  latest.likes + coalesce(latest.comments, 0),
  latest.likes_hidden,
  latest.rating,
  latest.is_paid,
  latest.provenance,
  latest.receipt
from int_posts_merged
