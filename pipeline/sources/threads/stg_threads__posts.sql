-- One row per sighting of a post in a search. The search gives no counts: they are unknown, neither zero nor hidden by anybody.
select
    'threads' as source,
    'threads' as platform,
    item.id as post_id,
    lower(request.market) as market,
    -- Meta writes +0000, always UTC.
    strptime(left(item."timestamp", 19), '%Y-%m-%dT%H:%M:%S') as posted_at,
    collected_at::timestamp as collected_at,
    null::varchar as author_id,
    null::varchar as author_handle,
    item.text as text,
    []::varchar[] as tags,
    null::varchar as language_hint,
    case item.media_type
        when 'TEXT_POST' then 'text'
        when 'IMAGE' then 'image'
        when 'VIDEO' then 'video'
        when 'CAROUSEL_ALBUM' then 'carousel'
        else 'other'
    end as media_type,
    null::bigint as likes,
    null::bigint as comments,
    null::bigint as views,
    null::bigint as shares,
    false as likes_hidden,
    null::double as rating,
    null::boolean as paid_partnership,
    item.permalink as url,
    provenance,
    receipt
from bronze_threads__posts
