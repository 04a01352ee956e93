// The published weekly shares of each term in each market as series without holes in time; a week that was not measured is NaN.
import type { Provenance, Reason } from "../../../data/contract/columns.ts";
import type { Warehouse } from "../../core/types.ts";
import { exposureWeeks, fewestMeasured, fewestWeeks, levelWeeks, mostBehind } from "./rules.ts";

export interface ShareSeries {
  readonly term: string;
  readonly market: string;
  /** Mondays, oldest first. */
  readonly weeks: readonly string[];
  /** Posts that name the term, of every 10,000; NaN where not measured. */
  readonly shares: Float64Array;
  /** Posts of the market that one of the shares stands for, in ten thousands; over the last half year. */
  readonly exposure: number;
  /** Index points of one post in 10,000; null where the term has no index. */
  readonly indexPerShare: number | null;
  readonly provenance: Provenance;
  /** Why there is no forecast; null when there is one. */
  readonly reason: Reason | null;
}

interface WeekRow extends Record<string, unknown> {
  readonly term: string;
  readonly market: string;
  readonly week: string;
  readonly market_posts: number;
  readonly observed_share: number | null;
  readonly index: number | null;
}

/** By market, then term. */
export async function readShares(warehouse: Warehouse): Promise<ShareSeries[]> {
  const verdicts = new Map(
    (
      await warehouse.query<{ term: string; market: string; reason: Reason | null; provenance: Provenance }>(
        "select term, market, reason, provenance from out.trends",
      )
    ).map((row) => [`${row.market}:${row.term}`, row]),
  );
  const rows = await warehouse.query<WeekRow>(
    "select term, market, week, market_posts, observed_share, index from out.term_weeks order by market, term, week",
  );
  return [...Map.groupBy(rows, (row) => `${row.market}:${row.term}`)].flatMap(([key, weeks]) => {
    const verdict = verdicts.get(key);
    const first = weeks[0];
    if (!verdict || !first) return [];
    const shares = Float64Array.from(weeks, (row) => row.observed_share ?? Number.NaN);
    const scaled = weeks.find((row) => (row.observed_share ?? 0) > 0 && row.index !== null);
    return [
      {
        term: first.term,
        market: first.market,
        weeks: weeks.map(({ week }) => week),
        shares,
        exposure: exposureOf(weeks),
        indexPerShare: scaled ? (scaled.index as number) / (scaled.observed_share as number) : null,
        provenance: verdict.provenance,
        reason: verdict.reason ?? reasonOf(shares),
      },
    ];
  });
}

function exposureOf(weeks: readonly WeekRow[]): number {
  const counted = weeks.filter((row) => row.observed_share !== null).slice(-exposureWeeks);
  return counted.reduce((sum, row) => sum + row.market_posts, 0) / Math.max(1, counted.length) / 10_000;
}

/** Too short, too full of holes, or ended too long ago: all of them were not collected. */
function reasonOf(shares: Float64Array): Reason | null {
  const first = shares.findIndex((share) => !Number.isNaN(share));
  const last = shares.findLastIndex((share) => !Number.isNaN(share));
  const measured = shares.reduce((count, share) => (Number.isNaN(share) ? count : count + 1), 0);
  const isTooShort = measured < fewestWeeks || shares.length - 1 - last > mostBehind;
  return isTooShort || measured < fewestMeasured * (last - first + 1) ? "not_collected" : null;
}

/** The higher of the last measured week and the mean of the last four: a burst that is there already is no peak to come. */
export function levelOf(shares: Float64Array): number {
  const known = shares.filter((share) => !Number.isNaN(share)).slice(-levelWeeks);
  const mean = known.reduce((sum, share) => sum + share, 0) / known.length;
  return Math.max(mean, known.at(-1) as number);
}

/** The Monday `steps` weeks after one. */
export function weekAfter(week: string, steps: number): string {
  return new Date(Date.parse(week) + steps * 7 * 864e5).toISOString().slice(0, 10);
}
