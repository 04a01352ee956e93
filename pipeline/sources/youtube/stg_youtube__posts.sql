-- One row per sighting of a video. Counts come as strings. Hidden likes are absent from the answer: null here and marked, never zero; a missing
-- count of comments means that they are off.
with channels as (

    select
        item.id as channel_id,
        max_by(lower(ltrim(item.snippet.customUrl, '@')), collected_at) as handle
    from bronze_youtube__channels
    group by item.id

)

select
    'youtube' as source,
    'youtube' as platform,
    item.id as post_id,
    lower(request.market) as market,
    item.snippet.publishedAt::timestamp as posted_at,
    collected_at::timestamp as collected_at,
    item.snippet.channelId as author_id,
    channels.handle as author_handle,
    item.snippet.title || chr(10) || item.snippet.description as text,
    list_transform(coalesce(item.snippet.tags, []), lambda tag: lower(ltrim(tag, '#'))) as tags,
    coalesce(item.snippet.defaultAudioLanguage, item.snippet.defaultLanguage) as language_hint,
    'video' as media_type,
    item.statistics.likeCount::bigint as likes,
    item.statistics.commentCount::bigint as comments,
    item.statistics.viewCount::bigint as views,
    null::bigint as shares,
    item.statistics.likeCount is null as likes_hidden,
    null::double as rating,
    -- The API does not say; disclosure tags in the text do.
    null::boolean as paid_partnership,
    -- With its text a video loses its address, too.
    case when item.snippet.title is not null then 'https://www.youtube.com/watch?v=' || item.id end as url,
    provenance,
    receipt
from bronze_youtube__videos
left join channels on channels.channel_id = item.snippet.channelId
