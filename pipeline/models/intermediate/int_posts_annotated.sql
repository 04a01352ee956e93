-- One row per post: what the annotation of its text says. A post without text, or in a language the engine does not read, stays unclassified.
-- view: whoever counts all posts joins post_annotations itself; a table would write every post once more.
select
  p.post_key,
  coalesce(a.language, 'und') as language,
  a.polarity,
  a.polarity_score,
  coalesce(a.terms, []) as terms,
  coalesce(a.brands, []) as brands
from posts p
left join post_annotations a on a.text_key = p.text_key
