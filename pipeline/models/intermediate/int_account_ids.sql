-- One row per platform and account name: the account id last seen under it, so that a post that gives only the name and one that gives only the id
-- belong to one author.
-- view: account names stay in bronze; the database keeps none of them.
select
  platform,
  account_handle,
  arg_max(account_id, (collected_at, account_id)) as account_id
from all_accounts
where account_handle is not null and account_id is not null
group by platform, account_handle
