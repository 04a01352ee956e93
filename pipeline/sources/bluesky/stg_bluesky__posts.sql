-- One row per sighting of a post. A post's time is what its author's client says, where the network saw it within a day after that; clients say
-- anything, so else it is the time at which the network saw it.
with sights as (

    select
        *,
        make_timestamp(epoch_us(try_cast(item.record.createdAt as timestamptz))) as said_at,
        item.indexedAt::timestamp as seen_at
    from bronze_bluesky__posts

)

select
    'bluesky' as source,
    'bluesky' as platform,
    -- The address names the author, so a post goes by its hash, as it does once its text has expired.
    case when starts_with(item.uri, 'sha256:') then item.uri else 'sha256:' || sha256(item.uri) end as post_id,
    lower(request.market) as market,
    case when said_at between seen_at - interval 1 day and seen_at then said_at else seen_at end as posted_at,
    collected_at::timestamp as collected_at,
    item.author.did as author_id,
    lower(item.author.handle) as author_handle,
    item.record.text as text,
    list_transform(coalesce(item.record.tags, []), lambda tag: lower(ltrim(tag, '#'))) as tags,
    -- Several languages are no hint.
    case when len(item.record.langs) = 1 then item.record.langs[1] end as language_hint,
    item.record.media as media_type,
    item.likeCount as likes,
    item.replyCount as comments,
    null::bigint as views,
    item.repostCount + coalesce(item.quoteCount, 0) as shares,
    -- Nobody can hide likes here; where they are missing the stream told of the post, and it counts nothing.
    false as likes_hidden,
    null::double as rating,
    null::boolean as paid_partnership,
    case
        when not starts_with(item.uri, 'sha256:')
            then 'https://bsky.app/profile/' || item.author.did || '/post/' || split_part(item.uri, '/', -1)
    end as url,
    provenance,
    receipt
from sights
