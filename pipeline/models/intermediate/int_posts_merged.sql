-- One row per post that more than one row speaks about: latest counts, first market, first and last sight.
-- The post belongs to the market of its first sight, so that a trend which spreads does not move old posts; a sight that could not tell the market
-- says nothing against a later one that can. Of two rows of the same moment the
-- first market by name and the higher counts win: an order that does not depend on how files were read. max and min over structs compare field by
-- field; every column takes part, so that the winner is one whatever the order of the rows.
with merged as (
  select
    post_key,
    max({
      collected_at: collected_at, likes: likes, comments: comments, views: views, shares: shares, source: source::varchar, platform: platform,
      posted_at: posted_at, week: week, author_key: author_key, creator: creator::varchar, text_key: text_key, tags: tags,
      media_type: media_type::varchar, likes_hidden: likes_hidden, rating: rating, is_paid: is_paid, provenance: provenance::varchar,
      receipt: receipt::varchar
    }) as latest,
    {
      collected_at: min(collected_at),
      market: coalesce(
        min({collected_at: collected_at, market: market::varchar}) filter (where market <> 'zz'),
        {collected_at: min(collected_at), market: 'zz'}
      ).market
    } as first_sight,
    count(*)::int as times_seen
  from int_post_sights
  semi join int_posts_repeated using (post_key)
  where not after_clock
  group by post_key
)

select post_key, latest, first_sight, times_seen from merged
