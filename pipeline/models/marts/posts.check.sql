-- Every post stands once, was published before the clock, belongs to a known market, and shows no hidden likes.
select 'twice' as broken, post_key from posts group by post_key having count(*) > 1
union all
select 'after the clock', p.post_key from posts p cross join run r where p.posted_at >= r.until
union all
select 'week is no Monday of its day', post_key from posts where week <> date_trunc('week', posted_at)::date
union all
select 'unknown market', p.post_key from posts p where p.market not in (select market from pub_markets)
union all
select 'hidden likes are shown', post_key from posts where likes_hidden and (likes is not null or engagement is not null)
union all
select 'negative count', post_key from posts where least(likes, comments, views, shares) < 0
union all
select 'seen after it was seen last', post_key from posts where first_seen > last_seen or times_seen < 1
