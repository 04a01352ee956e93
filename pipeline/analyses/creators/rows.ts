// Published rows of one scorecard: data/contract/datasets/creator*.ts.
import { minimumPosts, type Reason } from "../../../data/contract/columns.ts";
import type { Row } from "../../core/types.ts";
import { bootstrap } from "../../stats/bootstrap.ts";
import { median } from "../../stats/median.ts";
import { engagementEstimate, minimumRatedPosts, ratedPosts } from "./engagement-rate.ts";
import { mondayOf } from "./follower-jumps.ts";
import type { Topic } from "./reading.ts";
import { daysBefore, type Scorecard, tierOf } from "./scorecard.ts";

/** Weeks of history on a creator's page: two years. */
export const historyWeeks = 104;

/** What an imported follower sample says: a row of `audits`. */
export interface Audit {
  readonly creator: string;
  readonly bot_percentage: number | null;
  readonly bot_percentage_low: number | null;
  readonly bot_percentage_high: number | null;
  readonly follower_quality: number | null;
  readonly reason: Reason | null;
}

export function creatorRow(
  edition: string,
  card: Scorecard,
  quality: number | null,
  brandsKnown: boolean,
  audit: Audit | null = null,
) {
  const { measured, rate, score, growth } = card;
  const { creator, basis, posts60, posts365, followers, rated } = measured;
  const byFollowers = basis === "followers" ? rate : null;
  const byViews = basis === "views" ? rate : null;
  const shares = sharesOf(card, brandsKnown);
  return {
    edition,
    creator: creator.creator,
    name: creator.name,
    platform: creator.platform,
    handle: creator.handle,
    market: creator.market,
    language: creator.language,
    category: creator.category,
    registered_on: creator.registered_on,
    registry_reason: creator.reason,
    basis: creator.basis,
    basis_note: creator.basis_note,
    basis_on: creator.basis_on,
    followers: followers?.followers ?? null,
    followers_on: followers?.collected_at.slice(0, 10) ?? null,
    tier: followers ? tierOf(followers.followers) : null,
    growth_90d_pct: card.growthPct,
    posts_60d: posts60.length,
    posts_365d: posts365.length,
    posts_per_week: card.postsPerWeek,
    er_followers: byFollowers?.value ?? null,
    er_followers_low: byFollowers?.low ?? null,
    er_followers_high: byFollowers?.high ?? null,
    er_views: byViews?.value ?? null,
    er_views_low: byViews?.low ?? null,
    er_views_high: byViews?.high ?? null,
    er_reason: measured.rateReason,
    er_posts: rated.length,
    likes_hidden_share: shares.hidden,
    size_peer_percentile: card.percentile?.value ?? null,
    size_peers: card.peerRates.length,
    signals_score: score.value,
    signals_low: score.low,
    signals_high: score.high,
    signals_coverage: score.coverage,
    signals_reason: score.reason,
    jumps: growth?.jumps ?? 0,
    unexplained_jumps: growth?.unexplained ?? 0,
    paid_share: shares.paid,
    brand_saturation: shares.brands,
    paid_performance_pct: card.paid?.value ?? null,
    quality_score: quality,
    verdict: card.verdict,
    bot_share: shareOf(audit?.bot_percentage),
    bot_share_low: shareOf(audit?.bot_percentage_low),
    bot_share_high: shareOf(audit?.bot_percentage_high),
    bot_share_reason: audit ? audit.reason : ("not_observable" as const),
    follower_quality: audit?.follower_quality ?? null,
    provenance: measured.provenance,
  };
}

const shareOf = (percentage: number | null | undefined): number | null =>
  percentage === null || percentage === undefined ? null : percentage / 100;

/** Shares of posts; null where the posts are too few to say. */
export function sharesOf({ measured: { posts60, posts365 } }: Scorecard, brandsKnown: boolean) {
  const year = posts365.length >= minimumPosts;
  return {
    hidden:
      posts60.length >= minimumRatedPosts
        ? posts60.filter((post) => post.likes_hidden).length / posts60.length
        : null,
    paid: year ? posts365.filter((post) => post.is_paid).length / posts365.length : null,
    brands: year && brandsKnown ? posts365.filter((post) => post.brands > 0).length / posts365.length : null,
  };
}

export function signalRows(edition: string, { measured, signals }: Scorecard): Row[] {
  return signals.map(({ signal, weight, value, low, high, raw, n, reason }) => ({
    edition,
    creator: measured.creator.creator,
    signal,
    weight,
    value,
    value_low: low,
    value_high: high,
    raw,
    n,
    reason,
    provenance: measured.provenance,
  }));
}

/** Collected weeks only, so that a missing week is a gap in the chart and not a silence. */
export function weekRows(edition: string, { measured, weeks }: Scorecard, weekStart: string): Row[] {
  const from = daysBefore(weekStart, (historyWeeks - 1) * 7);
  const followers = new Map(weeks.map((row) => [row.week, row]));
  const posts = new Map<string, Scorecard["measured"]["posts"][number][]>();
  for (const post of measured.posts) {
    const week = mondayOf(post.posted_at);
    posts.set(week, [...(posts.get(week) ?? []), post]);
  }
  return measured.weeks
    .filter(({ week, collected }) => collected && week >= from && week <= weekStart)
    .map(({ week }) => {
      const counted = followers.get(week);
      const own = posts.get(week) ?? [];
      const rated = ratedPosts(own, measured.basis);
      return {
        edition,
        creator: measured.creator.creator,
        week,
        followers: counted?.followers ?? null,
        followers_change: counted?.change ?? null,
        posts: own.length,
        er_median: rated.length > 0 ? median(rated.map((post) => post.engagement / post.audience)) : null,
        jump: counted?.jump ?? false,
        explained: counted?.explained ?? null,
        provenance: measured.provenance,
      };
    });
}

/** One row per format of the last 60 days, `all`, and `peers`, the median account of nearly the same size. */
export function formatRows(edition: string, card: Scorecard, random: (label: string) => () => number): Row[] {
  const { measured, peerRates } = card;
  const row = (format: string, posts: number, rate: Rate) => ({
    edition,
    creator: measured.creator.creator,
    format,
    posts,
    ...rate,
    provenance: measured.provenance,
  });
  const formats = [...new Set(measured.rated.map(({ post }) => post.format))].sort();
  return [
    ...formats.map((format) => {
      const rated = measured.rated.filter(({ post }) => post.format === format);
      const rate =
        measured.rateReason === null ? engagementEstimate(rated, measured.basis, random(format)) : null;
      return row(format, rated.length, rateOf(rate, measured.rateReason ?? "too_few"));
    }),
    row("all", measured.rated.length, rateOf(card.rate, measured.rateReason)),
    row(
      "peers",
      peerRates.length,
      peerRates.length > 0
        ? rateOf({ value: median(peerRates), ...bootstrap(peerRates, median, random("peers")) }, null)
        : rateOf(null, "too_few"),
    ),
  ];
}

interface Rate {
  readonly er: number | null;
  readonly er_low: number | null;
  readonly er_high: number | null;
  readonly reason: Reason | null;
}

const rateOf = (rate: { value: number; low: number; high: number } | null, reason: Reason | null): Rate => ({
  er: rate?.value ?? null,
  er_low: rate?.low ?? null,
  er_high: rate?.high ?? null,
  reason: rate ? null : reason,
});

/** Shares of a creator's posts, withheld as a whole where there are fewer than 30 of them. */
export function topicRows(edition: string, topics: readonly Topic[], cards: readonly Scorecard[]): Row[] {
  const provenance = new Map(cards.map(({ measured }) => [measured.creator.creator, measured.provenance]));
  return topics
    .filter(({ creator, all_posts }) => provenance.has(creator) && all_posts >= minimumPosts)
    .map(({ creator, kind, topic, title, posts, all_posts, paid_posts }) => ({
      edition,
      creator,
      kind,
      topic,
      title,
      posts,
      share: posts / all_posts,
      paid_posts,
      provenance: provenance.get(creator),
    }));
}
