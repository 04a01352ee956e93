-- One row per stretch of time that the runs of a source saw, by source, platform and market; no two of them overlap.
-- Sorted by their beginning, each window gives what reaches beyond all before it: a run that catches up on four days hides in no earlier one.
with windows as (
  select
    source,
    platform,
    market,
    has_posts,
    greatest(
      covered_from,
      coalesce(
        max(covered_until) over (partition by source, platform, market order by covered_from, covered_until rows between unbounded preceding and 1 preceding),
        covered_from
      )
    ) as start,
    covered_until as until
  from int_collector_runs
  where covered_from < covered_until
)

select source, platform, market, has_posts, start, until
from windows
where start < until
