-- One row per keyword and week of its index, and one per keyword, day of asking and period of growth. A keyword may stand in several lists at once; the
-- index is its own, so it is one series whatever list it was seen in. Growth is what the list of that day said.
with trends as (

    select request, collected_at, item, provenance, receipt
    from bronze_pinterest__trends

),

weeks as (

    select request, collected_at, item.keyword as keyword, unnest(item.time_series) as point, provenance, receipt
    from trends

),

growths as (

    select request, collected_at, item.keyword as keyword, 'search_growth_week' as kind, item.pct_growth_wow as pct, provenance, receipt from trends
    union all
    select request, collected_at, item.keyword, 'search_growth_month', item.pct_growth_mom, provenance, receipt from trends
    union all
    select request, collected_at, item.keyword, 'search_growth_year', item.pct_growth_yoy, provenance, receipt from trends

)

select
    'pinterest' as source,
    request.market as market,
    'search_index' as kind,
    regexp_replace(trim(lower(keyword)), '[\s/]+', '-', 'g') as term,
    request.region || '/' || lower(keyword) as series,
    point.date::date as day,
    point.value::decimal(18, 6) as value,
    100::decimal(18, 6) as out_of,
    'index of its own highest week' as unit,
    collected_at::timestamp as collected_at,
    provenance,
    receipt
from weeks

union all by name

select
    'pinterest' as source,
    request.market as market,
    kind,
    regexp_replace(trim(lower(keyword)), '[\s/]+', '-', 'g') as term,
    request.region || '/' || lower(keyword) as series,
    collected_at::date as day,
    -- The platform stops counting at ten thousand: what lies beyond is said by the unit.
    greatest(least(pct, 10000), -10000)::decimal(18, 6) as value,
    null::decimal(18, 6) as out_of,
    case when pct > 10000 then 'percent, more than' when pct < -10000 then 'percent, less than' else 'percent' end as unit,
    collected_at::timestamp as collected_at,
    provenance,
    receipt
from growths
where pct is not null
