-- A creator has one sample, by one auditor, of one day; and nobody's share or count is impossible.
select creator, 'more than one sample' as problem
from follower_samples
group by creator
having count(distinct (auditor, audited_on)) > 1
union all
select creator, 'impossible value'
from follower_samples
where least(followers, following, posts, bio_length, username_digit_share) < 0 or username_digit_share > 1
