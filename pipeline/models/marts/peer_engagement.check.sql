-- An account stands once, with enough posts and a size.
select platform, author_key
from peer_engagement
group by all
having count(*) > 1 or min(posts) < 10 or min(followers) < 1
