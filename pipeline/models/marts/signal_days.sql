-- One row per source, market, kind, term, series and day: what people looked for outside social media, as the latest sight by the clock says it.
-- Sources restate their last days, so a later sight replaces an earlier one. A day without a row is unknown: it is no zero.
select
  s.source,
  s.market,
  s.kind,
  s.term,
  s.series,
  s.day,
  date_trunc('week', s.day)::date as week,
  s.value,
  s.out_of,
  s.unit,
  s.provenance
from all_signals s
cross join run r
where s.day < r.as_of::date
  and (s.collected_at <= r.as_of or s.provenance = 'imported')
  and s.market in (select market from pub_markets)
qualify row_number() over (
  partition by s.source, s.market, s.kind, s.term, s.series, s.day order by s.collected_at desc, s.receipt desc, s.value desc
) = 1
order by s.source, s.market, s.kind, s.term, s.series, s.day
