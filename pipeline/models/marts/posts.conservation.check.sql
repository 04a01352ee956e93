-- Every row before the clock is a sight of exactly one post.
select rows_seen, sights
from (select count(*) filter (where not after_clock) as rows_seen from int_post_sights) a
cross join (select coalesce(sum(times_seen), 0) as sights from posts) b
where rows_seen <> sights
