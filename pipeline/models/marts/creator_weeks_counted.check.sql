-- Every registry creator has every week once, and the weeks add up to the posts.
select creator, count(*) as weeks
from creator_weeks_counted
group by creator
having count(*) <> (select count(*) from int_weeks) or count(*) <> count(distinct week)
union all
select w.creator, sum(w.posts)
from creator_weeks_counted w
group by w.creator
having sum(w.posts) <> (
  select count(*) from creator_posts p where p.creator = w.creator and p.week in (select week from int_weeks)
)
