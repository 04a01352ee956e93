-- One row per post and hashtag that the post has in another form alone: it counts under its one form, once. Usually few.
with spelt as (
  select post_key, market, week, author_key, tags, unnest(tags) as spelt from posts
)

select distinct s.post_key, s.market, s.week, s.author_key, f.tag
from spelt s
join int_tag_forms f on f.spelt = s.spelt
where not list_contains(s.tags, f.tag)
