-- One row per term in use: taxonomy terms that a post names, and the most used hashtags of 52 weeks.
-- A hashtag becomes a term when 30 posts use it and it says something of its own: not a spelling of a taxonomy term or a brand, which have their
-- own pages, and no word such as #love or #ad that says nothing about a subject. Ties go by name.
with named as (
  select distinct unnest(terms) as term from int_posts_annotated
),

taxonomy as (
  select p.term, min(p.title) as title, min(p.kind) as kind
  from pub_terms p
  semi join named n on n.term = p.term
  group by p.term
),

-- Hashtags have no spaces: glass skin and #glassskin are one.
spoken_for as (
  select regexp_replace(lower(variant), '[\s_#-]+', '', 'g') as tag from pub_terms
  union
  select regexp_replace(lower(variant), '[\s_#-]+', '', 'g') from pub_brands
  union
  select lower(tag) from ref_generic_tags
  union
  select lower(tag) from ref_disclosure_tags
),

recent as (
  select tag, count(*) as posts
  from post_hashtags
  where week > (select week_start - interval 52 week from run)
  group by tag
  having count(*) >= 30
),

hashtags as (
  select tag
  from recent
  where replace(tag, '_', '') not in (select tag from spoken_for)
    and not regexp_full_match(tag, '[0-9_]+')
  qualify row_number() over (order by posts desc, tag) <= (select hashtag_terms from pub_settings)
)

select term, title, kind from taxonomy
union all
select 'tag-' || tag, '#' || tag, 'hashtag' from hashtags
