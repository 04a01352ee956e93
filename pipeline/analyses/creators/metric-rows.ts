// A creator's headline numbers under ids that `leap explain` resolves.
import { minimumPosts, type Reason } from "../../../data/contract/columns.ts";
import type { Row, RunClock } from "../../core/types.ts";
import { wilson } from "../../stats/wilson.ts";
import { minimumRatedPosts, windowDays } from "./engagement-rate.ts";
import { countedWeeks } from "./follower-jumps.ts";
import { sharesOf } from "./rows.ts";
import { daysBefore, growthDays, type Scorecard, yearDays } from "./scorecard.ts";

interface Value {
  readonly metric: string;
  readonly days: number;
  readonly value: number | null;
  readonly low?: number | null | undefined;
  readonly high?: number | null | undefined;
  readonly unit: string;
  readonly n: number;
  /** Why the value is missing; ignored when it is there. */
  readonly reason: Reason | null;
}

export function metricRows(
  run: RunClock,
  card: Scorecard,
  brandsKnown: boolean,
  before: ReadonlyMap<unknown, unknown>,
  version: string,
): Row[] {
  const { creator, market } = card.measured.creator;
  return valuesOf(card, brandsKnown).map(({ metric, days, value, low, high, unit, n, reason }) => {
    const id = `${metric}:${market}:${creator}`;
    return {
      edition: run.edition,
      metric_id: id,
      metric,
      market,
      entity: creator,
      period_start: daysBefore(run.until, days),
      period_end: run.week_end,
      value,
      low: value === null ? null : (low ?? null),
      high: value === null ? null : (high ?? null),
      text_value: null,
      unit,
      n,
      previous_value: before.get(id) ?? null,
      reason: value === null ? (reason ?? "too_few") : null,
      method_version: version,
      provenance: card.measured.provenance,
    };
  });
}

function valuesOf(card: Scorecard, brandsKnown: boolean): Value[] {
  const { measured, rate, percentile, score, paid } = card;
  const { posts60, posts365, rated, rateReason, followers, snapshots, basis } = measured;
  const shares = sharesOf(card, brandsKnown);
  const hidden = posts60.filter((post) => post.likes_hidden).length;
  const paidPosts = posts365.filter((post) => post.is_paid).length;
  const branded = posts365.filter((post) => post.brands > 0).length;
  return [
    {
      metric: "followers",
      days: 7,
      value: followers?.followers ?? null,
      unit: "followers",
      n: snapshots.length,
      reason: "not_collected",
    },
    {
      metric: "follower_growth",
      days: growthDays,
      value: card.growthPct,
      unit: "%",
      n: snapshots.length,
      reason: followers ? "too_few" : "not_collected",
    },
    {
      metric: basis === "followers" ? "er_followers" : "er_views",
      days: windowDays,
      value: rate?.value ?? null,
      low: rate?.low,
      high: rate?.high,
      unit: "ratio",
      n: rated.length,
      reason: rateReason,
    },
    {
      metric: "size_peer_percentile",
      days: windowDays,
      value: percentile?.value ?? null,
      low: percentile?.low,
      high: percentile?.high,
      unit: "percentile",
      n: card.peerRates.length,
      reason: rateReason ?? "too_few",
    },
    {
      metric: "authenticity_signals",
      days: countedWeeks * 7,
      value: score.value,
      low: score.low,
      high: score.high,
      unit: "points 0-100",
      n: rated.length,
      reason: score.reason,
    },
    {
      metric: "likes_hidden_share",
      days: windowDays,
      value: shares.hidden,
      ...intervalOf(hidden, posts60.length, minimumRatedPosts),
      unit: "ratio",
      n: posts60.length,
      reason: "too_few",
    },
    {
      metric: "paid_share",
      days: yearDays,
      value: shares.paid,
      ...intervalOf(paidPosts, posts365.length, minimumPosts),
      unit: "ratio",
      n: posts365.length,
      reason: "too_few",
    },
    {
      metric: "brand_saturation",
      days: yearDays,
      value: shares.brands,
      ...intervalOf(branded, posts365.length, minimumPosts),
      unit: "ratio",
      n: posts365.length,
      reason: brandsKnown ? "too_few" : "not_collected",
    },
    {
      metric: "paid_performance",
      days: yearDays,
      value: paid?.value ?? null,
      low: paid?.low,
      high: paid?.high,
      unit: "%",
      n: paidPosts,
      reason: "too_few",
    },
  ];
}

const intervalOf = (successes: number, n: number, least: number) => (n >= least ? wilson(successes, n) : {});
