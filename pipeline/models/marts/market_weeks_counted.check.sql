-- Every market has every week once, and the weeks add up to the posts.
with weeks as (
  select min(week) as first_week, max(week) as last_week, count(distinct week) as weeks from market_weeks_counted
),

posts_in_calendar as (
  select p.market, count(*) as posts
  from posts p
  cross join weeks w
  where p.week between w.first_week and w.last_week
  group by p.market
)

select 'a week is missing or twice' as broken, m.market, null as week
from market_weeks_counted m
cross join weeks w
group by m.market
having count(*) <> any_value(w.weeks) or count(*) <> date_diff('day', any_value(w.first_week), any_value(w.last_week)) / 7 + 1
union all
select 'posts do not add up', m.market, null
from market_weeks_counted m
left join posts_in_calendar p on p.market = m.market
group by m.market
having sum(m.posts) <> coalesce(any_value(p.posts), 0)
union all
select 'polarities do not add up', market, week
from market_weeks_counted
where positive + neutral + negative + unclassified <> posts
union all
select 'week after the clock', m.market, m.week
from market_weeks_counted m
cross join run r
where m.week > r.week_start
