-- One row per distinct text: where it stands first, and the language its source hints at. The text itself stays out of the hash table.
-- view: the annotation alone asks for it.
select
  text_key,
  min(rowid) as first_row,
  min(language_hint) as language_hint
from posts
where text_key is not null
group by text_key
