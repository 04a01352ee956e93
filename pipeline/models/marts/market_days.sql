-- One row per market and day of the calendar: posts and what they feel like. A day has no collected flag of its own; its week has.
with days as (
  select market, collected, unnest(generate_series(week, week + interval 6 day, interval 1 day))::date as day
  from int_market_calendar
),

counted as (
  select
    p.market,
    p.posted_at::date as day,
    count(*)::int as posts,
    count(*) filter (where a.polarity = 'positive')::int as positive,
    count(*) filter (where a.polarity = 'neutral')::int as neutral,
    count(*) filter (where a.polarity = 'negative')::int as negative
  from posts p
  left join post_annotations a on a.text_key = p.text_key
  group by all
)

select
  d.market,
  d.day,
  coalesce(n.posts, 0) as posts,
  coalesce(n.positive, 0) as positive,
  coalesce(n.neutral, 0) as neutral,
  coalesce(n.negative, 0) as negative,
  d.collected
from days d
left join counted n on n.market = d.market and n.day = d.day
order by d.market, d.day
