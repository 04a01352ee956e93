-- One row per sighting of a post: media under a hashtag (no author), media of a known account, videos of a channel.
-- A hidden like count is absent from the answer, so absent means hidden here, never zero.
with instagram as (

    select
        'instagram' as platform,
        item.id as post_id,
        request.market as market,
        -- The Graph API writes +0000, always UTC.
        strptime(left(item."timestamp", 19), '%Y-%m-%dT%H:%M:%S') as posted_at,
        collected_at,
        request.account_id as author_id,
        lower(request.username) as author_handle,
        item.caption as text,
        []::varchar[] as tags,
        null::varchar as language_hint,
        case item.media_type when 'IMAGE' then 'image' when 'VIDEO' then 'video' else 'carousel' end as media_type,
        item.like_count as likes,
        item.comments_count as comments,
        item.view_count as views,
        item.permalink as url,
        receipt
    from bronze_sample__instagram_media

),

channels as (

    select
        item.id as channel_id,
        max_by(lower(ltrim(item.snippet.customUrl, '@')), collected_at) as handle
    from bronze_sample__youtube_channels
    group by item.id

),

youtube as (

    select
        'youtube' as platform,
        item.id as post_id,
        request.market as market,
        strptime(left(item.snippet.publishedAt, 19), '%Y-%m-%dT%H:%M:%S') as posted_at,
        collected_at,
        item.snippet.channelId as author_id,
        channels.handle as author_handle,
        item.snippet.title || chr(10) || item.snippet.description as text,
        list_transform(coalesce(item.snippet.tags, []), lambda tag: lower(ltrim(tag, '#'))) as tags,
        item.snippet.defaultAudioLanguage as language_hint,
        'video' as media_type,
        item.statistics.likeCount::bigint as likes,
        item.statistics.commentCount::bigint as comments,
        item.statistics.viewCount::bigint as views,
        'https://www.youtube.com/watch?v=' || item.id as url,
        receipt
    from bronze_sample__youtube_videos
    left join channels on channels.channel_id = item.snippet.channelId

),

both_platforms as (

    select * from instagram
    union all by name
    select * from youtube

)

select
    'sample' as source,
    platform,
    post_id,
    lower(market) as market,
    posted_at,
    collected_at::timestamp as collected_at,
    author_id,
    author_handle,
    text,
    tags,
    language_hint,
    media_type,
    likes,
    comments,
    views,
    null::bigint as shares,
    likes is null as likes_hidden,
    null::double as rating,
    -- Neither endpoint says whether a post is paid; disclosure tags in the text do.
    null::boolean as paid_partnership,
    url,
    'synthetic' as provenance,
    receipt
from both_platforms
