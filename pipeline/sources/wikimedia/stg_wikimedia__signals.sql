-- One row per sight of one article's day. Only readers are counted: automata and crawlers are left out by the request.
select
  'wikimedia' as source,
  request.market as market,
  'page_views' as kind,
  request.term as term,
  request.project || '/' || request.article as series,
  strptime(item.timestamp[:8], '%Y%m%d')::date as day,
  item.views::decimal(18, 6) as value,
  null::decimal(18, 6) as out_of,
  'views' as unit,
  collected_at,
  provenance,
  receipt
from bronze_wikimedia__views
