// How much of what we meant to collect we did collect: weeks into totals of a period.
import type { Reason } from "../../../data/contract/columns.ts";
import { wilson } from "../../stats/wilson.ts";

/** Weeks of the period behind the headline numbers. */
export const periodWeeks = 13;
/** Unique hashtags Instagram's hashtag search allows in 7 rolling days. */
export const hashtagBudget = 30;

/** One market, platform and week; counts about runs are null where nothing was scheduled, as for imported files. */
export type CoverageWeek = {
  market: string;
  platform: string;
  week: string;
  runs_scheduled: number | null;
  runs_succeeded: number | null;
  pages_available: number | null;
  pages_fetched: number | null;
  hashtags_used: number | null;
  hours_uncovered: number | null;
  posts: number;
  state: "collected" | "partial" | "missing" | "imported";
};

export interface CoverageTotal {
  readonly metric: "coverage" | "hours_uncovered" | "hashtag_budget_used" | "pages_fetched_share";
  readonly unit: string;
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
  /** Runs, weeks or pages behind it. */
  readonly n: number;
  readonly reason: Reason | null;
}

/** Runs succeeded over runs scheduled; null where none was. */
export function coverageOf({ runs_scheduled, runs_succeeded }: CoverageWeek): number | null {
  return runs_scheduled ? (runs_succeeded ?? 0) / runs_scheduled : null;
}

/** Totals over the weeks of some markets. Weeks without a schedule take no part: a file that was imported is neither covered nor missed. */
export function coverageTotals(weeks: readonly CoverageWeek[]): CoverageTotal[] {
  const scheduled = weeks.filter((week) => week.runs_scheduled !== null);
  const runs = sum(scheduled, "runs_scheduled");
  const succeeded = sum(scheduled, "runs_succeeded");
  const paged = scheduled.filter((week) => week.pages_available !== null && week.pages_fetched !== null);
  const pages = sum(paged, "pages_available");
  const budgets = scheduled.flatMap((week) => (week.hashtags_used === null ? [] : [week.hashtags_used]));
  const missing = { value: null, low: null, high: null, n: 0, reason: "not_observable" } as const;
  const exact = (value: number, n: number) => ({ value, low: null, high: null, n, reason: null });
  return [
    {
      metric: "coverage",
      unit: "ratio",
      ...(runs > 0 ? { ...exact(succeeded / runs, runs), ...wilson(succeeded, runs) } : missing),
    },
    {
      metric: "hours_uncovered",
      unit: "hours",
      ...(runs > 0 ? exact(sum(scheduled, "hours_uncovered"), scheduled.length) : missing),
    },
    {
      metric: "hashtag_budget_used",
      unit: "ratio",
      ...(budgets.length > 0 ? exact(Math.max(...budgets) / hashtagBudget, budgets.length) : missing),
    },
    {
      metric: "pages_fetched_share",
      unit: "ratio",
      ...(pages > 0 ? exact(sum(paged, "pages_fetched") / pages, pages) : missing),
    },
  ];
}

type Counted = "runs_scheduled" | "runs_succeeded" | "pages_available" | "pages_fetched" | "hours_uncovered";

const sum = (weeks: readonly CoverageWeek[], column: Counted): number =>
  weeks.reduce((total, week) => total + (week[column] ?? 0), 0);
