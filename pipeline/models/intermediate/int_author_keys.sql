-- One row per platform and author of a post: the keyed hash that stands for the author from here on. Hashed once an author, not once a post.
-- An author is known by id where a source gives one, else by the id last seen under the name, else by the name.
-- temporary: names and their hashes side by side would undo the hash; the database keeps neither.
with authors as (
  select distinct s.platform, coalesce(s.author_id, i.account_id, '@' || s.author_handle) as author
  from int_post_sights s
  left join int_account_ids i on i.platform = s.platform and i.account_handle = s.author_handle
)

select platform, author, keyed_hash(platform || ':' || author) as author_key
from authors
where author is not null
