-- One row per slot of a collector, source, platform and market, up to the clock; a slot that nobody ran in is a row that did not succeed.
-- Sources that keep runs of their own say less than the desk does: what they do not say is unknown, hence the empty columns below. The 24 hours before
-- a run stand in for its window where it names none, because a hashtag search shows the last 24 hours.
with said as (
  select * from all_runs
  union all by name
  select
    null::varchar as run, null::timestamp as started_at, null::timestamp as ended_at, null::varchar as reason, null::bigint as targets,
    null::bigint as targets_done, null::bigint as targets_stopped, null::bigint as targets_queued, null::bigint as requests,
    null::bigint as posts_received, null::bigint as posts_fetched, null::bigint as posts_repeated, null::bigint as quarantined,
    null::bigint as deleted_upstream, null::timestamp as covered_from, null::timestamp as covered_until, null::double as hours_lost
  where false
)

select
  s.source,
  s.platform,
  lower(s.market) as market,
  s.run,
  s.scheduled_at,
  s.started_at,
  s.ended_at,
  s.succeeded,
  case when not s.succeeded then s.reason end as reason,
  s.targets,
  s.targets_done,
  s.targets_stopped,
  s.targets_queued,
  -- A source that finds more pages on the way than it announced had at least those.
  case when s.pages_available is not null then greatest(s.pages_available, s.pages_fetched) end as pages_available,
  s.pages_fetched,
  s.requests,
  s.hashtags_used,
  coalesce(s.posts_received, s.posts_fetched) as posts_received,
  s.posts_repeated,
  s.quarantined,
  s.deleted_upstream,
  case when s.covered_from is not null then s.covered_from when s.succeeded then s.scheduled_at - interval 24 hour end as covered_from,
  least(case when s.covered_from is not null then coalesce(s.covered_until, s.scheduled_at) when s.succeeded then s.scheduled_at end, r.as_of) as covered_until,
  s.hours_lost,
  coalesce(k.has_posts, true) as has_posts,
  s.provenance
from said s
cross join run r
left join source_kinds k on k.source = s.source
where s.scheduled_at <= r.as_of
