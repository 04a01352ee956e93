-- Every post of the registry is here once, its rate is no negative number, and a post without visible likes has none.
select 'missing or twice' as broken, p.post_key
from posts p
left join creator_posts c on c.post_key = p.post_key
where p.creator is not null
group by p.post_key
having count(c.post_key) <> 1
union all
select 'rate', post_key from creator_posts where er_followers < 0 or er_views < 0 or (engagement is null and coalesce(er_followers, er_views) is not null)
