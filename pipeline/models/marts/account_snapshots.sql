-- One row per account and moment of collection; creator is null for accounts that are not on the registry, which serve as size peers alone.
-- last_of_week marks the count that stands for its week, since a week may be collected more than once.
select
  platform,
  author_key,
  creator,
  collected_at,
  date_trunc('week', collected_at)::date as week,
  collected_at = max(collected_at) over (partition by platform, author_key, date_trunc('week', collected_at)) as last_of_week,
  followers,
  following,
  posts_total,
  provenance,
  receipt
from int_accounts_seen
order by platform, author_key, collected_at
