// Budget lines as published rows: each channel, and the creator posts added up.
import type { Provenance } from "../../../data/contract/columns.ts";
import type { Row } from "../../core/types.ts";
import type { Line } from "./budget.ts";

export function budgetRows(
  edition: string,
  market: string,
  lines: readonly Line[],
  provenance: Provenance,
): Row[] {
  const total = totalOf(lines);
  return [
    ...lines.map((line) => ({
      edition,
      market,
      platform: line.platform,
      format: line.format,
      kind: line.kind,
      views: line.views,
      median_views: line.medianViews,
      viewed_posts: line.viewed,
      posts_needed: line.posts,
      cpm_low: line.price?.low_usd ?? null,
      cpm_high: line.price?.high_usd ?? null,
      price_scope: line.price === null ? null : line.price.market === market ? "market" : "any",
      price_source: line.price?.source ?? null,
      price_until: line.price?.period_end ?? null,
      cost_low: line.low,
      cost_mid: line.mid,
      cost_high: line.high,
      weeks_low: line.weeksLow,
      weeks_high: line.weeksHigh,
      reason: line.reason,
      provenance,
    })),
    {
      edition,
      market,
      platform: "all",
      format: "all",
      kind: "creator",
      ...total,
      median_views: null,
      cpm_low: null,
      cpm_high: null,
      price_scope: null,
      price_source: null,
      price_until: null,
      provenance,
    },
  ];
}

/** Costs add up; channels run side by side, so the longest decides the weeks. */
export function totalOf(lines: readonly Line[]) {
  const priced = lines.filter((line) => line.kind === "creator" && line.reason === null);
  const sum = (of: (line: Line) => number | null) =>
    priced.length === 0 ? null : priced.reduce((total, line) => total + (of(line) ?? 0), 0);
  const longest = (of: (line: Line) => number | null) => {
    const weeks = priced.map(of);
    return weeks.length === 0 || weeks.includes(null) ? null : Math.max(...(weeks as number[]));
  };
  return {
    views: sum(({ views }) => views),
    viewed_posts: priced.reduce((total, { viewed }) => total + viewed, 0),
    posts_needed: sum(({ posts }) => posts),
    cost_low: sum(({ low }) => low),
    cost_mid: sum(({ mid }) => mid),
    cost_high: sum(({ high }) => high),
    weeks_low: longest(({ weeksLow }) => weeksLow),
    weeks_high: longest(({ weeksHigh }) => weeksHigh),
    reason:
      priced.length > 0
        ? null
        : (lines.find(({ kind }) => kind === "creator")?.reason ?? ("not_collected" as const)),
  };
}
