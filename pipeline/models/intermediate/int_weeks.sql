-- One row per ISO week that the publication can speak about, up to the last complete one; ten years at most.
-- It starts with the first week that holds at least a fiftieth of the posts of a typical week, typical being the week of the median post: single old
-- posts would stretch the calendar over years that nobody collected, and every trend would seem to begin from nothing.
with weekly as (
  select week, count(*) as posts from posts group by week
),

-- Of all posts, half lie in weeks smaller than this one.
ranked as (
  select week, posts, sum(posts) over (order by posts, week) * 2 >= sum(posts) over () as upper_half
  from weekly
),

typical as (
  select min(posts) as posts from ranked where upper_half
),

bounds as (
  select
    greatest(min(w.week), (any_value(r.week_start) - interval 521 week)::date) as first_week,
    any_value(r.week_start) as last_week
  from weekly w
  cross join typical t
  cross join run r
  where w.posts * 50 >= t.posts
)

select unnest(generate_series(first_week, last_week, interval 1 week))::date as week
from bounds
where first_week is not null
