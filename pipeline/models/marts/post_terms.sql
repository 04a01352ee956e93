-- One row per post and term it names: taxonomy terms by any spelling in its text, hashtag terms by the tag.
-- view: as int_terms_named, which it narrows.
select post_key, term, kind from int_terms_named
