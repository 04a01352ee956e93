-- One row per follower of the latest sample that an auditor drew of a registry creator's followers by the clock. A name that stands twice in a
-- sample counts once; followers without a name cannot be told apart and count as often as they stand.
with known as (
  select f.*, c.market
  from all_followers f
  join pub_creators c on c.creator = f.creator
  cross join run r
  where f.audited_on <= r.as_of::date
)

select * exclude (source)
from known
qualify audited_on = max(audited_on) over (partition by creator)
  and (follower_key is null or row_number() over (partition by creator, audited_on, follower_key order by receipt, posts, followers, following, bio_length) = 1)
order by creator, follower_key, followers, following, posts, bio_length, username_length
