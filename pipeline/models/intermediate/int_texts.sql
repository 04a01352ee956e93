-- One row per distinct text, because reading the same caption twice gives the same answer twice.
-- view: the annotation reads it once, and a table would write every text again.
select
  f.text_key,
  p.text,
  f.language_hint
from posts p
join int_text_firsts f on f.first_row = p.rowid
