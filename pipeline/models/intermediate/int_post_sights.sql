-- One row per accepted row of a post: under which receipt, by whom, and whether the clock of the run lies before it.
-- A hash stands for platform and post id, because a million long ids would cost more than everything that is asked of them here:
-- which posts may have been seen twice, and how many rows each receipt brought. Equal hashes are compared again by id downstream.
-- temporary: account names stay in bronze, and what asks for them here need not read the whole of it again.
select
  hash(p.platform || ':' || p.post_id) as post_hash,
  p.platform,
  p.author_id,
  p.author_handle,
  p.receipt,
  p.posted_at >= r.until
    -- A file that was imported today speaks about its own past; only what we collected ourselves can come too late for a run.
    or (p.collected_at > r.as_of and p.provenance <> 'imported') as after_clock
from all_posts p
cross join run r
