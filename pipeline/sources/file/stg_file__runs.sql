-- Never a row: a file is no scheduled collector run, and coverage says so instead of counting one.
SELECT
  'file' AS source,
  platform,
  market,
  scheduled_at,
  succeeded,
  NULL::BIGINT AS pages_available,
  NULL::BIGINT AS pages_fetched,
  NULL::BIGINT AS hashtags_used,
  NULL::BIGINT AS posts_fetched,
  'imported' AS provenance,
  receipt
FROM bronze_file__runs
WHERE false
