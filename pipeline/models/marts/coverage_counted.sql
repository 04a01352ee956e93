-- One row per market, platform and ISO week of the calendar: collector runs asked for and done, and the hours no run could see.
-- A hashtag search shows the last 24 hours, so each successful run covers the day before it and what lies between two windows is lost for good.
with runs as (
  select lower(a.market) as market, a.platform, a.scheduled_at, a.succeeded, a.pages_available, a.pages_fetched, a.hashtags_used
  from all_runs a
  cross join run r
  where a.market is not null and a.scheduled_at <= r.as_of
),

weekly as (
  select
    market,
    platform,
    date_trunc('week', scheduled_at)::date as week,
    count(*)::int as runs_scheduled,
    count(*) filter (where succeeded)::int as runs_succeeded,
    sum(pages_available)::bigint as pages_available,
    sum(pages_fetched)::bigint as pages_fetched,
    -- Each run names how many hashtags it asked for; a week uses at least as many as its largest run.
    max(hashtags_used)::int as hashtags_used
  from runs
  group by all
),

windows as (
  select
    market,
    platform,
    greatest(scheduled_at - interval 24 hour, coalesce(lag(scheduled_at) over (partition by market, platform order by scheduled_at), scheduled_at - interval 24 hour)) as start,
    scheduled_at as until
  from runs
  where succeeded
),

-- A window that begins on Sunday and ends on Monday covers a part of two weeks.
split as (
  select market, platform, date_trunc('week', start)::date as week, start, least(until, date_trunc('week', start) + interval 7 day) as until
  from windows
  union all
  select market, platform, date_trunc('week', until)::date, date_trunc('week', until), until
  from windows
  where date_trunc('week', until) > date_trunc('week', start)
),

covered as (
  select market, platform, week, sum(date_diff('second', start, until))::bigint as seconds
  from split
  group by all
),

kept as (
  select market, platform, week, count(*)::int as posts, max(provenance) as provenance
  from posts
  group by all
),

places as (
  select distinct market, platform from runs
  union
  select distinct market, platform from kept
),

scheduled as (
  select distinct market, platform from runs
)

select
  c.market,
  p.platform,
  c.week,
  case when s.market is not null then coalesce(w.runs_scheduled, 0) end as runs_scheduled,
  case when s.market is not null then coalesce(w.runs_succeeded, 0) end as runs_succeeded,
  w.pages_available,
  w.pages_fetched,
  w.hashtags_used,
  case when s.market is not null then ((7 * 24 * 3600 - coalesce(v.seconds, 0)) / 3600)::decimal(18, 6) end as hours_uncovered,
  coalesce(k.posts, 0) as posts,
  case
    when s.market is null then 'imported'
    when coalesce(w.runs_succeeded, 0) = 0 then 'missing'
    when w.runs_succeeded < w.runs_scheduled then 'partial'
    else 'collected'
  end as state
from int_market_calendar c
join places p on p.market = c.market
left join scheduled s on s.market = c.market and s.platform = p.platform
left join weekly w on w.market = c.market and w.platform = p.platform and w.week = c.week
left join covered v on v.market = c.market and v.platform = p.platform and v.week = c.week
left join kept k on k.market = c.market and k.platform = p.platform and k.week = c.week
order by c.market, p.platform, c.week
