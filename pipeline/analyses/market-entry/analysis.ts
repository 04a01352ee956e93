// How ready each target market is to be entered: what the posts support, how sure, and which component decides it.
import type { Analysis, Row } from "../../core/types.ts";
import { datasets, demandWeeks, type Inputs, readInputs, tables } from "./inputs.ts";
import { components, inverse, minimumWeight, type Readiness, readiness, weights } from "./readiness.ts";

export const analysis: Analysis = {
  id: "market-entry",
  version: "1.0.0",
  reads: [...tables, ...datasets],
  writes: ["market_entry", "market_entry_components", "metrics"],
  async run({ warehouse, run, previous, random }) {
    const inputs = await readInputs(warehouse, random);
    const knowledge = new Map(
      [...inputs.markets].map(([market, known]) => [
        market,
        Object.fromEntries(components.map((component) => [component, known[component].measured])),
      ]),
    );
    const results = readiness(knowledge, random("market-entry:draws"));
    const before = new Map((await previous("metrics")).map((row) => [row["metric_id"], row["value"]]));
    const metric = (row: MetricPart) => ({
      edition: run.edition,
      ...row,
      period_start: daysBefore(run.until, demandWeeks * 7),
      period_end: run.week_end,
      text_value: null,
      previous_value: before.get(row.metric_id) ?? null,
      method_version: analysis.version,
      provenance: inputs.provenance,
    });
    return {
      market_entry: results.map((result) => entryRow(run.edition, result, inputs)),
      market_entry_components: results.flatMap((result) => componentRows(run.edition, result, inputs)),
      metrics: results.flatMap((result) => metricParts(result, inputs).map(metric)),
    };
  },
};

function entryRow(edition: string, result: Readiness, { provenance }: Inputs): Row {
  return {
    edition,
    market: result.market,
    score: result.score,
    score_low: result.low,
    score_high: result.high,
    rank: result.rank,
    markets: result.compared,
    rank_share: result.rankShare,
    first_share: result.firstShare,
    weight_available: result.weightAvailable,
    decision: result.decision,
    confidence: result.confidence,
    reason: reasonOf(result),
    provenance,
  };
}

/** With enough weight but nobody to stand beside, too few markets; else the components are what is missing. */
const reasonOf = (result: Readiness) => {
  if (result.score !== null) return null;
  return result.weightAvailable >= minimumWeight ? ("too_few" as const) : ("not_collected" as const);
};

function componentRows(edition: string, result: Readiness, { markets, provenance }: Inputs): Row[] {
  return components.map((component) => {
    const input = markets.get(result.market)?.[component];
    const part = result.parts[component];
    return {
      edition,
      market: result.market,
      component,
      weight: weights[component],
      weight_used: part.weightUsed,
      inverse: inverse.has(component),
      raw: input?.measured?.value ?? null,
      raw_low: input?.measured?.low ?? null,
      raw_high: input?.measured?.high ?? null,
      raw_unit: input?.unit ?? "",
      percentile: part.percentile,
      percentile_low: part.low,
      percentile_high: part.high,
      rank: part.rank,
      without_score: part.withoutScore,
      without_rank: part.withoutRank,
      n: input?.n ?? 0,
      reason: input?.reason ?? (part.percentile === null ? "too_few" : null),
      provenance,
    };
  });
}

interface MetricPart {
  readonly metric_id: string;
  readonly metric: string;
  readonly market: string;
  readonly entity: string;
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly unit: string;
  readonly n: number;
  readonly reason: string | null;
}

function metricParts(result: Readiness, { markets }: Inputs): MetricPart[] {
  const { market } = result;
  const missing = reasonOf(result);
  return [
    {
      metric_id: `entry_readiness:${market}`,
      metric: "entry_readiness",
      market,
      entity: "",
      value: result.score,
      low: result.low,
      high: result.high,
      unit: "points 0-100",
      n: result.compared,
      reason: missing,
    },
    {
      metric_id: `rank_stability:${market}`,
      metric: "rank_stability",
      market,
      entity: "",
      value: result.rankShare,
      low: null,
      high: null,
      unit: "ratio",
      n: result.compared,
      reason: missing,
    },
    ...components.map((component) => {
      const input = markets.get(market)?.[component];
      const { percentile, low, high } = result.parts[component];
      return {
        metric_id: `entry_component:${market}:${component}`,
        metric: "entry_component",
        market,
        entity: component,
        value: percentile,
        low,
        high,
        unit: "points 0-100",
        n: input?.n ?? 0,
        reason: percentile === null ? (input?.reason ?? "too_few") : null,
      };
    }),
  ];
}

function daysBefore(instant: string, days: number): string {
  return new Date(Date.parse(instant) - days * 86_400_000).toISOString().slice(0, 10);
}
