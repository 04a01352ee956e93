// Publishes the events, curated and imported, that fall within the weeks of the edition, so that charts can mark them and readers can check them.
import type { Analysis, Row } from "../../core/types.ts";

export const analysis: Analysis = {
  id: "events",
  version: "1.1.0",
  reads: ["run", "ref_events", "public_events", "pub_markets", "posts"],
  writes: ["events"],
  run: async ({ warehouse, run }) => ({ events: await warehouse.query<Row>(eventsOf(run.edition)) }),
};

// An event may belong to one publication alone: what a synthetic sample plants never happened to anybody else. Where an operator lists what we
// have curated, under the same id, ours stays.
const eventsOf = (edition: string) => `
  with span as (select min(posted_at)::date as first from posts),

  known as (
    select
      e.event, e.market, e.date as day, e.title, coalesce(e.label, e.title) as label, e.source,
      case when e.publication is null then 'observed' else 'synthetic' end as provenance, 1 as place
    from ref_events e
    cross join run r
    where e.market in (select market from pub_markets where role <> 'unassigned')
      and (e.publication is null or e.publication = r.publication)
    union all
    select event, market, day, title, title, url, provenance, 2 from public_events
  )

  select '${edition}' as edition, k.event, k.market, k.day, k.title, k.label, k.source, k.provenance
  from known k
  cross join run r
  cross join span
  where k.day between span.first and r.week_end
  qualify row_number() over (partition by k.event, k.market order by k.place) = 1
  order by k.event, k.market`;
