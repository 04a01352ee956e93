// Who read the posts of each market, and how often the offline engine and a model agree where both did.
import { weakestProvenanceSql } from "../../core/provenance.ts";
import type { Analysis, Row } from "../../core/types.ts";
import { cohenKappa } from "../../stats/cohen-kappa.ts";
import { wilson } from "../../stats/wilson.ts";
import { ASKED_DAYS, SURE } from "../../texts/reading.ts";

export const analysis: Analysis = {
  id: "readings",
  version: "1.1.0",
  reads: ["run", "posts", "post_annotations", "post_readings", "pub_markets"],
  writes: ["readings", "metrics"],
  async run({ warehouse, run }) {
    const counts = await warehouse.query<Count>(COUNTS);
    const labels = Map.groupBy(await warehouse.query<Labels>(LABELS), ({ market }) => market);
    const rows = counts
      .filter(({ asked }) => asked > 0)
      .map((count) => readingsRow(run.edition, count, labels.get(count.market) ?? []));
    const start = new Date(Date.parse(run.until) - ASKED_DAYS * 86_400_000).toISOString().slice(0, 10);
    return {
      readings: rows,
      metrics: rows.flatMap((row) => {
        const about = {
          ...{
            edition: run.edition,
            market: row.market,
            entity: "",
            period_start: start,
            period_end: run.week_end,
          },
          ...{ unit: "ratio", text_value: null, previous_value: null, method_version: "1.0.0" },
          provenance: row.provenance,
        };
        return [
          {
            ...about,
            ...{ metric: "model_read_share", metric_id: `model_read_share:${row.market}` },
            ...{ value: row.read_by_model_share, low: null, high: null, n: row.posts, reason: row.reason },
          },
          {
            ...about,
            ...{ metric: "engine_agreement", metric_id: `engine_agreement:${row.market}` },
            ...{ value: row.agreement, low: row.agreement_low, high: row.agreement_high, n: row.sampled },
            reason: row.agreement === null ? "too_few" : null,
          },
        ];
      }),
    };
  },
};

type Count = Row & {
  market: string;
  posts: number;
  read_by_model: number;
  ironic: number;
  asked: number;
  sampled: number;
  agreed: number;
  model: string | null;
  prompt_version: string | null;
  provenance: string;
};

/** How often the offline engine said `offline` of a sampled text and the model `polarity`. */
interface Labels extends Row {
  readonly market: string;
  readonly offline: string;
  readonly polarity: string;
  readonly texts: number;
}

const FEWEST = 30;

export function readingsRow(edition: string, count: Count, labels: readonly Labels[]) {
  const { asked: _asked, ...counts } = count;
  const agreement = count.sampled >= FEWEST ? wilson(count.agreed, count.sampled) : null;
  const enough = count.posts >= FEWEST;
  return {
    edition,
    ...counts,
    threshold: SURE,
    read_by_model_share: enough ? count.read_by_model / count.posts : null,
    agreement: agreement && count.agreed / count.sampled,
    agreement_low: agreement?.low ?? null,
    agreement_high: agreement?.high ?? null,
    kappa: agreement && kappaOf(labels),
    reason: enough ? null : "too_few",
  };
}

/** Raw agreement flatters where most posts bear one label: what chance would bring is taken off. */
function kappaOf(labels: readonly Labels[]): number | null {
  const counts: Record<string, Record<string, number>> = {};
  for (const { offline, polarity, texts } of labels)
    counts[offline] = { ...counts[offline], [polarity]: texts };
  return cohenKappa(counts).kappa;
}

/** A text that was posted in two markets is a sample of the first of them. */
const SAMPLED_TEXTS = `
  select distinct on (r.text_key) recent.market, r.text_key, r.offline, r.polarity
  from post_readings r join recent using (text_key) where r.asked = 'sample' order by r.text_key, recent.market`;

const RECENT = `
    select p.market::varchar as market, p.text_key, r.asked, r.model, r.prompt_version, r.irony, p.provenance
    from posts p cross join run
    join post_annotations a using (text_key)
    left join post_readings r using (text_key)
    where p.posted_at < run.until and p.posted_at >= run.until - interval ${ASKED_DAYS} day and a.language <> 'und'
      and p.market::varchar in (select market from pub_markets where role <> 'unassigned')`;

const LABELS = `
  with recent as (${RECENT}
  )
  select market, offline, polarity, count(*)::int as texts
  from (${SAMPLED_TEXTS}
  )
  group by market, offline, polarity
  order by market, offline, polarity`;

const COUNTS = `
  with recent as (${RECENT}
  ),
  samples as (
    select market, count(*)::int as sampled, (count(*) filter (where offline = polarity))::int as agreed
    from (${SAMPLED_TEXTS}
    )
    group by market
  )
  select market, count(*)::int as posts,
    (count(*) filter (where asked = 'unsure'))::int as read_by_model,
    (count(*) filter (where irony))::int as ironic,
    count(asked)::int as asked,
    coalesce(any_value(s.sampled), 0) as sampled, coalesce(any_value(s.agreed), 0) as agreed,
    mode(model) as model, mode(prompt_version) as prompt_version,
    ${weakestProvenanceSql} as provenance
  from recent left join samples s using (market)
  group by market
  order by market`;
