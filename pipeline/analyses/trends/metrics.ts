// The trend numbers as metric rows, each with interval, n and the reason when it is missing.
import type { Reason } from "../../../data/contract/columns.ts";
import type { RunClock } from "../../core/types.ts";
import type { Reading } from "./measure.ts";
import type { TermSeries } from "./series.ts";
import type { Spike } from "./spikes.ts";
import { seasonWeeks, shortWeeks, yearBasePosts, yearWeeks } from "./thresholds.ts";

interface Value {
  readonly metric: string;
  /** Weeks measured, ending with the last complete one. */
  readonly weeks: number;
  readonly unit: string;
  readonly n: number;
  readonly value?: number | null | undefined;
  readonly low?: number | null | undefined;
  readonly high?: number | null | undefined;
  readonly text?: string | null;
  readonly reason: Reason | null;
}

const z95 = 1.959963984540054;

export function metricRows(run: RunClock, series: TermSeries, reading: Reading) {
  const { recent, base, score, momentum, posts52w, reason } = reading;
  const scale = base.share === null ? null : 100 / base.share;
  const values: Value[] = [
    {
      metric: "trend_class",
      weeks: yearWeeks,
      unit: "class",
      n: posts52w,
      text: reading.class,
      reason,
    },
    {
      metric: "trend_score",
      weeks: yearWeeks,
      unit: "points 0-100",
      n: posts52w,
      value: score?.score,
      low: score?.low,
      high: score?.high,
      reason,
    },
    {
      metric: "confidence_score",
      weeks: seasonWeeks,
      unit: "points 0-100",
      n: posts52w,
      value: reading.confidence,
      reason,
    },
    {
      metric: "term_index",
      weeks: shortWeeks,
      unit: "index, base = 100",
      n: recent?.posts ?? 0,
      value: scale && recent && recent.share * scale,
      low: scale && recent && recent.low * scale,
      high: scale && recent && recent.high * scale,
      reason: reason ?? base.reason,
    },
    {
      metric: "observed_share",
      weeks: shortWeeks,
      unit: "per 10,000 posts",
      n: recent?.marketPosts ?? 0,
      value: recent?.share,
      low: recent?.low,
      high: recent?.high,
      reason: reason ?? "not_collected",
    },
    {
      metric: "momentum",
      weeks: 2 * shortWeeks,
      unit: "log ratio",
      n: reading.posts4w,
      value: momentum?.value,
      low: momentum && momentum.value - z95 * momentum.standardError,
      high: momentum && momentum.value + z95 * momentum.standardError,
      reason,
    },
    yearOnYearValue(reading),
    {
      metric: "seasonality",
      weeks: seasonWeeks,
      unit: "ratio",
      n: reading.weeks,
      value: reading.seasonality,
      reason: reason ?? "not_collected",
    },
  ];
  return values.map((value) => metricRow(run, series, value));
}

/** Interval of a ratio of two rates on the log scale, √(dispersion · (1/posts + 1/base posts)) wide. */
function yearOnYearValue({ year, dispersion, posts52w, reason }: Reading): Value {
  const common = { metric: "yoy", weeks: 2 * yearWeeks, unit: "%", n: posts52w };
  if (reason !== null || year === null) return { ...common, reason: reason ?? "not_collected" };
  if (year.printable === null) return { ...common, n: year.basePosts, reason: "too_few" };
  const error = Math.sqrt(
    dispersion * (1 / Math.max(1, year.posts) + 1 / Math.max(yearBasePosts, year.basePosts)),
  );
  const pct = (shift: number) => 100 * ((year.printable as number) * Math.exp(shift * z95 * error) - 1);
  return { ...common, value: pct(0), low: pct(-1), high: pct(1), reason: null };
}

/** The newest spike of each term and market. */
export function spikeMetrics(run: RunClock, spikes: readonly Spike[]) {
  const newest = new Map(
    spikes.map((spike) => [`${spike.series.market.market}:${spike.series.term}`, spike]),
  );
  return [...newest.values()].map((spike) => {
    const start = spike.series.market.weeks[spike.week] as string;
    const value = {
      metric: "spike",
      weeks: 1,
      unit: "robust z",
      n: spike.posts,
      value: spike.z,
      reason: null,
    };
    return { ...metricRow(run, spike.series, value), period_start: start, period_end: dayAfter(start, 6) };
  });
}

function metricRow(run: RunClock, { term, market }: TermSeries, value: Value) {
  const missing = value.value == null && value.text == null;
  return {
    edition: run.edition,
    metric_id: `${value.metric}:${market.market}:${term}`,
    metric: value.metric,
    market: market.market,
    entity: term,
    period_start: dayAfter(run.week_start, -7 * (value.weeks - 1)),
    period_end: run.week_end,
    value: value.value ?? null,
    low: value.low ?? null,
    high: value.high ?? null,
    text_value: value.text ?? null,
    unit: value.unit,
    n: value.n,
    reason: missing ? value.reason : null,
    provenance: market.provenance,
  };
}

function dayAfter(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}
