// What became of each target of a run, read from its journal alone: the same whether the run was interrupted or not.
import type { Kept } from "./kept.ts";
import type { EndedEntry, How, OpenRun, PageEntry } from "./open-run.ts";
import type { Context, Finished, Target } from "./types.ts";
import type { AnyLive } from "./world.ts";

export interface Ending {
  readonly target: Target;
  readonly how: How;
  readonly why: string | null;
  readonly entry: EndedEntry | null;
  readonly pages: readonly PageEntry[];
  readonly pagesFetched: number;
  /** Null where the target was not walked. */
  readonly finished: Finished | null;
  /** Hours that no run can see any more; null without a window. */
  readonly hoursLost: number | null;
}

const WALKED: readonly How[] = ["done", "loop"];
/** Nothing of what was to be collected is missing because of us. */
export const FINE: readonly How[] = ["done", "nothing", "capped", "loop", "stopped", "queued"];

/** Targets of the plan, then those that answers made known. `otherwise`: how those ended that nobody came to. */
export function endingsOf(
  source: AnyLive,
  context: Context,
  run: OpenRun,
  kept: Kept,
  plan: readonly Target[],
  otherwise: How,
): Ending[] {
  const pages = run.entries.filter((entry) => entry.kind === "page");
  const ended = new Map(
    run.entries.flatMap((entry) => (entry.kind === "ended" ? [[entry.target, entry]] : [])),
  );
  const byTarget = Map.groupBy(pages, ({ target }) => target);
  const targets = new Map([...plan, ...pages.flatMap((page) => page.targets)].map((one) => [one.id, one]));
  // The first sight of a target is the one that was walked.
  for (const one of plan) targets.set(one.id, one);
  return [...targets.values()].map((target) => {
    const entry = ended.get(target.id) ?? null;
    const own = byTarget.get(target.id) ?? [];
    const how = entry?.how ?? otherwise;
    const before = kept.targets[target.id];
    const begun =
      own.at(-1)?.progress ??
      (how === "done" ? source.live.begin(target, before?.kept ?? null, context) : null);
    const finished = begun === null ? null : source.live.finish(target, begun, WALKED.includes(how), context);
    return {
      ...{ target, how, why: entry?.why ?? null, entry, pages: own, finished },
      pagesFetched: fetched(own),
      hoursLost: lost(finished, before?.covered_until ?? null),
    };
  });
}

/** Answers that only said where to look are no pages. */
function fetched(pages: readonly PageEntry[]): number {
  const full = pages.filter(({ empty, tally }) => !empty || Object.keys(tally).length > 0).length;
  return Math.max(full, Math.min(1, pages.length));
}

function lost(finished: Finished | null, coveredUntil: string | null): number | null {
  if (!finished?.covers) return null;
  if (coveredUntil === null) return 0;
  const hours = (Date.parse(finished.covers.from) - Date.parse(coveredUntil)) / 3_600_000;
  return Math.max(0, Math.round(hours * 1000) / 1000);
}

/** What the next run is told. A target that nobody came to keeps what it had; one that no plan has had for long is forgotten. */
export function keptAfter(kept: Kept, run: OpenRun, endings: readonly Ending[], collected: boolean): Kept {
  const targets: Record<string, Kept["targets"][string]> = {};
  const oldest = Date.parse(run.file.at) - FORGOTTEN_DAYS * 86_400_000;
  for (const [id, target] of Object.entries(kept.targets))
    if (Date.parse(target.seen) > oldest) targets[id] = target;
  for (const { target, finished, entry } of endings) {
    const before = kept.targets[target.id];
    const stopped = entry?.until
      ? { mark: entry.mark ?? "stopped", why: entry.why ?? "", until: entry.until }
      : null;
    const still =
      before?.stopped && Date.parse(before.stopped.until) > Date.parse(run.file.at) ? before.stopped : null;
    targets[target.id] = {
      kept: (finished ? finished.kept : (before?.kept ?? null)) as Kept["targets"][string]["kept"],
      covered_until: finished?.covers?.until ?? before?.covered_until ?? null,
      stopped: stopped ?? still,
      seen: run.file.at,
    };
  }
  const now = Object.fromEntries(run.file.scope.map((market) => [market, run.file.slot]));
  return {
    run: run.file.id,
    slots: collected ? { ...kept.slots, ...now } : kept.slots,
    told: { ...kept.told, ...now },
    targets,
  };
}

const FORGOTTEN_DAYS = 120;
