-- One row per campaign, market and channel that had begun by the clock, as the latest file that has it says. Of the creators only those who are on the
-- registry today: who left it, or was erased, is no longer named.
with registry as (
  select coalesce(list(distinct creator), []) as ids from pub_creators
)

select c.* exclude (source) replace (list_filter(c.creators, lambda creator: list_contains(g.ids, creator)) as creators)
from all_campaigns c
cross join registry g
cross join run r
where c.starts_on <= r.as_of::date
qualify row_number() over (partition by c.campaign_id, c.market, c.channel order by c.exported_on desc, c.receipt desc, c.spend desc, c.starts_on) = 1
order by c.campaign_id, c.market, c.channel
