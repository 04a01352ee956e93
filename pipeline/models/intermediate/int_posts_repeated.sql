-- One row per post that more than one row speaks about. Usually few: the others need no comparison at all.
select post_key
from int_post_sights
where not after_clock
group by post_key
having count(*) > 1
