// When a window of a limit begins and ends: rolling ones are seconds, days end at midnight of their zone, summer time included.
import type { Limit } from "./types.ts";

export type Window = Limit["window"];

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

/** Our clock and the server's may differ by so much around midnight. */
const MIDNIGHT_MARGIN_MS = 60_000;

/**
 * Uses after this instant count at `now`. A little longer than the window: a request is counted by the server when it arrives, which is
 * after it was reserved here.
 */
export function countedFrom(window: Window, now: number): number {
  if (window.kind === "rolling") return now - window.seconds * 1000 - marginOf(window.seconds);
  return dayStart(now - MIDNIGHT_MARGIN_MS, window.zone) - MIDNIGHT_MARGIN_MS;
}

/** When a use at `at` has stopped counting. */
export function freeAt(window: Window, at: number): number {
  if (window.kind === "rolling") return at + window.seconds * 1000 + marginOf(window.seconds);
  return nextDay(at + MIDNIGHT_MARGIN_MS, window.zone) + MIDNIGHT_MARGIN_MS;
}

const marginOf = (seconds: number): number => Math.min(60_000, Math.max(1000, seconds * 20));

/** The last midnight of the zone at or before `now`. */
export function dayStart(now: number, zone: string): number {
  const day = dayIn(now, zone);
  // A day has 23 to 25 hours, so the midnight that began it lies within them; the first instant that bears its date is looked for.
  let from = now - 26 * HOUR_MS;
  let to = now;
  while (to - from > 1) {
    const middle = Math.floor((from + to) / 2);
    if (dayIn(middle, zone) === day) to = middle;
    else from = middle;
  }
  return to;
}

/** The first midnight of the zone after `now`. */
export function nextDay(now: number, zone: string): number {
  const start = dayStart(now, zone);
  return dayStart(start + DAY_MS + 2 * HOUR_MS, zone);
}

const formats = new Map<string, Intl.DateTimeFormat>();

function dayIn(instant: number, zone: string): string {
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat("en-CA", { timeZone: zone, dateStyle: "short" });
    formats.set(zone, format);
  }
  return format.format(instant);
}
