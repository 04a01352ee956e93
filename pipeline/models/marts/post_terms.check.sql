-- A post names a term once, and both exist.
select t.post_key, t.term
from post_terms t
left join posts p on p.post_key = t.post_key
left join terms k on k.term = t.term and k.kind = t.kind
group by t.post_key, t.term
having count(*) > 1 or count(p.post_key) = 0 or count(k.term) = 0
