// The headline numbers of a market's mood and volume, under the ids that pages and `leap explain` use.
import type { Reason } from "../../../data/contract/columns.ts";
import type { CorrectedReason } from "../../../data/contract/datasets/sentiment.ts";
import { weakestProvenance } from "../../core/provenance.ts";
import type { RunClock } from "../../core/types.ts";
import { wilson } from "../../stats/wilson.ts";
import type { ScoreChange } from "./change.ts";
import { reasonOf, windows } from "./rules.ts";
import type { WeekRow } from "./weeks.ts";
import type { SentimentRow } from "./window-row.ts";

/** Weeks that observed posts and paid share are counted over: a quarter, as near to 90 days as whole weeks come. */
export const weeksCounted = 13;

interface Measured {
  readonly run: RunClock;
  readonly version: string;
  readonly sentiment: readonly SentimentRow[];
  readonly weeks: readonly WeekRow[];
  /** Metric id → value in the edition before. */
  readonly before: ReadonlyMap<unknown, unknown>;
  readonly changes: readonly ScoreChange[];
  /** ISO day of the first post, where the longest window begins. */
  readonly firstDay: string;
}

/** Net sentiment, score and brand health for each window (and, without one, for 90 days); observed posts and paid share for 13 weeks. */
export function metricRows({ run, version, sentiment, weeks, before, changes, firstDay }: Measured) {
  const row = (value: Value) => {
    const metric_id = [value.metric, value.market, value.entity].filter(Boolean).join(":");
    return {
      edition: run.edition,
      metric_id,
      metric: value.metric,
      market: value.market,
      entity: value.entity,
      period_start: value.days === null ? firstDay : daysBefore(run.until, value.days),
      period_end: run.week_end,
      value: value.value,
      low: value.low,
      high: value.high,
      text_value: null,
      unit: value.unit,
      n: value.n,
      previous_value: (before.get(metric_id) as number | null | undefined) ?? null,
      reason: value.reason,
      method_version: version,
      provenance: value.provenance,
    };
  };
  return [...sentiment.flatMap(windowValues), ...quarterValues(weeks), ...changes.map(changeValue)].map(row);
}

interface Value {
  readonly metric: string;
  readonly market: string;
  readonly entity: string;
  /** Null from the first post on. */
  readonly days: number | null;
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly unit: string;
  readonly n: number;
  readonly reason: Reason | null;
  readonly provenance: SentimentRow["provenance"];
}

function windowValues(row: SentimentRow): Value[] {
  const { market, n, reason, provenance } = row;
  const shared = { market, n, reason, provenance, days: windows[row.window] };
  const judged = row.positive + row.negative;
  const health = row.brand_health_index;
  const healthInterval = health === null ? null : wilson(row.positive, judged);
  const values = (entity: string): Value[] => [
    {
      ...shared,
      entity,
      metric: "net_sentiment",
      value: row.net_sentiment,
      low: row.net_sentiment_low,
      high: row.net_sentiment_high,
      unit: "ratio",
    },
    {
      ...shared,
      entity,
      metric: "sentiment_score",
      value: row.score,
      low: row.score_low,
      high: row.score_high,
      unit: "points 0-100",
    },
    {
      ...shared,
      entity,
      metric: "net_sentiment_corrected",
      n: row.corrected_n,
      value: row.net_sentiment_corrected,
      low: row.net_sentiment_corrected_low,
      high: row.net_sentiment_corrected_high,
      reason: metricReason(row.corrected_reason),
      unit: "ratio",
    },
    {
      ...shared,
      entity,
      metric: "sentiment_score_corrected",
      n: row.corrected_n,
      value: row.score_corrected,
      low: row.score_corrected_low,
      high: row.score_corrected_high,
      reason: metricReason(row.corrected_reason),
      unit: "points 0-100",
    },
    {
      ...shared,
      entity,
      metric: "brand_health_index",
      n: judged,
      value: health,
      low: healthInterval?.low ?? null,
      high: healthInterval?.high ?? null,
      reason: health === null ? (reason ?? "too_few") : reason,
      unit: "ratio",
    },
  ];
  // Ninety days is the headline; its values stand under the bare id too.
  return row.window === "90d" ? [...values(""), ...values(row.window)] : values(row.window);
}

/** Labelled texts that nobody collected, or too few of them; the dataset sentiment tells the two apart in its own words. */
function metricReason(reason: CorrectedReason | null): Reason | null {
  if (reason === "errors_not_measured") return "not_collected";
  return reason === "errors_too_large" ? "too_few" : reason;
}

const changeValue = (change: ScoreChange): Value => ({
  ...change,
  metric: "sentiment_change",
  entity: "",
  days: 180,
  unit: "points",
  reason: change.value === null ? "too_few" : null,
});

function quarterValues(weeks: readonly WeekRow[]): Value[] {
  const last = [...new Set(weeks.map((week) => week.week))].sort().slice(-weeksCounted);
  const markets = Map.groupBy(
    weeks.filter((week) => last.includes(week.week)),
    (week) => week.market,
  );
  return [...markets].flatMap(([market, rows]) => {
    const posts = sum(rows.map((week) => week.posts));
    const paid = sum(rows.map((week) => week.paid_posts));
    const provenance = weakestProvenance(rows);
    const collected = rows.some((week) => week.collected);
    const shared = { market, entity: "", days: 7 * weeksCounted, n: posts, provenance };
    const reason = collected ? reasonOf({ n: posts, posts, authors: null, unnamed: posts }) : "not_collected";
    const interval = reason === null ? wilson(paid, posts) : null;
    return [
      {
        ...shared,
        metric: "observed_posts",
        value: collected ? posts : null,
        low: null,
        high: null,
        unit: "posts",
        reason: collected ? null : "not_collected",
      },
      {
        ...shared,
        metric: "paid_share",
        value: reason === null ? paid / posts : null,
        low: interval?.low ?? null,
        high: interval?.high ?? null,
        unit: "ratio",
        reason,
      },
    ];
  });
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function daysBefore(instant: string, days: number): string {
  return new Date(Date.parse(instant) - days * 86_400_000).toISOString().slice(0, 10);
}
