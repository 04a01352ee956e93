-- A term stands once, with a title and a kind the contract knows.
select term
from terms
group by term
having count(*) > 1 or count(title) = 0 or not bool_and(kind in ('product', 'ingredient', 'theme', 'hashtag'))
