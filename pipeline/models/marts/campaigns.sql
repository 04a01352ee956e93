-- One row per campaign, market and channel that had begun by the clock, as the latest file that has it says.
select c.* exclude (source)
from all_campaigns c
cross join run r
where c.starts_on <= r.as_of::date
qualify row_number() over (partition by c.campaign_id, c.market, c.channel order by c.exported_on desc, c.receipt desc, c.spend desc, c.starts_on) = 1
order by c.campaign_id, c.market, c.channel
