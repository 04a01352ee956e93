// Which markets the row `all` pools.

/** A SELECT of the target markets; of all markets where the publication has no target. */
export const pooledMarkets = `
  select distinct market from pub_markets where role = 'target'
  union
  select distinct market from posts where not exists (from pub_markets where role = 'target')`;
