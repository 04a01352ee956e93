// Engagement rates by tier of followers: medians of the accounts we observe, and the newest benchmark that somebody published.
import { minimumAuthors, type Provenance, type Reason } from "../../../data/contract/columns.ts";

/** Lower bounds of the tiers, by followers; the bands that benchmarks are published in begin at 1,000. */
export const tiers = [
  { tier: "nano", from: 0, below: 10_000 },
  { tier: "micro", from: 10_000, below: 50_000 },
  { tier: "mid", from: 50_000, below: 250_000 },
  { tier: "macro", from: 250_000, below: 1_000_000 },
  { tier: "mega", from: 1_000_000, below: Number.POSITIVE_INFINITY },
] as const;

export interface Account {
  readonly platform: string;
  readonly market: string;
  readonly followers: number;
  readonly posts: number;
  readonly byFollowers: number | null;
  readonly byViews: number | null;
}

export interface Benchmark {
  readonly platform: string;
  readonly tier: string;
  readonly engagement_rate_pct: number;
  readonly source: string;
  readonly date: string;
}

/** One row per platform, market (`all` pools them) and tier that has an account. */
export function tierRows(
  edition: string,
  accounts: readonly Account[],
  benchmarks: readonly Benchmark[],
  provenance: Provenance,
) {
  const pooled = [...accounts, ...accounts.map((account) => ({ ...account, market: "all" }))];
  return [...Map.groupBy(pooled, ({ platform, market }) => `${platform} ${market}`).values()].flatMap((own) =>
    tiers.flatMap(({ tier, from, below }) => {
      const held = own.filter(({ followers }) => followers >= from && followers < below);
      const first = held[0];
      if (!first) return [];
      const byViews = ratedByViews.has(first.platform);
      const rates = held
        .flatMap((account) => (byViews ? account.byViews : account.byFollowers) ?? [])
        .sort((a, b) => a - b);
      const reason: Reason | null = rates.length < minimumAuthors ? "withheld_privacy" : null;
      const middle = reason === null ? medianWithRanks(rates) : null;
      const benchmark = byViews ? undefined : newest(benchmarks, first.platform, tier);
      return [
        {
          edition,
          platform: first.platform,
          market: first.market,
          tier,
          rate_by: byViews ? ("views" as const) : ("followers" as const),
          accounts: rates.length,
          posts: held.reduce((sum, { posts }) => sum + posts, 0),
          rate: middle?.value ?? null,
          rate_low: middle?.low ?? null,
          rate_high: middle?.high ?? null,
          benchmark: benchmark ? benchmark.engagement_rate_pct / 100 : null,
          benchmark_source: benchmark?.source ?? null,
          benchmark_date: benchmark?.date ?? null,
          reason,
          provenance,
        },
      ];
    }),
  );
}

/** Platforms whose posts show views; a rate by followers says little where most viewers follow nobody. */
export const ratedByViews: ReadonlySet<string> = new Set(["youtube", "tiktok"]);

const newest = (benchmarks: readonly Benchmark[], platform: string, tier: string): Benchmark | undefined =>
  benchmarks
    .filter((one) => one.platform === platform && one.tier === tier)
    .toSorted((a, b) => a.date.localeCompare(b.date))
    .at(-1);

/** Median, and a 95 % interval between two ranks, n/2 ± 1.96·√n/2 (Conover 1999). `sorted` in ascending order, not empty. */
export function medianWithRanks(sorted: readonly number[]): { value: number; low: number; high: number } {
  const n = sorted.length;
  const at = (rank: number) => sorted[Math.min(n, Math.max(1, rank)) - 1] as number;
  return {
    value: (at(Math.floor((n + 1) / 2)) + at(Math.ceil((n + 1) / 2))) / 2,
    low: at(Math.floor(n / 2 - 0.98 * Math.sqrt(n))),
    high: at(Math.ceil(n / 2 + 0.98 * Math.sqrt(n)) + 1),
  };
}
