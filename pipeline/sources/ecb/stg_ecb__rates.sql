-- One row per sight of one currency's rate on one working day, in the digits that the ECB printed.
select
  'ecb' as source,
  item.date as day,
  item.currency as currency,
  item.rate as rate,
  collected_at,
  provenance,
  receipt
from bronze_ecb__rates
