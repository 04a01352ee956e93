// The calendar of the sample: 104 ISO weeks in UTC, counted from 0.

export const DAY_MS = 86_400_000;
const WEEK_MS = 7 * DAY_MS;
const firstMonday = Date.UTC(2024, 10, 18);

export const weekCount = 104;
export const lastWeek = weekCount - 1;

export const mondayOf = (week: number): number => firstMonday + week * WEEK_MS;
export const dateOf = (instant: number): string => new Date(instant).toISOString().slice(0, 10);
export const mondayDate = (week: number): string => dateOf(mondayOf(week));
export const isoOf = (instant: number): string => new Date(instant).toISOString().replace(".000Z", "Z");

/** A week's posts are collected on the Monday after it, at 04:10 UTC. */
export const collectedAt = (week: number): number => mondayOf(week + 1) + (4 * 60 + 10) * 60_000;

/** The hashtag collector runs each day at 23:50 UTC, because the platform shows the last 24 hours only. */
export const runAt = (week: number, day: number): number =>
  mondayOf(week) + day * DAY_MS + (23 * 60 + 50) * 60_000;

/** Position in the year, 0 = 1 January, from the middle of the week. */
export function yearPhase(week: number): number {
  const middle = mondayOf(week) + WEEK_MS / 2;
  const year = new Date(middle).getUTCFullYear();
  return (middle - Date.UTC(year, 0, 1)) / (Date.UTC(year + 1, 0, 1) - Date.UTC(year, 0, 1));
}
