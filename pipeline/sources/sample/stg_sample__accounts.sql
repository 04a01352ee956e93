-- One row per account and Monday on which we looked at it.
with instagram as (

    select
        'instagram' as platform,
        item.id as account_id,
        lower(item.username) as account_handle,
        collected_at,
        item.followers_count as followers,
        item.follows_count as following,
        item.media_count as posts_total,
        receipt
    from bronze_sample__instagram_accounts

),

youtube as (

    select
        'youtube' as platform,
        item.id as account_id,
        lower(ltrim(item.snippet.customUrl, '@')) as account_handle,
        collected_at,
        -- Rounded down to three digits by the platform: a week's change below one step shows as none.
        case when not item.statistics.hiddenSubscriberCount then item.statistics.subscriberCount::bigint end as followers,
        null::bigint as following,
        item.statistics.videoCount::bigint as posts_total,
        receipt
    from bronze_sample__youtube_channels

),

both_platforms as (

    select * from instagram
    union all by name
    select * from youtube

)

select
    'sample' as source,
    platform,
    account_id,
    account_handle,
    collected_at::timestamp as collected_at,
    followers,
    following,
    posts_total,
    'synthetic' as provenance,
    receipt
from both_platforms
