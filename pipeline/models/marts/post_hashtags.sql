-- One row per post and hashtag, from its text and from the tags its source states; lower case, NFKC, without #.
-- view: posts holds the tags already.
with spelt as (
  select post_key, unnest(tags) as spelt from posts
)

select distinct
  s.post_key,
  coalesce(f.tag, s.spelt) as tag
from spelt s
left join int_tag_forms f on f.spelt = s.spelt
