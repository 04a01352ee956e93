// Limits: never more than there is in any window, whoever's clock; what the server says of its own counting goes above ours.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type Ledger, openLedger } from "./ledger.ts";
import { openLimits } from "./limits.ts";
import type { Limit } from "./types.ts";
import { dayStart, nextDay } from "./windows.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "leap-limits-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const at = (text: string): number => Date.parse(text);
const noon = at("2026-11-20T12:00:00Z");
const MINUTE = 60_000;
const DAY = 86_400_000;
const ledgerAt = (now: number): Ledger => openLedger(join(folder, "ledger.jsonl"), new Date(now));
const limit = (about: Partial<Limit>): Limit => ({
  ...{ id: "calls", title: "Calls", unit: "calls", account: "17", capacity: 100 },
  window: { kind: "rolling", seconds: 300 },
  ...about,
});
const one = [{ limit: "calls", units: 1 }];

/** Takes as fast as it may until `until`; the instants of all takings. */
function takings(wanted: Limit, from: number, until: number): number[] {
  const limits = openLimits([wanted], ledgerAt(from));
  const taken: number[] = [];
  for (let now = from; now < until; ) {
    const { at: when } = limits.when(one, now);
    if (when > now) {
      now = Math.ceil(when);
      continue;
    }
    limits.reserve(one, now, "run");
    limits.ended(one, now);
    taken.push(now);
  }
  return taken;
}

test("no window of the server's, wherever it begins, sees more than the limit; most of the limit is used", () => {
  const taken = takings(limit({}), noon, noon + 20 * MINUTE);
  for (const begin of taken)
    expect(taken.filter((when) => when >= begin && when <= begin + 5 * MINUTE).length).toBeLessThanOrEqual(
      100,
    );
  expect(taken.length).toBeGreaterThan(330);
});

test("what another process reserved counts, whether it lies before now or after: a clock that was set back gives nothing away", () => {
  openLimits([limit({ capacity: 10 })], ledgerAt(noon)).reserve([{ limit: "calls", units: 10 }], noon, "a");
  const earlier = noon - 2 * DAY;
  const again = openLimits([limit({ capacity: 10 })], ledgerAt(earlier));
  expect(again.when(one, earlier).at).toBeGreaterThan(noon);
  expect(openLimits([limit({ capacity: 10, account: "18" })], ledgerAt(noon)).when(one, noon).at).toBe(noon);
});

test("a day of the zone has 23, 24 or 25 hours, and a limit of a day is full again after its midnight", () => {
  const zone = "America/Los_Angeles";
  const hours = (day: string) => (nextDay(at(day), zone) - dayStart(at(day), zone)) / 3_600_000;
  expect(["2026-03-08T20:00:00Z", "2026-11-01T20:00:00Z", "2026-11-20T20:00:00Z"].map(hours)).toEqual([
    23, 25, 24,
  ]);
  const wanted = limit({ capacity: 2, window: { kind: "day", zone } });
  const limits = openLimits([wanted], ledgerAt(noon));
  limits.reserve([{ limit: "calls", units: 2 }], at("2026-11-20T12:00:00Z"), "a");
  // Midnight Pacific is 08:00 UTC; a minute on both sides of it may be either day to the server.
  expect(limits.when(one, at("2026-11-20T13:00:00Z")).at).toBe(at("2026-11-21T08:01:00Z"));
  expect(limits.when(one, at("2026-11-21T08:00:30Z")).at).toBe(at("2026-11-21T08:01:00Z"));
  expect(limits.when(one, at("2026-11-21T08:01:01Z")).at).toBe(at("2026-11-21T08:01:01Z"));
});

test("a distinct thing holds its place until the window after its last use; what holds one is asked on for nothing", () => {
  const limits = openLimits(
    [limit({ capacity: 2, distinct: true, window: { kind: "rolling", seconds: 7 * 86_400 } })],
    ledgerAt(noon),
  );
  const ask = (key: string) => [{ limit: "calls", units: 1, key }];
  limits.reserve(ask("a"), noon, "r");
  limits.reserve(ask("b"), noon + DAY, "r");
  limits.reserve(ask("a"), noon + 3 * DAY, "r");
  expect(limits.when(ask("a"), noon + 4 * DAY).at).toBe(noon + 4 * DAY);
  const queued = limits.when(ask("c"), noon + 4 * DAY);
  expect(queued).toMatchObject({ key: "c", limit: "calls" });
  expect(queued.at).toBe(noon + 8 * DAY + MINUTE);
  expect(limits.when(ask("c"), noon + 8 * DAY + 2 * MINUTE).at).toBe(noon + 8 * DAY + 2 * MINUTE);
});

test("at 75 % of the server's count we slow down, at 95 % we stop until it is full again", () => {
  const hour = limit({ capacity: 200, window: { kind: "rolling", seconds: 3600 } });
  const limits = openLimits([hour], ledgerAt(noon));
  const heard = (used_pct: number, now: number) => {
    limits.heard([{ limit: "calls", used_pct }], now);
    limits.reserve(one, now, "r");
    limits.ended(one, now);
    return limits.when(one, now).at - now;
  };
  expect(heard(74, noon)).toBe(0);
  expect(heard(80, noon + MINUTE)).toBe(MINUTE);
  expect(heard(95, noon + 2 * MINUTE)).toBe(61 * MINUTE - MINUTE + MINUTE);
  limits.heard([{ limit: "calls", remaining: 0, resets_at: "2026-11-20T12:10:00Z" }], noon + 3 * MINUTE);
  expect(limits.when(one, noon + 3 * MINUTE).at).toBe(noon + 10 * MINUTE);
  expect(limits.when(one, noon + 11 * MINUTE).at).toBe(noon + 11 * MINUTE);
});

test("the pace counts from the end of the request before, and over processes", () => {
  const paced = limit({ pace_seconds: 6 });
  const limits = openLimits([paced], ledgerAt(noon));
  limits.reserve(one, noon, "r");
  limits.ended(one, noon + 2500);
  expect(limits.when(one, noon + 3000).at).toBe(noon + 8500);
  expect(openLimits([paced], ledgerAt(noon)).when(one, noon + 3000).at).toBe(noon + 6000);
});

test("more than a limit holds can never be asked; a torn line at the ledger's end is nobody's request", async () => {
  const limits = openLimits([limit({ capacity: 5 })], ledgerAt(noon));
  expect(limits.when([{ limit: "calls", units: 6 }], noon).at).toBe(Number.POSITIVE_INFINITY);
  limits.reserve(one, noon, "r");
  const { appendFileSync } = await import("node:fs");
  appendFileSync(join(folder, "ledger.jsonl"), '{"kind":"use","limit":"calls"');
  expect(openLimits([limit({ capacity: 5 })], ledgerAt(noon)).state(limit({ capacity: 5 }), noon).used).toBe(
    1,
  );
});

test("weeks that are replayed in minutes keep short windows and paces by the machine's clock, too; long windows go by the collector's", () => {
  const wall = at("2026-12-24T08:00:00Z");
  const short = limit({ capacity: 10 });
  openLimits([short], ledgerAt(noon), () => wall).reserve([{ limit: "calls", units: 10 }], noon, "a");
  const tomorrow = noon + DAY;
  const soon = openLimits([short], ledgerAt(tomorrow), () => wall + MINUTE);
  expect(soon.when(one, tomorrow).at).toBeGreaterThanOrEqual(tomorrow + 4 * MINUTE);
  const later = openLimits([short], ledgerAt(tomorrow), () => wall + 6 * MINUTE);
  expect(later.when(one, tomorrow).at).toBe(tomorrow);

  const paced = limit({ id: "news", pace_seconds: 6, window: { kind: "day", zone: "UTC" } });
  const news = [{ limit: "news", units: 1 }];
  openLimits([paced], ledgerAt(noon), () => wall).reserve(news, noon, "a");
  const next = openLimits([paced], ledgerAt(tomorrow), () => wall + 2000);
  expect(next.when(news, tomorrow).at).toBe(tomorrow + 4000);

  const hour = limit({ id: "hour", capacity: 10, window: { kind: "rolling", seconds: 3600 } });
  openLimits([hour], ledgerAt(noon), () => wall).reserve([{ limit: "hour", units: 10 }], noon, "a");
  const replayed = openLimits([hour], ledgerAt(tomorrow), () => wall + MINUTE);
  expect(replayed.when([{ limit: "hour", units: 1 }], tomorrow).at).toBe(tomorrow);
});
