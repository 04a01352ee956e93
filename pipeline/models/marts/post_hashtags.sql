-- One row per post and hashtag, from its text and from the tags its source states; lower case, NFKC, without #. Market, week and author stand by,
-- since whoever counts tags counts them by these.
-- view: posts holds the tags already.
select s.post_key, s.market, s.week, s.author_key, s.spelt as tag
from (select post_key, market, week, author_key, unnest(tags) as spelt from posts) s
anti join int_tag_forms f on f.spelt = s.spelt
union all
select post_key, market, week, author_key, tag from int_hashtags_respelt
