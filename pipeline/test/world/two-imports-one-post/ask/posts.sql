select post_id, market, week, times_seen, first_seen, last_seen, likes, comments, engagement, likes_hidden, tags, receipt, provenance, author_key is null as nameless from posts order by post_id
