-- One row per source, market and slot, whether or not somebody ran in it. A slot that was tried again, since a first run could ask nothing,
-- counts once: the run that succeeded, else the last one that was made, else that it was missed.
select
    source,
    platform,
    market,
    run,
    scheduled_at::timestamp as scheduled_at,
    started_at::timestamp as started_at,
    ended_at::timestamp as ended_at,
    succeeded,
    reason,
    targets,
    targets_done,
    targets_stopped,
    targets_queued,
    pages_available,
    pages_fetched,
    requests,
    hashtags_used,
    posts_received,
    posts_received as posts_fetched,
    posts_repeated,
    quarantined,
    deleted_upstream,
    covered_from::timestamp as covered_from,
    covered_until::timestamp as covered_until,
    hours_lost::double as hours_lost,
    provenance,
    receipt
from bronze_collector__runs
qualify row_number() over (
    partition by source, market, scheduled_at
    order by succeeded desc, started_at desc nulls last, receipt desc
) = 1
