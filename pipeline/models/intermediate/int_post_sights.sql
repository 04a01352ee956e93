-- One row per accepted row of a post: what it says about the post, without its text, its address and the account's name, which stay in bronze. Whoever
-- wrote it is a keyed hash from here on; only registry creators, who are public and professional, keep a name.
-- A hash stands for platform and post id, and another for the text: as many bytes as a number, where the words would cost more than all else here.
-- Words that a publication knows beforehand (receipt_word, market_word, …) are kept as numbers, too. hash() may change with the database's version, so
-- what is published (post_key, author_key) is made with MD5 and SHA-256.
-- joins as written: the database takes a view over NDJSON for a handful of rows and would build its hash tables from the captions.
with disclosure as (
  select coalesce(list(distinct lower(tag)), []) as tags from ref_disclosure_tags
),

named as (
  select
    *,
    case
      when contains(text, '#') then list_transform(regexp_extract_all(text, '#([\p{L}\p{M}\p{N}_]+)', 1), lambda tag: lower(tag))
      else []
    end as text_tags
  from all_posts
),

-- tags are those the source states and those in the text, lower case. Lists are only joined where there are two: joining costs as much as all else.
tagged as (
  select *, case when len(tags) = 0 then text_tags when len(text_tags) = 0 then tags else list_concat(tags, text_tags) end as all_tags
  from named
),

-- The first of each tag stays; list_distinct does the same three times slower.
once as (
  select * exclude (all_tags), list_filter(all_tags, lambda tag, place: list_position(all_tags, tag) = place) as all_tags
  from tagged
)

select
  md5(t.platform || ':' || t.post_id)::uuid as post_key,
  t.source::source_word as source,
  t.platform,
  -- Posts of a market that the publication does not track are kept, unassigned.
  coalesce(try_cast(t.market as market_word), 'zz'::market_word) as market,
  t.posted_at,
  date_trunc('week', t.posted_at)::date as week,
  t.collected_at,
  k.author_key,
  k.creator::creator_word as creator,
  hash(t.text) as text_key,
  t.all_tags as tags,
  t.media_type::media_word as media_type,
  -- Hidden likes are null: a hidden count is not a zero.
  case when not t.likes_hidden then t.likes end as likes,
  t.comments,
  t.views,
  t.shares,
  t.likes_hidden,
  t.rating,
  -- A filter over the few tags of a post; list_has_any does the same four times slower.
  coalesce(t.paid_partnership, false) or len(list_filter(t.all_tags, lambda tag: list_contains(d.tags, tag))) > 0 as is_paid,
  t.provenance::provenance_word as provenance,
  t.receipt::receipt_word as receipt,
  t.posted_at >= r.until
    -- A file that was imported today speaks about its own past; only what we collected ourselves can come too late for a run.
    or (t.collected_at > r.as_of and t.provenance <> 'imported') as after_clock
from once t
cross join disclosure d
cross join run r
left join int_author_keys k
  on k.platform = t.platform and k.author_id is not distinct from t.author_id and k.author_handle is not distinct from t.author_handle
