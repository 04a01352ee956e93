// What each source allows and what is left of it, and what went wrong while collecting. Incidents name nothing that is not public.
import { periodWeeks } from "./coverage.ts";

/** Rows of the dataset `collection_limits`, without the edition: each limit as the last run of the period left it. */
export const countedLimits = `
  with period as (
    select l.*, l."at" >= r.until - interval ${7 * periodWeeks} day as recent
    from all_limits l, run r
    where l."at" <= r.as_of
  ),
  counted as (
    select *, case when capacity > 0 then least(1, greatest(0, used / capacity)) when used > 0 then 1 else 0 end as used_share from period
  )
  select source, "limit" as limit_id, title, unit, account, "at", capacity::double as capacity, used::double as used, "left"::double as remaining,
    used_share::double as used_share,
    max(used_share) over (partition by source, "limit", account)::double as most_used_share,
    resets_at, server_used_pct::double as server_used_pct, coalesce(list_sort(queued), []) as queued
  from counted
  where recent
  qualify row_number() over (partition by source, "limit", account order by "at" desc, run desc) = 1
  order by source, limit_id, account`;

/**
 * Rows of the dataset `incidents`, without edition and number. A target is named where it is public by nature, and a creator where the registry has
 * them: a post or somebody's account is not, and neither is what was said of it.
 */
export const countedIncidents = `
  with named as (
    select i.* exclude (target),
      case
        when i.target is null then null
        when regexp_matches(i.target, '^(hashtag|tag|search|query|term|keyword|article|page|views|news|theme|top|currency|rates|instance|trend|trends|region|limit|token):') then i.target
        when i.target like 'creator:%' and substr(i.target, 9) in (select creator from pub_creators) then i.target
      end as target,
      i.target is not null as about_something,
      split_part(coalesce(i.target, ''), ':', 1) as about
    from all_incidents i, run r
    where i."at" <= r.as_of and i."at" >= r.until - interval ${7 * periodWeeks} day
  ),
  worded as (
    select * exclude (says),
      case when about_something and target is null then kind || ': one ' || regexp_replace(about, '[^a-z_]', '', 'g') || ', not named here' else says end as says
    from named
  )
  select source, lower(market) as market, min("at") as "at", max("at") as last_at, count(*)::int as times, kind, severity, target, says,
    case when bool_or(provenance = 'synthetic') then 'synthetic' else 'observed' end as provenance
  from worded
  group by source, run, lower(market), kind, severity, target, says
  order by "at", source, market nulls first, kind, target nulls first, says`;
