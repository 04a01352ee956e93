-- One row per post of the account that asks and moment at which its figures were seen. A figure that the platform did not give is null, never zero.
select
    'instagram' as source,
    'instagram' as platform,
    item.id as post_id,
    collected_at::timestamp as collected_at,
    item.views as views,
    item.reach as reach,
    item.likes as likes,
    item.comments as comments,
    item.saved as saved,
    item.shares as shares,
    item.total_interactions as total_interactions,
    provenance,
    receipt
from bronze_instagram__insights
