-- One row per sighting of a status. Instances number statuses and accounts each in their own way, so a status goes by its address and an account by
-- its full name. Copies on other instances count fewer reactions than the original.
select
    'mastodon' as source,
    'mastodon' as platform,
    -- The address names the author, so a status goes by its hash, as it does once its text has expired.
    case when starts_with(item.uri, 'sha256:') then item.uri else 'sha256:' || sha256(item.uri) end as post_id,
    lower(request.market) as market,
    item.created_at::timestamp as posted_at,
    collected_at::timestamp as collected_at,
    item.acct as author_id,
    item.acct as author_handle,
    item.text as text,
    list_transform(coalesce(item.tags, []), lambda tag: lower(tag)) as tags,
    split_part(item.language, '-', 1) as language_hint,
    item.media as media_type,
    item.favourites_count as likes,
    item.replies_count as comments,
    null::bigint as views,
    item.reblogs_count + coalesce(item.quotes_count, 0) as shares,
    false as likes_hidden,
    null::double as rating,
    null::boolean as paid_partnership,
    item.url as url,
    provenance,
    receipt
from bronze_mastodon__statuses
