-- One row per hashtag, market and ISO week of the last 104 in which a post used it. Tags under 30 posts are left out: their weeks would be noise,
-- and there are as many of them as there are misspellings.
with recent as (
  select h.tag, p.market, p.week
  from post_hashtags h
  join posts p on p.post_key = h.post_key
  cross join run r
  where p.week > r.week_start - interval 104 week
),

used as (
  select tag from recent group by tag having count(*) >= 30
)

select
  r.tag,
  r.market,
  r.week,
  count(*)::int as posts
from recent r
semi join used u on u.tag = r.tag
group by r.tag, r.market, r.week
order by r.tag, r.market, r.week
