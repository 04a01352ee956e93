-- One row per account and time at which an imported file states its followers.
SELECT
  'file' AS source,
  platform,
  account_id,
  account_handle,
  collected_at,
  followers,
  following,
  posts_total,
  'imported' AS provenance,
  receipt
FROM bronze_file__accounts
