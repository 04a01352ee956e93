// Whether something may be asked now, and if not, when. What the server says of its own counting goes above ours where it is stricter.
import { LeapError } from "../core/errors.ts";
import { accountHash, type Ledger, type Said, type Taken } from "./ledger.ts";
import type { Cost, Limit, Usage } from "./types.ts";
import { countedFrom, freeAt, nextDay } from "./windows.ts";

export interface Limits {
  /** The first instant at which the costs may be taken; what stands in the way when that is not now. */
  when(costs: readonly Cost[], now: number): When;
  /** Takes the costs: on the disk when it returns. */
  reserve(costs: readonly Cost[], now: number, run: string): void;
  /** The request is over; the pace counts from here. */
  ended(costs: readonly Cost[], now: number): void;
  heard(usages: readonly Usage[], now: number): void;
  /** Nothing more before an instant; without a limit, of the whole source. */
  pause(limit: string | null, until: number, why: string, now: number, refused: string | null): void;
  state(limit: Limit, now: number): LimitState;
  readonly all: readonly Limit[];
}

export interface When {
  /** Milliseconds; `Infinity` for what can never be had. */
  readonly at: number;
  /** Null when nothing stands in the way. */
  readonly limit: string | null;
  readonly why: string;
  /** The thing that finds no place among the distinct ones. */
  readonly key: string | null;
}

export interface LimitState {
  readonly account: string;
  readonly used: number;
  readonly left: number;
  readonly resets_at: number | null;
  readonly server_used_pct: number | null;
  /** Distinct things that hold a place. */
  readonly keys: readonly string[];
}

const BRAKE_PCT = 75;
const STOP_PCT = 95;
/** Of a rolling limit of requests so much is left to other programs, to clocks that differ and to requests on their way. */
const MARGIN = 0.95;
const SMALLEST_WITH_MARGIN = 20;
/** Bursts are smoothed in windows of minutes; in one of hours, waiting for a steady pace would only end the run. */
const LONGEST_SMOOTHED_SECONDS = 600;
const SLOWEST_PACE_MS = 60_000;
/** Of the whole source. */
const ALL = "*";

/** `wall`: milliseconds of the machine's own clock, where the collector's may be set. Short windows and paces are kept by both. */
export function openLimits(
  limits: readonly Limit[],
  ledger: Ledger,
  wall: (() => number) | null = null,
): Limits {
  const byId = new Map(limits.map((limit) => [limit.id, { ...limit, account: accountHash(limit.account) }]));
  const ends = new Map<string, number>();
  const of = (id: string): Limit => {
    const limit = byId.get(id);
    if (!limit) throw new LeapError(`unknown limit: ${id}. A source names its limits in live.limits.`);
    return limit;
  };
  const paused = (limit: string, account: string, now: number) =>
    ledger.pauses(limit, account).filter(({ until }) => Date.parse(until) > now);

  function whenOf(cost: Cost, now: number): When {
    const limit = of(cost.limit);
    const from = countedFrom(limit.window, now);
    const uses = ledger.uses(limit.id, limit.account);
    const counted = isShort(limit) ? reallyAt(uses, from, now) : uses.filter(({ at }) => at > from);
    const held = limit.distinct ? heldKeys(counted) : null;
    const key = limit.distinct ? (cost.key ?? "") : null;
    const fresh = key !== null && !held?.has(key);
    const stops: When[] = [];
    const stop = (at: number, why: string) => stops.push({ at, limit: limit.id, why, key });
    for (const pause of paused(limit.id, limit.account, now))
      if (!limit.distinct || fresh || pause.key === key) stop(Date.parse(pause.until), pause.why);
    if (held) {
      if (fresh && held.size >= limit.capacity) {
        const free = Math.min(...[...held.values()].map((last) => freeAt(limit.window, last)));
        stop(free, `${limit.title}: ${held.size} of ${limit.capacity} are taken`);
      }
    } else {
      const at = unitsFree(limit, counted, cost.units, now);
      if (at > now) stop(at, `${limit.title}: ${sum(counted)} of ${limit.capacity} are used`);
    }
    if (!held || fresh) {
      const said = saidNow(limit, ledger.said(limit.id, limit.account), counted, now);
      if (said && isStopped(said, cost.units, fresh))
        stop(said.resets, `${limit.title}: ${Math.round(said.pct)} % are used, as the server counts`);
      else {
        const pace = Math.max((limit.pace_seconds ?? 0) * 1000, said ? said.pace : 0);
        const last =
          ends.get(limit.id) ??
          reallyAt(uses, now - pace - 1, now).reduce((most, { at }) => Math.max(most, Math.min(at, now)), 0);
        if (last > 0 && last + pace > now) stop(last + pace, `${limit.title}: one every ${pace / 1000} s`);
      }
    }
    return stops.reduce(later, { at: now, limit: null, why: "", key: null });
  }

  /** Uses after an instant, each at the later of two: when the collector's clock says it was, and as long ago as it was in truth. */
  function reallyAt(uses: readonly Taken[], from: number, now: number): Taken[] {
    const past = wall === null ? 0 : wall() - now;
    return uses
      .filter((use) => use.at > from || (wall !== null && use.wall !== null && use.wall - past > from))
      .map((use) =>
        wall === null || use.wall === null
          ? use
          : { ...use, at: Math.max(use.at, Math.min(now, use.wall - past)) },
      )
      .sort((one, other) => one.at - other.at);
  }

  return {
    all: limits,
    when(costs, now) {
      const source: When[] = paused(ALL, ALL, now).map(({ until, why }) => ({
        ...{ at: Date.parse(until), limit: ALL, why, key: null },
      }));
      return [...source, ...costs.map((cost) => whenOf(cost, now))].reduce(later, {
        ...{ at: now, limit: null, why: "", key: null },
      });
    },
    reserve(costs, now, run) {
      ledger.add(
        costs.map(({ limit: id, units, key }) => {
          const { account, distinct } = of(id);
          const at = new Date(now).toISOString();
          return {
            kind: "use",
            limit: id,
            account,
            at,
            units,
            key: distinct ? (key ?? "") : null,
            run,
            ...(wall === null ? {} : { wall: new Date(wall()).toISOString() }),
          } as const;
        }),
      );
    },
    ended(costs, now) {
      for (const { limit } of costs) ends.set(limit, now);
    },
    heard(usages, now) {
      ledger.add(
        usages.map(({ limit: id, used_pct, remaining, resets_at }) => ({
          ...{ kind: "said" as const, limit: id, account: of(id).account, at: new Date(now).toISOString() },
          used_pct: finite(used_pct),
          remaining: finite(remaining),
          resets_at: instantOf(resets_at),
        })),
      );
    },
    pause(id, until, why, now, refused) {
      const [limit, account] = id === null ? [ALL, ALL] : [id, of(id).account];
      const at = new Date(now).toISOString();
      const end = new Date(until).toISOString();
      ledger.add([{ kind: "pause", limit, account, at, until: end, why, key: refused }]);
    },
    state(limit, now) {
      const { id, account, window, distinct } = of(limit.id);
      const from = countedFrom(window, now);
      const counted = ledger.uses(id, account).filter(({ at }) => at > from);
      const said = saidNow(of(id), ledger.said(id, account), counted, now);
      const held = heldKeys(counted);
      const used = distinct ? held.size : sum(counted);
      const oldest = distinct ? [...held.values()] : counted.map(({ at }) => at);
      const frees = window.kind === "day" ? nextDay(now, window.zone) : freeAt(window, Math.min(...oldest));
      return {
        account,
        used,
        left: Math.max(0, usable(of(id)) - used),
        resets_at: oldest.length === 0 && window.kind === "rolling" ? null : frees,
        server_used_pct: said ? Math.round(said.saidPct * 10) / 10 : null,
        keys: distinct ? [...held.keys()].sort() : [],
      };
    },
  };
}

const isShort = ({ window }: Limit): boolean =>
  window.kind === "rolling" && window.seconds <= LONGEST_SMOOTHED_SECONDS;

const later = (one: When, other: When): When => (other.at > one.at ? other : one);
const sum = (uses: readonly Taken[]): number => uses.reduce((total, { units }) => total + units, 0);

const usable = ({ capacity, distinct, window }: Limit): number =>
  distinct || window.kind === "day" || capacity < SMALLEST_WITH_MARGIN
    ? capacity
    : Math.floor(capacity * MARGIN);

/** When so many units are free: the oldest uses must leave the window, and the bucket must have filled. */
function unitsFree(limit: Limit, counted: readonly Taken[], units: number, now: number): number {
  const most = usable(limit);
  if (units > most) return Number.POSITIVE_INFINITY;
  let over = sum(counted) + units - most;
  let at = now;
  if (over > 0)
    for (const use of [...counted].sort((a, b) => a.at - b.at)) {
      over -= use.units;
      at = Math.max(at, freeAt(limit.window, use.at));
      if (over <= 0) break;
    }
  return Math.max(at, bucketFull(limit, counted, units, now));
}

/** Token bucket: half of the window's units at once, the rest as steadily as they come back. */
function bucketFull(limit: Limit, counted: readonly Taken[], units: number, now: number): number {
  if (limit.window.kind !== "rolling" || !isShort(limit)) return now;
  const burst = Math.max(units, Math.ceil(usable(limit) / 2));
  const perMs = usable(limit) / (limit.window.seconds * 1000);
  let tokens = burst;
  let last = Number.NEGATIVE_INFINITY;
  for (const { at, units: taken } of counted) {
    if (at > last)
      tokens = last === Number.NEGATIVE_INFINITY ? burst : Math.min(burst, tokens + (at - last) * perMs);
    last = Math.max(last, at);
    tokens -= taken;
  }
  if (last === Number.NEGATIVE_INFINITY) return now;
  const filled = Math.min(burst, tokens + Math.max(0, now - last) * perMs);
  return filled >= units ? now : now + (units - filled) / perMs;
}

/** Each thing with its last use. */
function heldKeys(counted: readonly Taken[]): Map<string, number> {
  const held = new Map<string, number>();
  for (const { key, at } of counted) if (key !== null) held.set(key, Math.max(at, held.get(key) ?? 0));
  return held;
}

interface SaidNow {
  /** As the server said. */
  readonly saidPct: number;
  /** With what was taken since. */
  readonly pct: number;
  readonly remaining: number | null;
  readonly resets: number;
  /** Least milliseconds between two requests. */
  readonly pace: number;
}

/** Null when the server said nothing that still holds. */
function saidNow(limit: Limit, said: Said | null, counted: readonly Taken[], now: number): SaidNow | null {
  if (!said) return null;
  const at = Date.parse(said.at);
  const resets = said.resets_at === null ? freeAt(limit.window, at) : Date.parse(said.resets_at);
  if (resets <= now) return null;
  const since = counted.filter((use) => use.at >= at);
  const taken = limit.distinct
    ? [...heldKeys(since).keys()].filter((key) => !counted.some((use) => use.at < at && use.key === key))
        .length
    : sum(since);
  const fromRemaining = said.remaining === null ? 0 : 100 * (1 - said.remaining / limit.capacity);
  const saidPct = Math.max(0, said.used_pct ?? 0, fromRemaining);
  const pct = saidPct + (100 * taken) / limit.capacity;
  const remaining = said.remaining === null ? null : said.remaining - taken;
  // What is left until the stop, spread over what is left of the window: at this pace it is never reached.
  const left = Math.max(1, ((STOP_PCT - pct) * limit.capacity) / 100);
  const pace = pct >= BRAKE_PCT ? Math.min(SLOWEST_PACE_MS, (resets - now) / left) : 0;
  return { saidPct, pct, remaining, resets, pace: limit.distinct ? 0 : pace };
}

// Free places for new things are a count of the server's own: the last one may be taken.
const isStopped = (said: SaidNow, units: number, fresh: boolean): boolean =>
  said.remaining !== null && said.remaining < units ? true : !fresh && said.pct >= STOP_PCT;

const finite = (value: number | undefined): number | null =>
  value !== undefined && Number.isFinite(value) ? value : null;

const instantOf = (text: string | undefined): string | null => {
  const at = text === undefined ? Number.NaN : Date.parse(text);
  return Number.isNaN(at) ? null : new Date(at).toISOString();
};
