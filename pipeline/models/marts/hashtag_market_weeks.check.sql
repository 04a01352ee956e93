-- A tag is lower case without #, and has one row per market and week.
select tag, market, week
from hashtag_market_weeks
group by all
having count(*) > 1 or starts_with(tag, '#') or tag <> lower(tag)
