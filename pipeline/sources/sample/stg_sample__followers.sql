-- One row per follower in a sample that an auditor handed over.
select
    'sample' as source,
    request.creator as creator,
    request.auditor as auditor,
    request.audited_on as audited_on,
    request.consent as consent,
    item.*,
    'synthetic' as provenance,
    receipt
from bronze_sample__followers
