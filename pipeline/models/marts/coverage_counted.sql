-- One row per market, platform and ISO week of the calendar: collector runs asked for and done, and the hours no run could see.
-- A run says which time it saw; where it does not, it saw the 24 hours before it, and what lies between two windows is lost for good. An hour that two
-- sources of a platform saw counts once. Sources without posts, such as page views, have a coverage of their own in `collections`.
with runs as (
  select market, platform, scheduled_at, succeeded, pages_available, pages_fetched, hashtags_used
  from int_collector_runs
  where market is not null and has_posts
),

weekly as (
  select
    market,
    platform,
    date_trunc('week', scheduled_at)::date as week,
    count(*)::int as runs_scheduled,
    count(*) filter (where succeeded)::int as runs_succeeded,
    sum(pages_available)::bigint as pages_available,
    -- Pages of runs that do not know how many there were say nothing about the share that was taken.
    sum(pages_fetched) filter (where pages_available is not null)::bigint as pages_fetched,
    -- Each run names how many hashtags it asked for; a week uses at least as many as its largest run.
    max(hashtags_used)::int as hashtags_used
  from runs
  group by all
),

-- Sorted by their beginning, each window gives what reaches beyond all before it.
windows as (
  select
    market,
    platform,
    greatest(start, coalesce(max(until) over (partition by market, platform order by start, until rows between unbounded preceding and 1 preceding), start)) as start,
    until
  from int_collector_windows
  where market is not null and has_posts
),

-- A window that begins on Sunday and ends on Monday covers a part of two weeks, one that catches up may cover several.
split as (
  select market, platform, week::date as week, greatest(start, week) as start, least(until, week + interval 7 day) as until
  from (
    select *, unnest(generate_series(date_trunc('week', start), date_trunc('week', until), interval 7 day)) as week
    from windows
    where start < until
  )
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
