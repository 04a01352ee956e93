-- One row per sight of one query's day. A day later than the last complete one is left to the next run, which asks for it again.
select
  'gdelt' as source,
  request.market as market,
  'news_volume' as kind,
  request.term as term,
  request.query as series,
  strptime(item.date[:8], '%Y%m%d')::date as day,
  item.value::decimal(18, 6) as value,
  item.norm::decimal(18, 6) as out_of,
  'articles' as unit,
  collected_at,
  provenance,
  receipt
from bronze_gdelt__volume
where strptime(item.date[:8], '%Y%m%d')::date < collected_at::date
