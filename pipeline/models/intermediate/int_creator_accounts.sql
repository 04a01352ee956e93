-- One row per registry creator and account id seen under the creator's public name, in account snapshots or in posts.
with seen as (
  select platform, account_handle as handle, account_id from all_accounts
  union all
  select platform, author_handle, author_id from int_post_authors
)
select distinct c.creator, c.platform, s.account_id
from pub_creators c
join seen s on s.platform = c.platform and s.handle = c.handle
where s.account_id is not null
