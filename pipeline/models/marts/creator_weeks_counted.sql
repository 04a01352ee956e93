-- One row per registry creator and ISO week of the calendar: the last follower count of the week, posts and their median engagement rate.
-- collected: the week was collected in the creator's market, or the account was looked at. A week without a post is a zero only when it was.
with looked_at as (
  select creator, week, max(followers) filter (where last_of_week) as followers
  from account_snapshots
  where creator is not null
  group by all
),

posted as (
  select
    creator,
    week,
    count(*)::int as posts,
    count(*) filter (where is_paid)::int as paid_posts,
    count(engagement)::int as engagement_posts,
    median(er_followers)::decimal(18, 6) as er_followers_median,
    median(er_views)::decimal(18, 6) as er_views_median,
    max(engagement) as engagement_max
  from creator_posts
  group by all
),

registry as (
  select creator, min(market) as market from pub_creators group by creator
)

select
  c.creator,
  w.week,
  l.followers,
  coalesce(p.posts, 0) as posts,
  coalesce(p.paid_posts, 0) as paid_posts,
  coalesce(p.engagement_posts, 0) as engagement_posts,
  p.er_followers_median,
  p.er_views_median,
  p.engagement_max,
  coalesce(m.collected, false) or l.creator is not null as collected
from registry c
cross join int_weeks w
left join int_market_calendar m on m.market = c.market and m.week = w.week
left join looked_at l on l.creator = c.creator and l.week = w.week
left join posted p on p.creator = c.creator and p.week = w.week
order by c.creator, w.week
