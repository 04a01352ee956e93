-- One row per event in one file; files overlap, see public_events. An event without an id is known by its title and day.
select
  'events' as source,
  regexp_replace(coalesce(event, lower(title) || '-' || "from"::varchar), '[\s/]+', '-', 'g') as event,
  market,
  "from" as day,
  until,
  title,
  kind,
  e.source as url,
  exported_on,
  'imported' as provenance,
  receipt
from bronze_events__events e
