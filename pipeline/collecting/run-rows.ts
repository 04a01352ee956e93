// The desk's rows about one run: what was due, what was done, what every limit has left, what went wrong.
import type { z } from "zod";
import type { IncidentRow, LimitRow, RunRow } from "./collector-rows.ts";
import { type Ending, FINE } from "./ending.ts";
import type { Limits } from "./limits.ts";
import type { How, OpenRun } from "./open-run.ts";
import type { Context } from "./types.ts";
import type { AnyLive, Incident } from "./world.ts";

export type Run = z.output<typeof RunRow>;
export type LimitState = z.output<typeof LimitRow>;
export type IncidentSaid = z.output<typeof IncidentRow>;

export interface Told {
  readonly source: AnyLive;
  readonly context: Context;
  readonly run: OpenRun;
  readonly endings: readonly Ending[];
  readonly endedAt: string;
  /** Per market; empty for none. */
  readonly quarantined: Readonly<Record<string, number>>;
  readonly removed: Readonly<Record<string, number>>;
  /** Limits that count distinct things. */
  readonly distinct: boolean;
}

/** One row a market that has targets or posts; null for what belongs to none. A target of several markets counts in each. */
export function runRows(told: Told): Run[] {
  const markets = [...new Set([...told.run.file.scope, ""])];
  return markets.flatMap((market) => {
    const own = told.endings.filter(({ target }) =>
      market === "" ? target.markets.length === 0 : target.markets.includes(market),
    );
    const posts = postsOf(told, market);
    const gone = told.removed[market] ?? 0;
    return own.length === 0 && posts.received === 0 && gone === 0 ? [] : [runRow(told, market, own)];
  });
}

function runRow(told: Told, market: string, own: readonly Ending[]): Run {
  const { source, context, run, endedAt } = told;
  const count = (...hows: How[]) => own.filter(({ how }) => hows.includes(how)).length;
  const essential = own.filter(({ target }) => target.essential !== false);
  const failed = essential.filter(({ how }) => !FINE.includes(how));
  const waiting = essential.length > 0 && essential.every(({ how }) => how === "queued");
  const succeeded = failed.length === 0 && !waiting;
  const { received, repeated } = postsOf(told, market);
  const covers = coverage(essential);
  const keys = new Set(own.flatMap(({ pages }) => pages.flatMap((page) => page.keys)));
  return {
    ...{ source: source.id, platform: source.live.platform, market: market === "" ? null : market },
    ...{ run: run.file.id, scheduled_at: run.file.slot, started_at: run.file.at, ended_at: endedAt },
    ...{ succeeded, reason: succeeded ? null : waiting ? "limit" : reasonOf(failed) },
    targets: own.length,
    targets_done: count("done", "nothing", "capped", "loop"),
    targets_stopped: count("stopped"),
    targets_queued: count("queued", "limit"),
    pages_available: available(own),
    pages_fetched: own.reduce((sum, { pagesFetched }) => sum + pagesFetched, 0),
    requests: own.reduce(
      (sum, { entry, pages }) =>
        sum + (entry?.sent ?? 0) + pages.reduce((total, page) => total + page.sent, 0),
      0,
    ),
    hashtags_used: told.distinct ? keys.size : null,
    ...{ posts_received: received, posts_repeated: repeated },
    quarantined: told.quarantined[market] ?? 0,
    deleted_upstream: told.removed[market] ?? 0,
    ...{ covered_from: covers?.from ?? null, covered_until: covers?.until ?? null },
    hours_lost: essential.reduce<number | null>(
      (most, { hoursLost }) => (hoursLost === null ? most : Math.max(most ?? 0, hoursLost)),
      null,
    ),
    provenance: context.config.provenance,
  };
}

/** Posts of a market that the run is not for, found by a tag that is shared, count with those of none. */
function postsOf({ run }: Told, market: string): { received: number; repeated: number } {
  const sum = { received: 0, repeated: 0 };
  for (const entry of run.entries)
    for (const [of, counts] of Object.entries(entry.kind === "page" ? entry.tally : {})) {
      if ((run.file.scope.includes(of) ? of : "") !== market) continue;
      sum.received += counts.received;
      sum.repeated += counts.repeated;
    }
  return sum;
}

/** The worst first: what somebody has to act on. */
const REASONS: readonly (readonly [How, string])[] = [
  ["configuration", "configuration"],
  ["no_credential", "no_credential"],
  ["account", "account"],
  ["breaker", "breaker"],
  ["failed", "breaker"],
  ["limit", "limit"],
  ["deadline", "deadline"],
];

const reasonOf = (failed: readonly Ending[]): string =>
  REASONS.find(([how]) => failed.some((ending) => ending.how === how))?.[1] ?? "deadline";

/** The time of which every target saw everything; null where one that failed saw nothing. */
function coverage(essential: readonly Ending[]): { from: string; until: string } | null {
  if (essential.some(({ how, finished }) => !FINE.includes(how) && !finished?.covers)) return null;
  const covers = essential.flatMap(({ finished }) => finished?.covers ?? []);
  if (covers.length === 0) return null;
  const from = Math.max(...covers.map((one) => Date.parse(one.from)));
  const until = Math.min(...covers.map((one) => Date.parse(one.until)));
  return from < until ? { from: new Date(from).toISOString(), until: new Date(until).toISOString() } : null;
}

function available(own: readonly Ending[]): number | null {
  if (own.every(({ finished }) => (finished?.pages_available ?? null) === null)) return null;
  return own.reduce((sum, { finished, pagesFetched, how }) => {
    const offered = Math.max(finished?.pages_available ?? 0, pagesFetched);
    // Of what was cut short, at least one page was not taken.
    return sum + (how === "capped" ? Math.max(offered, pagesFetched + 1) : offered);
  }, 0);
}

/** Slots in which nobody ran, one row a market. */
export function missedRows(
  source: AnyLive,
  context: Context,
  missed: Readonly<Record<string, readonly string[]>>,
): Run[] {
  return Object.entries(missed).flatMap(([market, slots]) =>
    slots.map(
      (scheduled_at): Run => ({
        ...{ source: source.id, platform: source.live.platform, market: market === "" ? null : market },
        ...{ run: null, scheduled_at, started_at: null, ended_at: null, succeeded: false, reason: "missed" },
        ...{ targets: 0, targets_done: 0, targets_stopped: 0, targets_queued: 0 },
        ...{ pages_available: null, pages_fetched: 0, requests: 0, hashtags_used: null },
        ...{ posts_received: 0, posts_repeated: 0, quarantined: 0, deleted_upstream: 0 },
        ...{ covered_from: null, covered_until: null, hours_lost: null },
        provenance: context.config.provenance,
      }),
    ),
  );
}

export function limitRows(told: Told, limits: Limits): LimitState[] {
  const now = Date.parse(told.endedAt);
  return limits.all.map((limit) => {
    const state = limits.state(limit, now);
    const queued = told.endings.flatMap(({ how, entry, target }) =>
      (how === "queued" || how === "limit") && entry?.limit?.id === limit.id
        ? [entry.limit.key ?? target.title]
        : [],
    );
    return {
      ...{ source: told.source.id, run: told.run.file.id, at: told.endedAt },
      ...{ limit: limit.id, title: limit.title, unit: limit.unit, account: state.account },
      ...{ capacity: limit.capacity, used: state.used, left: state.left },
      resets_at: state.resets_at === null ? null : new Date(state.resets_at).toISOString(),
      server_used_pct: state.server_used_pct,
      queued: [...new Set(queued)].sort(),
    };
  });
}

/** What was noted on the way, and what only shows at the end. */
export function incidentRows(told: Told, missed: readonly Run[]): IncidentSaid[] {
  const { source, run, endings, endedAt, context } = told;
  const marketOf = new Map(
    endings.map(({ target }) => [target.id, target.markets.length === 1 ? target.markets[0] : null]),
  );
  const noted = run.entries.flatMap((entry) => ("incidents" in entry ? entry.incidents : []));
  const groups = Map.groupBy(
    endings.filter(({ how }) => how === "limit" || how === "deadline" || how === "breaker"),
    ({ how, why }) => `${how}\n${why}`,
  );
  const waiting = [...groups.values()].map((group): Incident => {
    const [{ how, why }] = group as [Ending];
    return {
      ...{ at: endedAt, target: null, market: null, severity: "warning" },
      kind: how === "limit" ? "queued" : how === "breaker" ? "breaker" : "lost",
      says: `${group.length} of ${endings.length} targets were not asked to their end: ${why ?? "the run was interrupted"}`,
    };
  });
  // What waits for a place waits in every run: one row a run and limit, which names all.
  const places = Map.groupBy(
    endings.filter(({ how }) => how === "queued"),
    ({ entry }) => entry?.limit?.id ?? "",
  );
  const queued = [...places.values()].map(
    (group): Incident => ({
      ...{ at: endedAt, target: null, market: null, kind: "queued", severity: "warning" },
      says: `${group.map(({ target }) => target.title).join(", ")}: ${group[0]?.why ?? "waits for a place"}`,
    }),
  );
  const slots = new Set(missed.map(({ scheduled_at }) => scheduled_at)).size;
  const lost = endings.reduce((most, { hoursLost }) => Math.max(most, hoursLost ?? 0), 0);
  const holes: Incident[] = [
    ...(slots > 0 ? [`${slots} slots passed without a run`] : []),
    ...(lost > 0 ? [`${lost.toFixed(1)} hours can be seen by no run any more`] : []),
  ].map((says) => ({ at: endedAt, target: null, market: null, kind: "lost", severity: "warning", says }));
  return [...noted, ...queued, ...waiting, ...holes].map((incident) => ({
    ...{ source: source.id, run: run.file.id, at: incident.at },
    market: incident.market ?? (incident.target === null ? null : (marketOf.get(incident.target) ?? null)),
    ...{ target: incident.target, kind: incident.kind, severity: incident.severity, says: incident.says },
    provenance: context.config.provenance,
  }));
}
