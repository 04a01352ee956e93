-- One row per post. Whoever wrote it is a keyed hash from here on; only registry creators, who are public and professional, keep a name.
-- tags are those the source states and those in the text, lower case. Hidden likes are null: a hidden count is not a zero.
-- joins as written: the database takes a view over NDJSON for a handful of rows and would build its hash tables from the captions, or keep them
-- all in memory to read them twice.
with disclosure as (
  select coalesce(list(distinct lower(tag)), []) as tags from ref_disclosure_tags
),

tracked as (
  select distinct market from pub_markets
),

registry as (
  select platform, handle, min(creator) as creator from pub_creators group by platform, handle
),

registry_ids as (
  select platform, account_id, min(creator) as creator from int_creator_accounts group by platform, account_id
),

tagged as (
  select
    p.*,
    sha256(p.platform || ':' || p.post_id)[:16] as post_key,
    coalesce(p.author_id, i.account_id, '@' || p.author_handle) as author,
    coalesce(h.creator, a.creator) as creator,
    case
      when contains(p.text, '#')
        then list_concat(p.tags, list_transform(regexp_extract_all(p.text, '#([\p{L}\p{M}\p{N}_]+)', 1), lambda tag: lower(tag)))
      else p.tags
    end as all_tags
  from int_posts_deduplicated p
  left join int_account_ids i on i.platform = p.platform and i.account_handle = p.author_handle
  left join registry h on h.platform = p.platform and h.handle = p.author_handle
  left join registry_ids a on a.platform = p.platform and a.account_id = p.author_id
),

-- The first of each tag stays; list_distinct does the same three times slower.
once as (
  select * exclude (all_tags), list_filter(all_tags, lambda tag, place: list_position(all_tags, tag) = place) as all_tags
  from tagged
)

select
  t.post_key,
  t.source,
  t.platform,
  t.post_id,
  -- Posts of a market that the publication does not track are kept, unassigned.
  coalesce(m.market, 'zz') as market,
  t.posted_at,
  date_trunc('week', t.posted_at)::date as week,
  t.first_seen,
  t.last_seen,
  t.times_seen,
  k.author_key,
  t.creator,
  md5(t.text) as text_key,
  t.text,
  t.all_tags as tags,
  t.language_hint,
  t.media_type,
  case when not t.likes_hidden then t.likes end as likes,
  t.comments,
  t.views,
  t.shares,
  -- A source that has no comments at all still has engagement; one without likes has none to compare.
  case when not t.likes_hidden then t.likes + coalesce(t.comments, 0) end as engagement,
  t.likes_hidden,
  t.rating,
  -- A filter over the few tags of a post; list_has_any does the same four times slower.
  coalesce(t.paid_partnership, false) or len(list_filter(t.all_tags, lambda tag: list_contains(d.tags, tag))) > 0 as is_paid,
  t.url,
  t.provenance,
  t.receipt
from once t
cross join disclosure d
left join int_author_keys k on k.platform = t.platform and k.author = t.author
left join tracked m on m.market = t.market
