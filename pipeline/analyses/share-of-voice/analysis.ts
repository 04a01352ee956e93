// Who is talked about: share of voice over 13 weeks against the 13 before, concentration, and the weeks behind them.
import { minimumPosts, type Provenance, type Reason } from "../../../data/contract/columns.ts";
import type { Analysis, RunClock } from "../../core/types.ts";
import { concentration } from "./concentration.ts";
import { type BrandWeek, type MarketVoices, reads, readVoices, readWeeks } from "./read.ts";
import { type BrandShare, brandShares, type Estimate, periodWeeks, reasonOf } from "./shares.ts";

export const analysis: Analysis = {
  id: "share-of-voice",
  version: "1.1.0",
  reads,
  writes: ["share_of_voice", "brand_weeks", "metrics"],
  async run({ warehouse, run, random, previous }) {
    const voices = (await readVoices(warehouse)).map((voice) => ({
      ...voice,
      shares: brandShares(voice.now, voice.before),
      reason: reasonOf(voice.now),
    }));
    const provenanceOf = new Map(voices.map(({ market, provenance }) => [market, provenance]));
    const before = new Map((await previous("metrics")).map((row) => [row["metric_id"], row["value"]]));
    return {
      share_of_voice: voices.flatMap((voice) => voice.shares.map((share) => shareRow(run, voice, share))),
      brand_weeks: (await readWeeks(warehouse))
        .filter(({ market }) => provenanceOf.has(market))
        .map((row) => weekRow(run, row, provenanceOf.get(row.market) as Provenance)),
      metrics: voices
        .flatMap((voice) => [
          ...voice.shares.flatMap((share) => brandMetrics(run, voice, share)),
          ...marketMetrics(run, voice, random(`share-of-voice:${voice.market}`)),
        ])
        .map((row) => ({
          ...row,
          method_version: analysis.version,
          previous_value: before.get(row.metric_id) ?? null,
        })),
    };
  },
};

interface Voice extends MarketVoices {
  readonly shares: readonly BrandShare[];
  readonly reason: Reason | null;
}

function shareRow(run: RunClock, { market, now, reason, provenance }: Voice, brand: BrandShare) {
  const { count, share, change, sentiment } = brand;
  return {
    edition: run.edition,
    market,
    brand: count.brand,
    title: count.title,
    period_start: periodStart(run),
    period_end: run.week_end,
    mentions_full: count.full,
    mentions_fractional: count.fractional,
    n: now.posts,
    share: share?.value ?? null,
    share_low: share?.low ?? null,
    share_high: share?.high ?? null,
    share_full: brand.shareFull,
    previous_share: brand.previousShare,
    change: change?.value ?? null,
    change_low: change?.low ?? null,
    change_high: change?.high ?? null,
    paid_share: brand.paid?.value ?? null,
    net_sentiment: sentiment?.value ?? null,
    net_sentiment_low: sentiment?.low ?? null,
    net_sentiment_high: sentiment?.high ?? null,
    rank: brand.rank,
    reason,
    provenance,
  };
}

function weekRow(run: RunClock, row: BrandWeek, provenance: Provenance) {
  return {
    edition: run.edition,
    ...row,
    share: row.brand_posts < minimumPosts ? null : row.mentions_fractional / row.brand_posts,
    provenance,
  };
}

function brandMetrics(run: RunClock, { market, now, reason, provenance }: Voice, brand: BrandShare) {
  const { count, share, change, changeReason, paid, sentiment, sentimentReason } = brand;
  const row = (metric: string, value: Estimate | null, n: number, why: Reason | null) =>
    metricRow(run, {
      metric,
      market,
      entity: count.brand,
      unit: "ratio",
      value,
      n,
      reason: reason ?? why,
      provenance,
    });
  return [
    row("share_of_voice", share, now.posts, null),
    row("share_of_voice_change", change, now.posts, changeReason),
    row("brand_paid_share", paid, count.full, "too_few"),
    row("brand_net_sentiment", sentiment, sentiment?.n ?? 0, sentimentReason),
  ];
}

function marketMetrics(run: RunClock, voice: Voice, random: () => number) {
  const { market, now, reason, provenance } = voice;
  const leader = voice.shares.find(({ rank }) => rank === 1);
  const intensity = reason === null ? concentration(voice.combinations, random) : null;
  const common = { market, entity: "", n: now.posts, reason, provenance };
  return [
    metricRow(run, {
      ...common,
      metric: "share_of_voice_leader",
      unit: "ratio",
      value: leader?.share ?? null,
      text: leader?.count.title ?? null,
    }),
    metricRow(run, { ...common, metric: "hhi", unit: "ratio", value: intensity?.hhi ?? null }),
    metricRow(run, {
      ...common,
      metric: "effective_brands",
      unit: "brands",
      value: intensity?.effectiveBrands ?? null,
    }),
  ];
}

interface MetricInput {
  readonly metric: string;
  readonly market: string;
  readonly entity: string;
  readonly unit: string;
  readonly value: Estimate | null;
  readonly text?: string | null;
  readonly n: number;
  /** Why the value is missing, should it be. */
  readonly reason: Reason | null;
  readonly provenance: Provenance;
}

function metricRow(run: RunClock, { value, text = null, reason, ...input }: MetricInput) {
  return {
    edition: run.edition,
    metric_id: [input.metric, input.market, input.entity].filter(Boolean).join(":"),
    ...input,
    period_start: periodStart(run),
    period_end: run.week_end,
    value: value?.value ?? null,
    low: value?.low ?? null,
    high: value?.high ?? null,
    text_value: text,
    reason: value === null ? reason : null,
  };
}

function periodStart(run: RunClock): string {
  return new Date(Date.parse(run.until) - 7 * periodWeeks * 86_400_000).toISOString().slice(0, 10);
}
