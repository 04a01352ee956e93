select market, platform, week, runs_scheduled, posts, state from coverage_counted order by all
