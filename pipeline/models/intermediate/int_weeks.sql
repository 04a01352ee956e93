-- One row per ISO week that the publication can speak about, up to the last complete one.
-- It starts where 99 % of the posts lie behind it: single old posts would stretch the calendar over years that nobody collected. Ten years at most.
with bounds as (
  select
    greatest(quantile_disc(p.week, 0.01), (any_value(r.week_start) - interval 521 week)::date) as first_week,
    any_value(r.week_start) as last_week
  from posts p
  cross join run r
)

select unnest(generate_series(first_week, last_week, interval 1 week))::date as week
from bounds
where first_week is not null
