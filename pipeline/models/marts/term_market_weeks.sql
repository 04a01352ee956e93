-- One row per term, market and ISO week of the calendar, zeros included: a series with holes where nobody spoke would look like one where nobody listened.
with counted as (
  select term, market, week, count(*)::int as posts, nullif(count(distinct author_key), 0)::int as authors
  from int_terms_named
  group by all
)

select
  t.term,
  t.kind,
  m.market,
  m.week,
  coalesce(n.posts, 0) as posts,
  n.authors,
  m.posts as market_posts,
  m.collected
from terms t
cross join market_weeks_counted m
left join counted n on n.term = t.term and n.market = m.market and n.week = m.week
order by t.term, m.market, m.week
