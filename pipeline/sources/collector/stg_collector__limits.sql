-- One row per run and limit: what was used and what was left when the run ended.
select
    source,
    run,
    "at"::timestamp as "at",
    "limit",
    title,
    unit,
    account,
    capacity::double as capacity,
    used::double as used,
    "left"::double as "left",
    resets_at::timestamp as resets_at,
    server_used_pct::double as server_used_pct,
    queued,
    receipt
from bronze_collector__limits
