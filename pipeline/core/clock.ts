// The clock of a run: ISO weeks in UTC. Nothing downstream asks the machine what time it is.
import { LeapError } from "./errors.ts";
import type { RunClock } from "./types.ts";

const DAY = 86_400_000;

/**
 * The clock that `asOf` fixes: a day (its first instant, UTC) or an instant. Data run through the last week that was
 * complete by then. Throws a LeapError when `asOf` is neither.
 */
export function runClock(publication: string, asOf: string): RunClock {
  const instant = parseAsOf(asOf);
  const until = mondayOf(instant);
  return {
    publication,
    edition: isoWeek(instant),
    as_of: new Date(instant).toISOString(),
    week_start: day(until - 7 * DAY),
    week_end: day(until - DAY),
    until: new Date(until).toISOString(),
  };
}

/** Clocks of the last `count` weekly editions, oldest first, the last one fixed by `asOf`. */
export function editionClocks(publication: string, asOf: string, count: number): RunClock[] {
  const last = parseAsOf(asOf);
  return Array.from({ length: count }, (_, index) =>
    runClock(publication, new Date(last - (count - 1 - index) * 7 * DAY).toISOString()),
  );
}

/**
 * The watermark rule: without an as-of date the clock is the Monday after the last post, so that the week of that post
 * counts as complete and the same files give the same edition on any day.
 */
export function asOfWatermark(lastPost: string): string {
  return day(mondayOf(parseAsOf(lastPost)) + 7 * DAY);
}

/** `2026-W47`: the week belongs to the year that holds its Thursday (ISO 8601). */
export function isoWeek(instant: number): string {
  const monday = mondayOf(instant);
  const year = new Date(monday + 3 * DAY).getUTCFullYear();
  const firstMonday = mondayOf(Date.UTC(year, 0, 4));
  const week = Math.round((monday - firstMonday) / (7 * DAY)) + 1;
  return `${year}-W${String(week).padStart(2, "0")}`;
}

/** Monday 00:00 UTC of the ISO week, in milliseconds. The Unix epoch was a Thursday. */
export function mondayOf(instant: number): number {
  const days = Math.floor(instant / DAY);
  const weekday = (((days + 3) % 7) + 7) % 7;
  return (days - weekday) * DAY;
}

const day = (instant: number): string => new Date(instant).toISOString().slice(0, 10);

const DATE_OR_INSTANT = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d))?$/;

function parseAsOf(asOf: string): number {
  const instant = DATE_OR_INSTANT.test(asOf) ? Date.parse(asOf) : Number.NaN;
  // 2026-02-30 rolls over to March in some engines; a date that does not come back as itself is none.
  const rolled = asOf.length === 10 && Number.isFinite(instant) && day(instant) !== asOf;
  if (!Number.isFinite(instant) || rolled)
    throw new LeapError(`invalid as-of: ${asOf}. Give a day such as 2026-11-20, or an instant with a zone.`);
  return instant;
}
