-- One row per sighting of a first comment under a video. For what is measured over them; their texts are never published.
select
    'youtube' as source,
    'youtube' as platform,
    item.id as comment_id,
    request.video_id as post_id,
    lower(request.market) as market,
    item.publishedAt::timestamp as posted_at,
    collected_at::timestamp as collected_at,
    item.authorChannelId as author_id,
    item.text as text,
    item.likeCount as likes,
    item.totalReplyCount as replies,
    provenance,
    receipt
from bronze_youtube__comments
