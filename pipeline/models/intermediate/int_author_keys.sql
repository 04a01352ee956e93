-- One row per platform and way in which posts name an author: the keyed hash that stands for the author from here on, and the creator, if any. Worked
-- out once an author, not once a post.
-- An author is known by id where a source gives one, else by the id last seen under the name, else by the name.
-- temporary: names and their hashes side by side would undo the hash; the database keeps neither.
with registry as (
  select platform, handle, min(creator) as creator from pub_creators group by platform, handle
),

registry_ids as (
  select platform, account_id, min(creator) as creator from int_creator_accounts group by platform, account_id
)

select
  s.platform,
  s.author_id,
  s.author_handle,
  keyed_hash(s.platform || ':' || coalesce(s.author_id, i.account_id, '@' || s.author_handle)) as author_key,
  coalesce(h.creator, a.creator) as creator
from int_post_authors s
left join int_account_ids i on i.platform = s.platform and i.account_handle = s.author_handle
left join registry h on h.platform = s.platform and h.handle = s.author_handle
left join registry_ids a on a.platform = s.platform and a.account_id = s.author_id
