-- The parts of a post add up to one: fractional mentions of all brands are the posts that name any.
select market, week
from brand_market_weeks
group by market, week
having abs(sum(mentions_fractional) - max(brand_posts)) > 0.001 or max(mentions_full) > max(brand_posts) or min(mentions_full) < 0
