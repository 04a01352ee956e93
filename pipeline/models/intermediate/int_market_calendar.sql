-- One row per market and ISO week, with no week left out, so that a missing week shows as a gap and not as a zero.
-- collected: a collector run succeeded in the week. Sources without a schedule, such as imported files, count from their first to their last post.
with markets as (
  select distinct market from pub_markets where role <> 'unassigned'
  union
  select distinct market from posts
),

runs as (
  select
    lower(a.market) as market,
    date_trunc('week', a.scheduled_at)::date as week,
    bool_or(a.succeeded) as succeeded
  from all_runs a
  cross join run r
  where a.scheduled_at < r.until
  group by all
),

unscheduled as (
  select market, min(week) as first_week, max(week) as last_week
  from posts
  where source not in (select distinct source from all_runs where source is not null)
  group by market
)

select
  m.market,
  w.week,
  coalesce(r.succeeded, false) or coalesce(w.week between u.first_week and u.last_week, false) as collected
from markets m
cross join int_weeks w
left join runs r on r.market = m.market and r.week = w.week
left join unscheduled u on u.market = m.market
