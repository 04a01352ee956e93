// The forecasts' headline numbers as metric rows, each with n, its interval where it has one, and the reason when it is missing.
import type { Reason } from "../../../data/contract/columns.ts";
import type { Row, RunClock } from "../../core/types.ts";
import { wilson } from "../../stats/wilson.ts";
import type { Outlook } from "./outlook.ts";
import { horizonWeeks, yearWeeks } from "./rules.ts";
import { weekAfter } from "./series.ts";

interface Value {
  readonly metric: string;
  readonly unit: string;
  /** Monday of the first week and Sunday of the last. */
  readonly period: readonly [string, string];
  readonly n: number;
  readonly value: number | null;
  readonly low?: number | null | undefined;
  readonly high?: number | null | undefined;
  readonly text?: string | null;
  readonly reason: Reason | null;
}

/** Per term and market. A peak is a metric only where one is predicted. */
export function metricRows(run: RunClock, outlook: Outlook): Row[] {
  const { series, forecast, shown, lasting, peak } = outlook;
  const ahead = (first: number, last: number): [string, string] => [
    weekAfter(run.week_start, first),
    weekAfter(run.week_end, last),
  ];
  const at = horizonWeeks - 1;
  const band = shown?.band95 ?? null;
  const test = forecast?.combination.backTest ?? null;
  const reason = series.reason;
  const tested = { n: test?.n ?? 0, period: ahead(-2 * yearWeeks + 1, 0), unit: "ratio" };
  const values: Value[] = [
    {
      metric: "forecast_share",
      unit: "per 10,000 posts",
      period: ahead(horizonWeeks, horizonWeeks),
      n: test?.n ?? 0,
      value: band && shown ? (shown.point[at] as number) : null,
      low: band?.low[at],
      high: band?.high[at],
      reason: reason ?? (band ? null : "too_few"),
    },
    {
      metric: "forecast_mase",
      ...tested,
      value: test?.mase ?? null,
      reason: reason ?? (test?.mase == null ? "too_few" : null),
    },
    {
      metric: "forecast_skill",
      ...tested,
      value: test?.relativeMae ?? null,
      reason: reason ?? (test?.relativeMae == null ? "too_few" : null),
    },
    {
      metric: "will_last",
      unit: "ratio",
      period: ahead(1, yearWeeks),
      n: series.shares.reduce((count, share) => (Number.isNaN(share) ? count : count + 1), 0),
      value: lasting.probability,
      text: lasting.label,
      reason: lasting.reason,
    },
  ];
  if (peak && shown && band)
    values.push({
      metric: "predicted_peak",
      unit: "per 10,000 posts",
      period: ahead(peak.first, peak.last),
      n: test?.n ?? 0,
      value: shown.point[peak.highest - 1] as number,
      low: band.low[peak.highest - 1],
      high: band.high[peak.highest - 1],
      text: `${weekAfter(run.week_start, peak.first)} to ${weekAfter(run.week_start, peak.last)}`,
      reason: null,
    });
  return values.map((value) => row(run, series.market, series.term, value, series.provenance));
}

/** Per market, over its terms: how often back-tested intervals held, and how often published ones did. */
export function marketMetrics(run: RunClock, outlooks: readonly Outlook[]): Row[] {
  return [...Map.groupBy(outlooks, ({ series }) => series.market)].flatMap(([market, terms]) => {
    const provenance = terms[0]?.series.provenance as string;
    const tested = terms.flatMap(({ forecast }) => forecast?.combination.backTest ?? []);
    const covered = tested.flatMap(({ coverage80 }) => coverage80 ?? []);
    const n = terms.reduce((sum, { record }) => sum + record.n, 0);
    const inside = terms.reduce((sum, { record }) => sum + record.inside80, 0);
    const held = n > 0 ? wilson(inside, n) : null;
    const mean = covered.reduce((sum, share) => sum + share, 0) / covered.length;
    // Weeks of one term hang together, so that terms are what varies.
    const error = Math.sqrt(
      covered.reduce((sum, share) => sum + (share - mean) ** 2, 0) /
        Math.max(1, covered.length - 1) /
        covered.length,
    );
    const enough = covered.length > 1;
    const weeks: [string, string] = [weekAfter(run.week_start, -2 * yearWeeks + 1), run.week_end];
    return [
      row(
        run,
        market,
        "",
        {
          metric: "forecast_coverage",
          unit: "ratio",
          period: weeks,
          n: tested.reduce((sum, test) => sum + test.n, 0),
          value: enough ? mean : null,
          low: enough ? Math.max(0, mean - 1.959963984540054 * error) : null,
          high: enough ? Math.min(1, mean + 1.959963984540054 * error) : null,
          reason: enough ? null : "too_few",
        },
        provenance,
      ),
      row(
        run,
        market,
        "",
        {
          metric: "forecast_record",
          unit: "ratio",
          period: weeks,
          n,
          value: held ? inside / n : null,
          low: held?.low,
          high: held?.high,
          // The first edition has no forecast whose week has come.
          reason: held ? null : "not_collected",
        },
        provenance,
      ),
    ];
  });
}

function row(run: RunClock, market: string, entity: string, value: Value, provenance: string): Row {
  return {
    edition: run.edition,
    metric_id: entity ? `${value.metric}:${market}:${entity}` : `${value.metric}:${market}`,
    metric: value.metric,
    market,
    entity,
    period_start: value.period[0],
    period_end: value.period[1],
    value: value.value,
    low: value.low ?? null,
    high: value.high ?? null,
    text_value: value.text ?? null,
    unit: value.unit,
    n: value.n,
    reason: value.value === null ? value.reason : null,
    provenance,
  };
}
