select brand, market, week, mentions_full, mentions_fractional, brand_posts, market_posts from brand_market_weeks where mentions_full > 0 order by all
