-- One row per event and market that an operator lists, as the latest file that has it says; an event without a market is one of every market.
with latest as (
  select e.* exclude (source)
  from all_events e
  qualify row_number() over (partition by e.event, e.market order by e.exported_on desc, e.receipt desc, e.day) = 1
)

select l.* replace (m.market as market)
from latest l
join (select distinct market from pub_markets where role <> 'unassigned') m on l.market is null or m.market = l.market
qualify row_number() over (partition by l.event, m.market order by l.market nulls last) = 1
order by l.event, m.market
