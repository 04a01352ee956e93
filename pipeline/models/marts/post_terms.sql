-- One row per post and term it names: taxonomy terms by any spelling in its text, hashtag terms by the tag.
select post_key, t.term, t.kind
from (select post_key, unnest(list_distinct(terms)) as term from int_posts_annotated where len(terms) > 0) named
join terms t on t.term = named.term and t.kind <> 'hashtag'
union all
select h.post_key, t.term, t.kind
from post_hashtags h
join terms t on t.term = 'tag-' || h.tag and t.kind = 'hashtag'
