-- One row per campaign, market and channel in one file; files overlap, see campaigns.
select
  'campaigns' as source,
  campaign_id,
  name,
  market,
  channel,
  starts_on,
  ends_on,
  spend,
  currency,
  impressions,
  clicks,
  creators,
  exported_on,
  'imported' as provenance,
  receipt
from bronze_campaigns__campaigns
