-- One row per hashtag, market and ISO week of the last 104 in which a post used it. Tags under 30 posts are left out: their weeks would be noise,
-- and there are as many of them as there are misspellings.
-- view: counted when somebody asks; a million posts would pay for it each week.
with weekly as (
  select h.tag, h.market, h.week, count(*)::int as posts
  from post_hashtags h
  where h.week > (select week_start - interval 104 week from run)
  group by h.tag, h.market, h.week
)

select tag, market, week, posts
from weekly
qualify sum(posts) over (partition by tag) >= 30
order by tag, market, week
