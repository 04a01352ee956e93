-- One row per account and moment at which a source stated its size. The account is a keyed hash, the same as the author of its posts.
-- An account is known by its id where a source gives one, else by its name: names change hands, ids do not.
select
  a.platform,
  keyed_hash(a.platform || ':' || coalesce(a.account_id, i.account_id, '@' || a.account_handle)) as author_key,
  min(coalesce(h.creator, c.creator)) as creator,
  a.collected_at,
  max(a.followers) as followers,
  max(a.following) as following,
  max(a.posts_total) as posts_total,
  max(a.provenance) as provenance,
  max(a.receipt) as receipt
from all_accounts a
cross join run r
left join int_account_ids i on i.platform = a.platform and i.account_handle = a.account_handle
left join pub_creators h on h.platform = a.platform and h.handle = a.account_handle
left join int_creator_accounts c on c.platform = a.platform and c.account_id = a.account_id
where a.collected_at <= r.as_of or a.provenance = 'imported'
group by a.platform, 2, a.collected_at
