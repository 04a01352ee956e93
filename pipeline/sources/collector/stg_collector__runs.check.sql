-- What was done was among what was to be done, and what was seen twice among what was seen; a run that did not succeed says why.
select source, market, run, scheduled_at
from stg_collector__runs
where targets_done + targets_stopped + targets_queued > targets
    or posts_repeated > posts_received
    or pages_fetched > coalesce(pages_available, pages_fetched)
    or (not succeeded and reason is null)
    or (succeeded and reason is not null)
    or covered_from > covered_until
