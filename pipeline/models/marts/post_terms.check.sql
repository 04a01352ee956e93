-- A post names a term once, and both exist.
-- That both exist is given by the joins of the view; what can go wrong is a term that comes twice.
select post_key, term
from post_terms
-- Few hashes occur twice, usually none: only their posts need be compared by key.
where hash(post_key, term) in (select hash(post_key, term) from post_terms group by all having count(*) > 1)
group by post_key, term
having count(*) > 1
