-- One row per market and ISO week, with no week left out, so that a missing week shows as a gap and not as a zero.
-- collected: a collector run of a source of posts succeeded in the week. What has no schedule, such as an imported file, counts from its first to its last post, for every
-- market it speaks about: a market that falls silent while the file goes on is a zero, and the weeks after the file are a gap.
with markets as (
  select distinct market from pub_markets where role <> 'unassigned'
  union
  select distinct market from posts
),

runs as (
  select
    a.market,
    date_trunc('week', a.scheduled_at)::date as week,
    bool_or(a.succeeded) as succeeded
  from int_collector_runs a
  cross join run r
  where a.scheduled_at < r.until and a.has_posts
  group by all
),

imports as (
  select market, receipt, min(week) as first_week, max(week) as last_week
  from posts
  where source not in (select distinct source from all_runs where source is not null)
  group by market, receipt
),

periods as (
  select receipt, min(first_week) as first_week, max(last_week) as last_week from imports group by receipt
),

imported as (
  select distinct i.market, w.week
  from imports i
  join periods p on p.receipt = i.receipt
  join int_weeks w on w.week between p.first_week and p.last_week
)

select
  m.market,
  w.week,
  coalesce(r.succeeded, false) or u.market is not null as collected
from markets m
cross join int_weeks w
left join runs r on r.market = m.market and r.week = w.week
left join imported u on u.market = m.market and u.week = w.week
