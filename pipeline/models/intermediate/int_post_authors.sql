-- One row per platform and way in which posts name an author: by id, by account name, by both.
-- temporary: account names stay in bronze, and what asks for them here need not read the whole of it again.
select distinct platform, author_id, author_handle
from all_posts
where author_id is not null or author_handle is not null
