-- One row for each thing that went wrong in a run or that somebody should know.
select
    source,
    run,
    "at"::timestamp as "at",
    market,
    target,
    kind,
    severity,
    says,
    provenance,
    receipt
from bronze_collector__incidents
