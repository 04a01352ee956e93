-- One row per hash of a post that more than one row speaks about. Usually few: the others need no comparison at all.
select post_hash
from int_post_sights
where not after_clock
group by post_hash
having count(*) > 1
