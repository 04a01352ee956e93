-- One row per scheduled collector run: each day, market and platform, at 23:50 UTC.
select
    'sample' as source,
    request.platform as platform,
    lower(request.market) as market,
    strptime(left(item.scheduled_at, 19), '%Y-%m-%dT%H:%M:%S') as scheduled_at,
    item.succeeded as succeeded,
    item.pages_available as pages_available,
    item.pages_fetched as pages_fetched,
    item.hashtags_used as hashtags_used,
    item.posts_fetched as posts_fetched,
    'synthetic' as provenance,
    receipt
from bronze_sample__runs
