// How ready each target market is to be entered: what the posts support, how sure, and which component decides it.
import type { Analysis, Row } from "../../core/types.ts";
import { type Alternative, alternatives } from "./alternatives.ts";
import { budgetLines, type Line } from "./budget.ts";
import { budgetRows, totalOf } from "./budget-rows.ts";
import { tables as budgetTables, readChannels, readPrices } from "./channels.ts";
import { datasets, demandWeeks, type Inputs, readInputs, tables } from "./inputs.ts";
import {
  type Component,
  components,
  inverse,
  minimumWeight,
  type Readiness,
  readiness,
  weights,
} from "./readiness.ts";

export const analysis: Analysis = {
  id: "market-entry",
  version: "1.2.0",
  reads: [...new Set([...tables, ...budgetTables]), ...datasets],
  writes: ["market_entry", "market_entry_components", "market_budget", "metrics"],
  async run({ warehouse, run, previous, random }) {
    const inputs = await readInputs(warehouse, random);
    const knowledge = new Map(
      [...inputs.markets].map(([market, known]) => [
        market,
        Object.fromEntries(components.map((component) => [component, known[component].measured])),
      ]),
    );
    const results = readiness(knowledge, random("market-entry:draws"));
    const ranked = results.filter(({ score }) => score !== null);
    const others = alternatives(
      new Map(ranked.map(({ market, parts }) => [market, percentilesOf(parts)])),
      new Map(ranked.map(({ market, score }) => [market, score as number])),
      random("market-entry:any-weights"),
    );
    const prices = await readPrices(warehouse);
    const channels = await readChannels(warehouse);
    const budgets = results.map(({ market }) => ({
      market,
      lines: budgetLines(market, channels.get(market) ?? [], prices),
    }));
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
      market_entry: results.map((result) =>
        entryRow(run.edition, result, inputs, others.markets.get(result.market)),
      ),
      market_entry_components: results.flatMap((result) => componentRows(run.edition, result, inputs)),
      market_budget: budgets.flatMap(({ market, lines }) =>
        budgetRows(run.edition, market, lines, inputs.provenance),
      ),
      metrics: [
        ...results.flatMap((result) => metricParts(result, inputs)),
        ...agreementPart(others.agreement, ranked.length),
        ...budgets.flatMap(({ market, lines }) => budgetPart(market, lines)),
      ].map(metric),
    };
  },
};

const percentilesOf = (parts: Readiness["parts"]) =>
  Object.fromEntries(components.map((one) => [one, parts[one].percentile])) as Record<
    Component,
    number | null
  >;

/** A rank that fewer than four draws in five confirm is called unstable. */
export const stableFrom = 0.8;

function entryRow(
  edition: string,
  result: Readiness,
  { provenance }: Inputs,
  other: Alternative | undefined,
): Row {
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
    rank_stable: result.rankShare === null ? null : result.rankShare >= stableFrom,
    topsis: other?.topsis ?? null,
    topsis_rank: other?.topsisRank ?? null,
    any_weights_first: other?.acceptability[0] ?? null,
    rank_acceptability: [...(other?.acceptability ?? [])],
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

/** How far the order by TOPSIS agrees with the order by the weighted sum. */
function agreementPart(agreement: number | null, n: number): MetricPart[] {
  return [
    {
      metric_id: "entry_method_agreement:all",
      metric: "entry_method_agreement",
      market: "all",
      entity: "",
      value: agreement,
      low: null,
      high: null,
      unit: "ratio",
      n,
      reason: agreement === null ? "too_few" : null,
    },
  ];
}

function budgetPart(market: string, lines: readonly Line[]): MetricPart[] {
  const { cost_low, cost_mid, cost_high, viewed_posts, reason } = totalOf(lines);
  return [
    {
      metric_id: `entry_budget:${market}`,
      metric: "entry_budget",
      market,
      entity: "",
      value: cost_mid,
      low: cost_low,
      high: cost_high,
      unit: "USD",
      n: viewed_posts,
      reason,
    },
  ];
}

function daysBefore(instant: string, days: number): string {
  return new Date(Date.parse(instant) - days * 86_400_000).toISOString().slice(0, 10);
}
