-- One row per accepted row of an imported file. An export that does not say when its counts were seen is taken to have seen
-- each post when it appeared: any later guess would hide posts from the editions of their own weeks.
SELECT
  'file' AS source,
  platform,
  post_id,
  market,
  posted_at,
  coalesce(collected_at, posted_at) AS collected_at,
  author_id,
  author_handle,
  text,
  coalesce(tags, []::VARCHAR[]) AS tags,
  language_hint,
  media_type,
  likes,
  comments,
  views,
  shares,
  coalesce(likes_hidden, false) AS likes_hidden,
  rating::DOUBLE AS rating,
  paid_partnership,
  url,
  'imported' AS provenance,
  receipt
FROM bronze_file__posts
