-- One row per currency and working day: units of the currency for one euro, as the latest sight by the clock says it. The euro is 1 on each of them.
-- Weekends and holidays have no row: an amount is converted with the last rate on or before its day, for which readers join asof.
with seen as (
  select e.day, e.currency, e.rate::decimal(18, 6) as rate, e.provenance, e.source
  from all_rates e
  cross join run r
  where e.day <= r.as_of::date and (e.collected_at <= r.as_of or e.provenance = 'imported')
  qualify row_number() over (partition by e.day, e.currency order by e.collected_at desc, e.receipt desc) = 1
)

select day, currency, rate, provenance, source from seen
union all
select day, 'EUR', 1, max(provenance), max(source) from seen group by day
order by day, currency
