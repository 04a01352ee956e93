// Walks the targets of a run, one page after the other. Every page is in the journal before anything else happens, so that a run which is
// killed goes on where it was.
import { createHash } from "node:crypto";
import { redactedError } from "../core/secrets.ts";
import type { Row } from "../core/types.ts";
import { type Asking, askedFor } from "./asking.ts";
import { crashPoint } from "./crash-points.ts";
import { guarded } from "./guards.ts";
import type { Kept } from "./kept.ts";
import type { EndedEntry, How, OpenRun, PageEntry } from "./open-run.ts";
import type { Answer, Ask, Item, Json, PageRead, Target } from "./types.ts";
import type { Incident } from "./world.ts";

export interface Walk {
  readonly asking: Asking;
  readonly run: OpenRun;
  readonly kept: Kept;
  readonly targets: readonly Target[];
  /** Limits of distinct things. */
  readonly distinct: ReadonlySet<string>;
  /** Uses of limits that this run has reserved. */
  readonly taken: () => number;
  /** Incidents since the last entry. */
  readonly incidents: () => Incident[];
}

/** Targets in the order of the plan, then those that answers made known and, once more, those that failed for a reason that passes. */
export async function walkTargets(walk: Walk): Promise<void> {
  const { run, asking } = walk;
  const state = replayed(run, walk.targets);
  const queue = [...walk.targets, ...state.found.values()];
  const failed = new Set<string>();
  let wrong = 0;
  for (const target of queue) {
    if (state.ended.has(target.id)) continue;
    const last = failed.has(target.id);
    const found = (targets: readonly Target[]) => {
      for (const one of targets)
        if (!queue.some(({ id }) => id === one.id)) {
          queue.push(one);
          state.found.set(one.id, one);
        }
    };
    const end = await walkOne(walk, state, target, { found, last });
    if (end.how === "failed" && !last) {
      failed.add(target.id);
      queue.push(target);
    } else finish(walk, state, target, end);
    wrong = end.how === "configuration" ? wrong + 1 : end.how === "nothing" ? wrong : 0;
    if (wrong === MOST_WRONG) {
      asking.note({
        target: null,
        kind: "configuration",
        severity: "error",
        says: `${MOST_WRONG} targets in a row were asked wrongly; the run ends`,
      });
      break;
    }
  }
}

/** Asking wrongly costs as much as asking: after so many targets the rest would be wrong, too. */
const MOST_WRONG = 3;
/** Walks that start over because a page was lost between two tries; the one after the last goes on as it is. */
const MOST_RESTARTS = 3;

interface End {
  readonly how: How;
  readonly why: string | null;
  readonly mark?: string;
  readonly for_days?: number | undefined;
  /** Known from an earlier run. */
  readonly known?: true;
  readonly limit?: EndedEntry["limit"];
}

interface State {
  /** `<thing>\n<id>` of everything that the run has. */
  readonly seen: Set<string>;
  readonly pages: Map<string, PageEntry[]>;
  /** Posts that each target has shown. */
  readonly shown: Map<string, Set<string>>;
  readonly ended: Map<string, EndedEntry>;
  readonly found: Map<string, Target>;
}

/** What the journal says of a run, for one that goes on. */
function replayed(run: OpenRun, plan: readonly Target[]): State {
  const state: State = {
    seen: new Set(),
    pages: new Map(),
    shown: new Map(),
    ended: new Map(),
    found: new Map(),
  };
  for (const entry of run.entries) {
    if (entry.kind === "ended") state.ended.set(entry.target, entry);
    if (entry.kind !== "page") continue;
    state.pages.set(entry.target, [...(state.pages.get(entry.target) ?? []), entry]);
    for (const item of entry.items) {
      state.seen.add(seenAs(item));
      shownBy(state, entry.target).add(seenAs(item));
    }
    for (const target of entry.targets)
      if (!plan.some(({ id }) => id === target.id)) state.found.set(target.id, target);
  }
  return state;
}

async function walkOne(
  walk: Walk,
  state: State,
  target: Target,
  { found, last: again }: { found: (targets: readonly Target[]) => void; last: boolean },
): Promise<End> {
  const { asking, run, kept } = walk;
  const { context, source } = asking;
  const stopped = kept.targets[target.id]?.stopped;
  if (stopped && Date.parse(stopped.until) > Date.parse(context.at))
    return { how: "stopped", why: stopped.why, mark: stopped.mark, known: true };
  const last = state.pages.get(target.id)?.at(-1);
  let progress: Json | null;
  if (last && !(last.fragile && walk.taken() > last.taken)) progress = last.progress;
  else {
    // Something was on its way when the process died, and the server has moved on: from the beginning, without what is there already.
    state.pages.delete(target.id);
    state.shown.delete(target.id);
    progress = source.live.begin(target, kept.targets[target.id]?.kept ?? null, context);
  }
  if (progress === null) return { how: "nothing", why: null };
  const pages = state.pages.get(target.id) ?? [];
  state.pages.set(target.id, pages);
  // The process may have died before it could say so.
  const before = guarded(pages);
  if (before) return { how: "loop", why: before };
  let restarts = 0;
  for (;;) {
    const ask: Ask | null = source.live.next(target, progress, context);
    if (ask === null) return { how: "done", why: null };
    if (pages.length >= context.config.most_pages)
      return {
        how: "capped",
        why: `more than the ${context.config.most_pages} pages that one target may take`,
      };
    const result = await askedFor(asking, ask, target.id, {
      // What leaves no hole is not worth waiting for.
      patient: !again && target.essential !== false,
    });
    if (result.is === "spared") return { how: "done", why: null };
    if (result.is === "limit")
      return {
        how: result.key === null ? "limit" : "queued",
        why: `${result.why}; free at ${instant(result.until)}`,
        limit: { id: result.limit, key: result.key },
      };
    if (result.is === "stop-target")
      return { how: "stopped", why: result.why, mark: result.mark, for_days: result.for_days };
    if (result.is !== "answer") return { how: result.is, why: result.why };
    if (result.tries > 1 && pages.at(-1)?.fragile && restarts < MOST_RESTARTS) {
      // The server may have moved on at the try whose answer was lost: from the beginning, without what is there already.
      restarts += 1;
      pages.length = 0;
      state.shown.delete(target.id);
      const again = source.live.begin(target, kept.targets[target.id]?.kept ?? null, context);
      if (again === null) return { how: "nothing", why: null };
      progress = again;
      continue;
    }
    let read: PageRead;
    try {
      read = source.live.read(target, progress, result.answer, context);
    } catch (error) {
      return { how: "failed", why: `the answer cannot be read: ${redactedError(error)}` };
    }
    const page = pageOf(walk, state, target, ask, result.answer, read);
    run.add(page);
    crashPoint("after_journal");
    pages.push(page);
    const guard = guarded(pages);
    progress = read.progress;
    found(page.targets);
    if (guard) return { how: "loop", why: guard };
  }
}

function pageOf(
  walk: Walk,
  state: State,
  target: Target,
  ask: Ask,
  answer: Answer,
  read: PageRead,
): PageEntry {
  const { asking } = walk;
  const shown = shownBy(state, target.id);
  const tally: Record<string, { received: number; repeated: number }> = {};
  const items: Item[] = [];
  let fresh = 0;
  let refused = 0;
  for (const item of read.items) {
    if (isOptedOut(asking, item)) {
      refused += 1;
      continue;
    }
    const name = seenAs(item);
    const repeated = state.seen.has(name);
    if (item.post) {
      const market = marketIn(item.row);
      const counts = tally[market] ?? { received: 0, repeated: 0 };
      tally[market] = { received: counts.received + 1, repeated: counts.repeated + (repeated ? 1 : 0) };
      if (!shown.has(name)) fresh += 1;
    }
    shown.add(name);
    if (!repeated) items.push(item);
    state.seen.add(name);
  }
  if (read.note) asking.note({ target: target.id, kind: "noted", severity: "info", says: read.note });
  const headers = answer.headers;
  return {
    ...{ kind: "page", target: target.id, progress: read.progress, items, tally, fresh },
    ...{ deleted: read.deleted ?? [], gone: read.gone ?? [], targets: read.targets ?? [] },
    fragile: read.fragile ?? false,
    asked: hashOf([ask.address, ask.method, ask.path, ask.query, ask.json, ask.form]),
    ids: hashOf(read.items.map((item) => seenAs(item))),
    path: ask.path,
    empty: [read.items, read.targets, read.deleted, read.gone].every((some) => (some?.length ?? 0) === 0),
    keys: ask.costs.flatMap(({ limit, key }) => (walk.distinct.has(limit) && key !== undefined ? [key] : [])),
    taken: walk.taken(),
    sent: sentSince(asking),
    conditional:
      ask.conditional !== undefined && (headers["etag"] || headers["last-modified"])
        ? {
            key: ask.conditional,
            etag: headers["etag"] ?? null,
            last_modified: headers["last-modified"] ?? null,
          }
        : null,
    incidents: walk.incidents(),
    ...(refused > 0 ? { opted_out: refused } : {}),
  };
}

function finish({ asking, run, incidents }: Walk, state: State, target: Target, end: End): void {
  const { how, why, mark = null, for_days, limit = null } = end;
  if (!end.known) note(asking, target, end);
  const until = for_days ? instant(asking.desk.now().getTime() + for_days * 86_400_000) : null;
  const entry: EndedEntry = {
    ...{ kind: "ended", target: target.id, how, why, mark, until, limit },
    ...{ sent: sentSince(asking), incidents: incidents() },
  };
  run.add(entry);
  crashPoint("after_ended");
  state.ended.set(target.id, entry);
}

function note({ note }: Asking, target: Target, { how, why }: End): void {
  const says = `${target.title}: ${why}`;
  if (how === "stopped") note({ target: target.id, kind: "stop_target", severity: "info", says });
  if (how === "failed") note({ target: target.id, kind: "broken_answer", severity: "warning", says });
  if (how === "loop") note({ target: target.id, kind: "broken_answer", severity: "info", says });
  if (how === "capped") note({ target: target.id, kind: "lost", severity: "warning", says });
}

function isOptedOut({ source, desk, context }: Asking, item: Item): boolean {
  const thing = source.people?.[item.thing];
  if (!thing) return false;
  try {
    return desk.optedOut(
      thing.subject({ ...item.row, collected_at: context.at, provenance: context.config.provenance }),
    );
  } catch {
    // A row that its own source cannot read is judged by the parser, and set aside.
    return false;
  }
}

const counted = new WeakMap<Asking, number>();
function sentSince(asking: Asking): number {
  const since = asking.sent - (counted.get(asking) ?? 0);
  counted.set(asking, asking.sent);
  return since;
}

/** Market of a row as its request says; empty for none. */
export function marketIn(row: Row): string {
  const market = (row["request"] as Row | undefined)?.["market"];
  return typeof market === "string" ? market : "";
}

function shownBy({ shown }: State, target: string): Set<string> {
  const of = shown.get(target) ?? new Set<string>();
  shown.set(target, of);
  return of;
}

const seenAs = ({ thing, id }: Item): string => `${thing}\n${id}`;
const hashOf = (value: unknown): string =>
  createHash("sha256").update(JSON.stringify(value)).digest("hex").slice(0, 16);
const instant = (ms: number): string => (Number.isFinite(ms) ? new Date(ms).toISOString() : "never");
