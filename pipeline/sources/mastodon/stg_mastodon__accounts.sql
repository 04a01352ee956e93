-- One row per registry creator's account and look at it.
select
    'mastodon' as source,
    'mastodon' as platform,
    item.acct as account_id,
    item.acct as account_handle,
    collected_at::timestamp as collected_at,
    item.followers_count as followers,
    item.following_count as following,
    item.statuses_count as posts_total,
    provenance,
    receipt
from bronze_mastodon__accounts
