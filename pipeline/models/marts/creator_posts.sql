-- One row per post of a registry creator, with the followers of its time: the last count taken before the post's own counts were, else the first after.
-- Today's followers would make old posts of a growing account look weak.
with counts as (
  select creator, platform, collected_at, max(followers) as followers
  from account_snapshots
  where creator is not null and followers > 0
  group by all
),

own as (
  select * from posts where creator is not null
),

rated as (
  select
    p.*,
    coalesce(b.followers, f.followers) as followers,
    coalesce(b.collected_at, f.collected_at) as followers_counted_at
  from own p
  asof left join counts b on b.creator = p.creator and b.platform = p.platform and p.last_seen >= b.collected_at
  asof left join counts f on f.creator = p.creator and f.platform = p.platform and p.last_seen < f.collected_at
)

select
  post_key,
  creator,
  platform,
  market,
  posted_at,
  week,
  last_seen,
  text_key,
  tags,
  media_type,
  likes,
  comments,
  views,
  shares,
  engagement,
  likes_hidden,
  is_paid,
  followers,
  followers_counted_at,
  (engagement / followers)::decimal(18, 6) as er_followers,
  case when views > 0 then (engagement / views)::decimal(18, 6) end as er_views,
  provenance
from rated
order by creator, posted_at, post_key
