-- An account has one count a moment, one last count a week, and no negative size.
select platform, author_key, collected_at::varchar as moment
from account_snapshots
group by all
having count(*) > 1 or min(least(followers, following, posts_total)) < 0
union all
select platform, author_key, week::varchar
from account_snapshots
group by all
having count(*) filter (where last_of_week) <> 1
