-- One row per distinct text of the posts, because reading the same caption twice gives the same answer twice.
-- view: texts stay in bronze; the database keeps none of them.
select
  t.text_key,
  t.text,
  t.language_hint
from (
  select hash(text) as text_key, any_value(text) as text, min(language_hint) as language_hint
  from all_posts
  where text is not null
  group by hash(text)
) t
semi join posts p on p.text_key = t.text_key
