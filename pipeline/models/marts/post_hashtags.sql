-- One row per post and hashtag, from its text and from the tags its source states; lower case, NFKC, without #. Market, week and author stand by,
-- since whoever counts tags counts them by these.
-- view: posts holds the tags already.
with spelt as not materialized (
  select post_key, market, week, author_key, tags, unnest(tags) as spelt from posts
)

select s.post_key, s.market, s.week, s.author_key, s.spelt as tag
from spelt s
anti join int_tag_forms f on f.spelt = s.spelt
union all
-- A tag in another form counts under its one form, unless the post has that too.
select distinct s.post_key, s.market, s.week, s.author_key, f.tag
from spelt s
join int_tag_forms f on f.spelt = s.spelt
where not list_contains(s.tags, f.tag)
