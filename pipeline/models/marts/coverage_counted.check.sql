-- Every market, platform and week once; no more runs done than asked for, no negative hours, and posts that add up.
select 'twice' as broken, market, platform, week::varchar as week
from coverage_counted
group by all
having count(*) > 1
union all
select 'runs or hours', market, platform, week::varchar
from coverage_counted
where runs_succeeded > runs_scheduled or hours_uncovered < 0 or hours_uncovered > 168 or pages_fetched > pages_available
union all
select 'posts do not add up', m.market, null, m.week::varchar
from market_weeks_counted m
left join coverage_counted c on c.market = m.market and c.week = m.week
group by m.market, m.week
having max(m.posts) <> coalesce(sum(c.posts), 0)
