-- One row per sighting of a post: media under a hashtag (no author), media of a registry creator, media of the account that asks.
-- A hidden like count is absent from the answer, so absent means hidden here, never zero.
with sightings as (

    select
        item.id as post_id,
        request.market as market,
        item."timestamp" as posted,
        collected_at,
        null::varchar as author_id,
        null::varchar as author_handle,
        item.caption as text,
        item.media_type as media_type,
        item.like_count as likes,
        item.comments_count as comments,
        null::bigint as views,
        item.permalink as url,
        provenance,
        receipt
    from bronze_instagram__hashtag_media

    union all by name

    select
        item.id as post_id,
        request.market as market,
        item."timestamp" as posted,
        collected_at,
        request.account_id as author_id,
        lower(request.username) as author_handle,
        item.caption as text,
        item.media_type as media_type,
        item.like_count as likes,
        item.comments_count as comments,
        item.view_count as views,
        item.permalink as url,
        provenance,
        receipt
    from bronze_instagram__discovery_media

    union all by name

    select
        item.id as post_id,
        request.market as market,
        item."timestamp" as posted,
        collected_at,
        request.account_id as author_id,
        null::varchar as author_handle,
        item.caption as text,
        item.media_type as media_type,
        item.like_count as likes,
        item.comments_count as comments,
        null::bigint as views,
        item.permalink as url,
        provenance,
        receipt
    from bronze_instagram__own_media

)

select
    'instagram' as source,
    'instagram' as platform,
    post_id,
    lower(market) as market,
    -- The Graph API writes +0000, always UTC.
    strptime(left(posted, 19), '%Y-%m-%dT%H:%M:%S') as posted_at,
    collected_at::timestamp as collected_at,
    author_id,
    author_handle,
    text,
    []::varchar[] as tags,
    null::varchar as language_hint,
    case media_type when 'IMAGE' then 'image' when 'VIDEO' then 'video' else 'carousel' end as media_type,
    likes,
    comments,
    views,
    null::bigint as shares,
    likes is null as likes_hidden,
    null::double as rating,
    -- No endpoint says whether a post is paid; disclosure tags in the text do.
    null::boolean as paid_partnership,
    url,
    provenance,
    receipt
from sightings
