-- One row per account with at least 10 posts with visible likes in 60 days and a known size: what creators of that size reach.
-- Registry creators are in it too, marked, so that a percentile can leave the creator itself out.
with sizes as (
  select platform, author_key, min(creator) as creator, arg_max(followers, collected_at) as followers
  from account_snapshots
  where followers > 0
  group by platform, author_key
),

rated as (
  select s.platform, s.author_key, s.creator, s.followers, p.market, p.engagement, p.views
  from posts p
  join sizes s on s.platform = p.platform and s.author_key = p.author_key
  cross join run r
  where p.engagement is not null and p.posted_at >= r.until - interval 60 day
)

select
  platform,
  author_key,
  min(creator) as creator,
  mode(market order by market) as market,
  min(followers) as followers,
  log10(min(followers))::decimal(9, 6) as log10_followers,
  count(*)::int as posts,
  (median(engagement) / min(followers))::decimal(18, 6) as er_followers_median,
  (sum(engagement) filter (where views > 0) / nullif(sum(views), 0))::decimal(18, 6) as er_views
from rated
group by platform, author_key
having count(*) >= 10
order by platform, author_key
