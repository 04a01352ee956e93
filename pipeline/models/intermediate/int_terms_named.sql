-- One row per post and term it names, with the market, week and author of the post, by which terms are counted.
-- view: posts holds the tags and post_annotations the terms; a table would write each post once more for every term it names.
select n.post_key, n.market, n.week, n.author_key, t.term, t.kind
from (
  select p.post_key, p.market, p.week, p.author_key, unnest(list_distinct(a.terms)) as term
  from posts p
  join post_annotations a on a.text_key = p.text_key
  where len(a.terms) > 0
) n
join terms t on t.term = n.term and t.kind <> 'hashtag'
union all
-- After its tag-, which is cut from the few terms rather than put before the many tags.
select h.post_key, h.market, h.week, h.author_key, t.term, t.kind
from post_hashtags h
join terms t on t.term[5:] = h.tag and t.kind = 'hashtag'
