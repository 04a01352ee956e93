// The desk: asks the live sources, each by its own plan, and keeps what it is owed: limits, waiting, checkpoints, receipts. A run belongs to
// a slot; a slot that was collected is not asked again, and a run that was killed goes on where it was.
import { join } from "node:path";
import type { Receipt } from "../core/types.ts";
import { addressesOf } from "./addresses.ts";
import type { Asking } from "./asking.ts";
import { openBreaker } from "./breaker.ts";
import { type Closed, closeRun, isClosed } from "./close-run.ts";
import { type Credentials, credentialsOf } from "./credentials.ts";
import { collectingFolder, type Kept, readEtags, readKept, writeKept } from "./kept.ts";
import { type Ledger, openLedger } from "./ledger.ts";
import { openLimits } from "./limits.ts";
import { findOpenRun, type How, type OpenRun, runId, startRun } from "./open-run.ts";
import { forgetOldLogs, requestLog } from "./request-log.ts";
import { openSessions } from "./sessions.ts";
import { missedSlots, slotOf } from "./slots.ts";
import { told } from "./telling.ts";
import type { Context, LiveConfig, Target } from "./types.ts";
import { walkTargets } from "./walk.ts";
import type { AnyLive, Desk, Incident } from "./world.ts";

export type { AnyLive, Desk } from "./world.ts";

/** `collect` of every live source: the desk calls `live` instead, so that no source owns a socket. */
export const collectedByDesk = (): Promise<Receipt[]> =>
  Promise.reject(
    new Error("a live source is collected by the desk (pipeline/collecting/desk.ts), not by itself"),
  );

/** Sources that the desk asks. */
export const isLive = (source: object): source is AnyLive => "live" in source;

export interface Collected {
  readonly source: string;
  readonly title: string;
  /** Runs that were closed: none where the slot had been collected or the source is off; two where an older one lay open. */
  readonly runs: readonly Closed[];
  readonly receipts: readonly Receipt[];
  /** For people, one line each. */
  readonly says: readonly string[];
  /** What could not be collected, named. */
  readonly gaps: readonly string[];
}

/**
 * Collects the slot that the desk's clock stands in. Throws a LeapError for what somebody has to mend before anything can be asked: an
 * address, a credential that no header can carry, a journal that was changed.
 */
export async function collectLive(source: AnyLive, config: LiveConfig, desk: Desk): Promise<Collected> {
  const home = collectingFolder(desk.root, source.id);
  const slot = slotOf(desk.now().getTime(), config.every_hours);
  forgetOldLogs(desk.root, desk.now());
  const runs: Closed[] = [];
  const says: string[] = [];
  const open = findOpenRun(home);
  if (open && readKept(home).run === open.file.id && isClosed(desk, open.file.id)) open.remove();
  else if (open && open.file.slot === slot) {
    says.push("goes on with a run that was interrupted");
    runs.push(await runOf(source, config, desk, open, true));
  } else if (open) {
    says.push(`closes the run of ${open.file.slot}, which was interrupted`);
    runs.push(await runOf(source, config, desk, open, false));
  }
  const kept = readKept(home);
  const scope = scopeOf(desk).filter((market) => !(reached(kept, market) >= Date.parse(slot)));
  if (scope.some((market) => market !== "") || (scope.length > 0 && desk.markets.length === 0)) {
    const off = isOff(source, config, desk);
    if (off) {
      // Nobody meant to run in the slots of a source that is off.
      const passed = Object.fromEntries(scope.map((market) => [market, slot]));
      writeKept(home, { ...kept, told: { ...kept.told, ...passed } });
      return { source: source.id, title: source.title, runs, receipts: [], says: [...says, off], gaps: [] };
    }
    const at = new Date(Math.floor(desk.now().getTime() / 1000) * 1000).toISOString().replace(".000Z", "Z");
    const id = runId(at, source.id, join(desk.root, "bronze"));
    runs.push(await runOf(source, config, desk, startRun(home, { id, slot, at, scope }), true));
  } else if (runs.length === 0) says.push(`the slot of ${slot} has been collected; nothing is asked`);
  const words = runs.map((closed) => told(source, closed));
  return {
    ...{ source: source.id, title: source.title, runs },
    receipts: runs.flatMap(({ receipts }) => receipts),
    says: [...says, ...words.flatMap((one) => one.says)],
    gaps: words.flatMap((one) => one.gaps),
  };
}

/** Markets that a run is for, and the empty one for what belongs to none. */
export const scopeOf = ({ markets, scope }: Desk): string[] => [
  ...markets.map(({ code }) => code).filter((code) => !scope || scope.includes(code)),
  "",
];

const reached = (kept: Kept, market: string): number => Date.parse(kept.slots[market] ?? "");

/** Why nothing is meant to be asked; null when it is. */
function isOff(source: AnyLive, config: LiveConfig, desk: Desk): string | null {
  const { context } = standing(source, config, desk, { at: desk.now().toISOString() });
  const off = source.live
    .notices?.(context)
    .find(({ stops, severity }) => stops === "off" && severity === "info");
  return off?.says ?? null;
}

/** What a run stands on: the same for one that goes on. */
export function standing(
  source: AnyLive,
  config: LiveConfig,
  desk: Desk,
  { at }: { readonly at: string },
): { context: Context; credentials: Credentials } {
  const credentials = credentialsOf(source, desk.variables, desk.tokens, desk.now());
  const context: Context = {
    ...{ config, publication: desk.publication, at },
    // All of them, whatever the run is for: what is shared must be known as shared.
    markets: desk.markets,
    creators: desk.publication.creators.filter(
      ({ platform, handle }) =>
        !desk.optedOut({ platform, author_id: null, author_handle: handle.toLowerCase(), post_id: null }),
    ),
    plain: credentials.plain,
    has: credentials.has,
  };
  return { context, credentials };
}

/** Targets of the markets that the run is for. */
export const planOf = (source: AnyLive, context: Context, scope: readonly string[]): readonly Target[] =>
  source.live
    .plan(context)
    .filter(({ markets }) =>
      markets.length === 0 ? scope.includes("") : markets.some((market) => scope.includes(market)),
    );

export const ledgerOf = (home: string, now: Date, write = true): Ledger =>
  openLedger(join(home, "ledger.jsonl"), now, { write });

async function runOf(
  source: AnyLive,
  config: LiveConfig,
  desk: Desk,
  run: OpenRun,
  asks: boolean,
): Promise<Closed> {
  const home = collectingFolder(desk.root, source.id);
  const kept = readKept(home);
  const etags = readEtags(home);
  const { context, credentials } = standing(source, config, desk, run.file);
  const plan = planOf(source, context, run.file.scope);
  const ledger = ledgerOf(home, desk.now());
  const limits = openLimits(source.live.limits(context), ledger, desk.wall ?? null);
  const incidents: Incident[] = [];
  const note = (incident: Omit<Incident, "at" | "market">) =>
    void incidents.push({ ...incident, at: desk.now().toISOString(), market: null });
  let otherwise: How = "deadline";
  const wasEnding = run.entries.some((entry) => entry.kind === "closing");
  if (asks && !wasEnding) {
    const stops = before(source, context, credentials, run, note);
    if (stops) otherwise = stops;
    else {
      const asking: Asking = {
        ...{ desk, source, context, credentials, limits, note, etags: new Map(Object.entries(etags)) },
        addresses: addressesOf(source, config, desk.variables),
        sessions: openSessions(source, context, desk.tokens, desk.now),
        breaker: openBreaker(),
        run: run.file.id,
        deadline: desk.now().getTime() + config.deadline_minutes * 60_000,
        logFile: requestLog(desk.root, run.file.id),
        dead: new Set(),
        sent: 0,
      };
      await walkTargets({
        ...{ asking, run, kept, targets: plan },
        distinct: new Set(limits.all.filter(({ distinct }) => distinct).map(({ id }) => id)),
        taken: () => ledger.taken(run.file.id),
        incidents: () => incidents.splice(0),
      });
      otherwise = "configuration";
    }
  }
  const missed = Object.fromEntries(
    run.file.scope.flatMap((market) => {
      const last = kept.told[market];
      const belongs = plan.some(({ markets }) =>
        market === "" ? markets.length === 0 : markets.includes(market),
      );
      return last && belongs ? [[market, missedSlots(last, run.file.slot, config.every_hours)]] : [];
    }),
  );
  return closeRun({
    desk,
    source,
    context,
    run,
    kept,
    etags,
    plan,
    limits,
    otherwise,
    missed,
    incidents: incidents.splice(0),
  });
}

/** What is known before anything is asked; how all targets end when that is enough not to ask. */
function before(
  source: AnyLive,
  context: Context,
  credentials: Credentials,
  run: OpenRun,
  note: (incident: Omit<Incident, "at" | "market">) => void,
): How | null {
  // A run that goes on has said it.
  const says = run.entries.length > 0 ? () => {} : note;
  for (const { name, expires_at, gone } of credentials.expiring)
    says({
      ...{ target: null, kind: "token_expires", severity: gone ? "error" : "warning" },
      says: `the ${name} of ${source.id} ${gone ? "ran" : "runs"} out at ${expires_at}; sign in again: leap auth ${source.id}`,
    });
  let stops: How | null = null;
  for (const notice of source.live.notices?.(context) ?? []) {
    says({ target: null, kind: "configuration", severity: notice.severity, says: notice.says });
    if (notice.stops) stops = "configuration";
  }
  if (stops) return stops;
  if (credentials.missing.length === 0) return null;
  says({
    ...{ target: null, kind: "configuration", severity: "error" },
    says: `missing ${credentials.missing.join(", ")}: ${source.title} was not asked`,
  });
  return "no_credential";
}
