-- One row per registry creator's profile and look at it.
select
    'bluesky' as source,
    'bluesky' as platform,
    item.did as account_id,
    lower(item.handle) as account_handle,
    collected_at::timestamp as collected_at,
    item.followersCount as followers,
    item.followsCount as following,
    item.postsCount as posts_total,
    provenance,
    receipt
from bronze_bluesky__profiles
