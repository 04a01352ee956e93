-- One row per channel and look at it. Subscribers are rounded to three digits by YouTube, and null where the owner hides them.
select
    'youtube' as source,
    'youtube' as platform,
    item.id as account_id,
    lower(ltrim(item.snippet.customUrl, '@')) as account_handle,
    collected_at::timestamp as collected_at,
    case when not item.statistics.hiddenSubscriberCount then item.statistics.subscriberCount::bigint end as followers,
    null::bigint as following,
    item.statistics.videoCount::bigint as posts_total,
    provenance,
    receipt
from bronze_youtube__channels
