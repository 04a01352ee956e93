// Accounts of nearly the same size, to compare an account with. Fixed tiers would put 49,000 followers beside 10,000 and not beside 51,000.
import { percentileRank } from "../../stats/percentile-rank.ts";

/** Nearest accounts compared with. */
export const peerCount = 200;
/** Fewer peers than this say nothing about what is usual. */
export const minimumPeers = 10;

export interface Account {
  /** Unique on its platform. */
  readonly account: string;
  readonly platform: string;
  readonly followers: number;
  readonly engagement_rate: number | null;
  readonly comments_per_like: number | null;
  readonly dispersion: number | null;
}
export type Measure = "engagement_rate" | "comments_per_like" | "dispersion";

/** The `peerCount` accounts of the same platform nearest by log followers, without the account itself. Ties go by account id. */
export function sizePeers(
  { account, platform, followers }: Pick<Account, "account" | "platform" | "followers">,
  accounts: readonly Account[],
): Account[] {
  const distance = (other: Account) => Math.abs(Math.log10(other.followers) - Math.log10(followers));
  return accounts
    .filter((other) => other.platform === platform && other.account !== account && other.followers > 0)
    .sort((a, b) => distance(a) - distance(b) || (a.account < b.account ? -1 : 1))
    .slice(0, peerCount);
}

/** The peers' values of one measure; empty when too few have it. */
export function peerValues(peers: readonly Account[], measure: Measure): number[] {
  const values = peers.flatMap((peer) => peer[measure] ?? []);
  return values.length < minimumPeers ? [] : values;
}

/** 100 in the middle of the peers, 0 at either end: both too low and too high lose points. */
export function plausibility(percentile: number): number {
  return 100 - 2 * Math.abs(percentile - 50);
}

export const plausibilityAmong = (value: number, among: readonly number[]): number =>
  plausibility(percentileRank(value, among));
