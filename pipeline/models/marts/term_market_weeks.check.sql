-- Every term has every market and week once, and never more posts than the market.
select term, market, null as week
from term_market_weeks
group by term, market
having count(*) <> (select count(distinct week) from market_weeks_counted) or count(*) <> count(distinct week)
union all
select term, market, week from term_market_weeks where posts > market_posts
