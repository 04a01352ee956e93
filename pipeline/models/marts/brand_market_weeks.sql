-- One row per brand of the competitor set, market and ISO week of the calendar.
-- Full: each post counts one for every brand it names. Fractional: a post that names k brands counts 1/k for each, so that a comparison of ten
-- brands does not weigh ten times a post about one. Summed in whole 27,720ths, which 1 to 12 divide: thirds of a post add up to one again.
with brands as (
  select brand, min(title) as title from pub_brands where in_set group by brand
),

counted as (
  select
    b.brand,
    p.market,
    p.week,
    count(*)::int as mentions_full,
    sum(27720 // b.brands_named)::bigint as parts,
    count(*) filter (where p.is_paid)::int as paid_mentions,
    count(*) filter (where a.polarity = 'positive')::int as positive,
    count(*) filter (where a.polarity = 'neutral')::int as neutral,
    count(*) filter (where a.polarity = 'negative')::int as negative
  from post_brands b
  semi join brands s on s.brand = b.brand
  join posts p on p.post_key = b.post_key
  left join post_annotations a on a.text_key = p.text_key
  group by all
),

naming as (
  select p.market, p.week, count(distinct b.post_key)::int as brand_posts
  from post_brands b
  join posts p on p.post_key = b.post_key
  where b.brands_named > 0
  group by all
)

select
  b.brand,
  b.title,
  m.market,
  m.week,
  coalesce(n.mentions_full, 0) as mentions_full,
  (coalesce(n.parts, 0)::decimal(18, 0) / 27720)::decimal(18, 6) as mentions_fractional,
  coalesce(s.brand_posts, 0) as brand_posts,
  coalesce(n.paid_mentions, 0) as paid_mentions,
  coalesce(n.positive, 0) as positive,
  coalesce(n.neutral, 0) as neutral,
  coalesce(n.negative, 0) as negative,
  m.posts as market_posts,
  m.collected
from brands b
cross join market_weeks_counted m
left join counted n on n.brand = b.brand and n.market = m.market and n.week = m.week
left join naming s on s.market = m.market and s.week = m.week
order by b.brand, m.market, m.week
