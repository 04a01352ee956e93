-- The days of a week add up to the week.
with weeks as (
  select
    market,
    date_trunc('week', day)::date as week,
    sum(posts) as posts,
    sum(positive - negative) as balance,
    count(*) as days
  from market_days
  group by all
)

select m.market, m.week
from market_weeks_counted m
left join weeks d on d.market = m.market and d.week = m.week
where d.days is distinct from 7 or d.posts <> m.posts or d.balance <> m.positive - m.negative
