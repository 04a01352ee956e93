// Writes the edition's sentences from its metrics: rules, and models where they are asked; no digit that is not a metric. Runs after every other analysis.
import { LeapError } from "../../core/errors.ts";
import { weakestProvenance } from "../../core/provenance.ts";
import type { Analysis, AnalysisContext, Row } from "../../core/types.ts";
import { readPassages } from "../../knowledge/table.ts";
import { searchWithVectors } from "../../knowledge/vectors.ts";
import { changesOf } from "./changes.ts";
import type { Draft, Facts } from "./facts.ts";
import { writtenDrafts } from "./llm.ts";
import { markOf } from "./mark.ts";
import { marketSentences } from "./market.ts";
import { creatorSentences, homeSentences, trendSentences } from "./pages.ts";
import { fill, type MetricValue } from "./template.ts";
import { translationsOf } from "./translate.ts";

export const analysis: Analysis = {
  id: "narrative",
  version: "1.0.0",
  reads: [
    "pub_markets",
    "pub_terms",
    "pub_knowledge",
    "out.metrics",
    "out.trends",
    "out.share_of_voice",
    "out.themes",
    "out.creators",
    "out.market_entry",
    "out.market_entry_components",
    "out.spikes",
    "out.events",
  ],
  writes: ["findings", "translations", "changes"],
  async run(context) {
    const facts = await readFacts(context);
    const drafts = [
      ...homeSentences(facts),
      ...facts.markets.flatMap((market) => marketSentences(facts, market)),
      ...[...new Set(facts.trends.map((row) => row["term"] as string))].flatMap((term) =>
        trendSentences(facts, term),
      ),
      ...facts.creators.flatMap((creator) => creatorSentences(facts, creator)),
    ];
    const { models, log, warehouse } = context;
    const findings = findingsOf(
      models
        ? await writtenDrafts(drafts, {
            ...{ facts, models, log },
            search: await searchWithVectors(await readPassages(warehouse), models.embedding),
          })
        : drafts,
      facts,
    );
    return {
      findings,
      translations: models ? await translationsOf(findings, { facts, models, log }) : [],
      changes: changesOf(facts).map((row) => ({ edition: facts.edition, ...row })),
    };
  },
};

/** Fills the drafts and numbers them within their section. */
export function findingsOf(drafts: readonly Draft[], facts: Facts): Row[] {
  const positions = new Map<string, number>();
  return drafts.map((draft) => {
    const place = `${draft.page} ${draft.section}`;
    const position = positions.get(place) ?? 0;
    positions.set(place, position + 1);
    const lead = fill(draft.lead, facts);
    const body = fill(draft.template, facts);
    return {
      edition: facts.edition,
      page: draft.page,
      section: draft.section,
      position,
      lead: lead.text,
      text: body.text,
      template: draft.lead + draft.template,
      evidence: [...new Set([...lead.evidence, ...body.evidence, ...(draft.written?.evidence ?? [])])],
      quote: draft.written?.quote ?? null,
      quote_source: draft.written?.quote_source ?? null,
      written_by: draft.written ? "model" : "rules",
      ...markOf(draft.written, facts.reviews, draft.page),
      provenance: facts.provenance,
    };
  });
}

/** The reviews of this edition that the publication names. */
const reviewsOf = ({ publication, run }: AnalysisContext): Facts["reviews"] =>
  ((publication["reviews"] ?? []) as { edition: string; page: string; by: string }[]).filter(
    ({ edition }) => edition === run.edition,
  );

async function readFacts(context: AnalysisContext): Promise<Facts> {
  const { warehouse } = context;
  const metrics = await warehouse.query<Row & MetricValue>("select * from out.metrics order by metric_id");
  const before = (await context.previous("metrics")) as unknown as MetricValue[];
  const beforeById = new Map(before.map((metric) => [metric.metric_id, metric]));
  const previousEdition =
    ((before[0] as unknown as Row | undefined)?.["edition"] as string | undefined) ?? null;
  const markets = await warehouse.query<{ code: string; name: string; role: string }>(
    "select market as code, any_value(name) as name, any_value(role) as role from pub_markets where role = 'target' group by market order by market",
  );
  if (markets.length === 0)
    throw new LeapError(
      "missing markets: pub_markets holds no market with a report. Name one in publication.yaml.",
    );
  const words = await warehouse.query<{ word: string }>(
    "select distinct lower(variant) as word from pub_terms where kind = 'theme' and length(variant) > 1",
  );
  const rows = (table: string) => warehouse.query(`select * from out.${table}`);
  return {
    metrics: new Map(
      metrics.map((metric) => [
        metric.metric_id,
        { ...metric, previous_value: beforeById.get(metric.metric_id)?.value ?? null },
      ]),
    ),
    before: beforeById,
    edition: context.run.edition,
    previousEdition,
    markets,
    trends: await rows("trends"),
    brands: await rows("share_of_voice"),
    themes: await rows("themes"),
    creators: await rows("creators"),
    entry: await rows("market_entry"),
    components: await rows("market_entry_components"),
    spikes: await rows("spikes"),
    events: await rows("events"),
    weekEnd: context.run.week_end,
    reviews: reviewsOf(context),
    themeWords: new Set(words.map(({ word }) => word)),
    provenance: weakestProvenance(metrics),
  };
}
