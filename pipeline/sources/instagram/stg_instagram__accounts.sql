-- One row per registry creator and run that saw the profile.
select
    'instagram' as source,
    'instagram' as platform,
    item.id as account_id,
    lower(item.username) as account_handle,
    collected_at::timestamp as collected_at,
    item.followers_count as followers,
    item.follows_count as following,
    item.media_count as posts_total,
    provenance,
    receipt
from bronze_instagram__accounts
