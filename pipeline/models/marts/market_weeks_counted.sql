-- One row per market and ISO week of the calendar. Median engagement, because one viral post drags a mean; over posts with visible likes alone.
-- Markets are not pooled here: who pools says over which, and counts no post twice.
with counted as (
  select
    p.market,
    p.week,
    count(*)::int as posts,
    -- Where no author is named there is no number of authors, rather than none.
    nullif(count(distinct p.author_key), 0)::int as authors,
    count(p.author_key)::int as posts_with_author,
    sum(p.likes)::bigint as likes,
    sum(p.comments)::bigint as comments,
    sum(p.views)::bigint as views,
    median(p.engagement)::decimal(18, 6) as engagement_median,
    count(p.engagement)::int as engagement_posts,
    count(*) filter (where p.likes_hidden)::int as hidden_like_posts,
    count(*) filter (where p.is_paid)::int as paid_posts,
    count(*) filter (where a.polarity = 'positive')::int as positive,
    count(*) filter (where a.polarity = 'neutral')::int as neutral,
    count(*) filter (where a.polarity = 'negative')::int as negative,
    count(*) filter (where a.polarity is null)::int as unclassified,
    -- synthetic outranks imported outranks observed: a value is as weak as its weakest row.
    max(p.provenance) filter (where p.provenance = 'synthetic') as synthetic,
    max(p.provenance) filter (where p.provenance = 'imported') as imported
  from posts p
  left join post_annotations a on a.text_key = p.text_key
  group by p.market, p.week
)

select
  c.market,
  c.week,
  coalesce(n.posts, 0) as posts,
  n.authors,
  coalesce(n.posts_with_author, 0) as posts_with_author,
  n.likes,
  n.comments,
  n.views,
  n.engagement_median,
  coalesce(n.engagement_posts, 0) as engagement_posts,
  coalesce(n.hidden_like_posts, 0) as hidden_like_posts,
  coalesce(n.paid_posts, 0) as paid_posts,
  coalesce(n.positive, 0) as positive,
  coalesce(n.neutral, 0) as neutral,
  coalesce(n.negative, 0) as negative,
  coalesce(n.unclassified, 0) as unclassified,
  c.collected,
  case when n.posts is not null then coalesce(n.synthetic, n.imported, 'observed') end as provenance
from int_market_calendar c
left join counted n on n.market = c.market and n.week = c.week
order by c.market, c.week
