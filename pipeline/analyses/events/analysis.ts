// Publishes the curated events that fall within the weeks of the edition, so that charts can mark them and readers can check them.
import type { Analysis, Row } from "../../core/types.ts";

export const analysis: Analysis = {
  id: "events",
  version: "1.0.0",
  reads: ["run", "ref_events", "pub_markets", "posts"],
  writes: ["events"],
  run: async ({ warehouse, run }) => ({ events: await warehouse.query<Row>(eventsOf(run.edition)) }),
};

// An event may belong to one publication alone: what a synthetic sample plants never happened to anybody else.
const eventsOf = (edition: string) => `
  with span as (select min(posted_at)::date as first from posts)
  select
    '${edition}' as edition, e.event, e.market, e.date as day, e.title, coalesce(e.label, e.title) as label, e.source,
    case when e.publication is null then 'observed' else 'synthetic' end as provenance
  from ref_events e
  cross join run r
  cross join span
  where e.market in (select market from pub_markets where role <> 'unassigned')
    and e.date between span.first and r.week_end
    and (e.publication is null or e.publication = r.publication)
  order by e.event, e.market`;
