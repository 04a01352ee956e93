// What a run would ask first, and what that would take of each limit: `leap collect --dry-run`. Sends nothing, writes nothing.
import { redacted } from "../core/secrets.ts";
import { addressesOf } from "./addresses.ts";
import { ledgerOf, planOf, scopeOf, standing } from "./desk.ts";
import { collectingFolder, readKept } from "./kept.ts";
import { type Limits, openLimits } from "./limits.ts";
import { findOpenRun } from "./open-run.ts";
import { slotOf } from "./slots.ts";
import type { Ask, Context, LiveConfig, Target } from "./types.ts";
import type { AnyLive, Desk } from "./world.ts";

export interface Rehearsal {
  readonly source: string;
  readonly slot: string;
  /** Of each target the first; how many follow is for the answers to say. */
  readonly calls: readonly Call[];
  /** Calls that one target may take. */
  readonly most_pages: number;
  readonly limits: readonly {
    readonly title: string;
    readonly takes: number;
    readonly left: number;
    readonly capacity: number;
  }[];
  readonly notices: readonly string[];
}

export interface Call {
  readonly target: string;
  readonly title: string;
  /** `GET https://… `, without secrets; null where nothing is to be asked. */
  readonly call: string | null;
  readonly costs: readonly string[];
  /** What stands in the way. */
  readonly waits: string | null;
}

export function rehearse(source: AnyLive, config: LiveConfig, desk: Desk): Rehearsal {
  const home = collectingFolder(desk.root, source.id);
  const now = desk.now().getTime();
  const slot = slotOf(now, config.every_hours);
  const kept = readKept(home);
  const scope = scopeOf(desk);
  const { context, credentials } = standing(source, config, desk, { at: new Date(now).toISOString() });
  const addresses = addressesOf(source, config, desk.variables);
  const limits = openLimits(
    source.live.limits(context),
    ledgerOf(home, desk.now(), false),
    desk.wall ?? null,
  );
  const left = new Map(limits.all.map((limit) => [limit.id, limits.state(limit, now).left]));
  const due = scope.some((market) => !(Date.parse(kept.slots[market] ?? "") >= Date.parse(slot)));
  const open = findOpenRun(home) !== null;
  const asks = (due || open) && credentials.missing.length === 0;
  const signsIn = asks ? signIns(source, desk, context) : [];
  for (const { costs } of signsIn) limits.reserve(costs, now, "rehearsal");
  const calls = (asks ? planOf(source, context, scope) : []).map((target): Call => {
    const stopped = kept.targets[target.id]?.stopped;
    if (stopped && Date.parse(stopped.until) > now)
      return {
        ...named(target),
        call: null,
        costs: [],
        waits: `${stopped.why}; not before ${stopped.until}`,
      };
    return callOf(source, target, kept.targets[target.id]?.kept ?? null, context, addresses, limits, now);
  });
  return {
    ...{ source: source.id, slot, calls, most_pages: config.most_pages },
    limits: limits.all.map(({ id, title, capacity }) => {
      const before = left.get(id) ?? 0;
      const after = limits.state(limits.all.find((one) => one.id === id) as never, now).left;
      return { title, takes: before - after, left: before, capacity };
    }),
    notices: [
      ...(due ? [] : [`the slot of ${slot} has been collected; nothing would be asked`]),
      ...(open ? ["a run was interrupted; it would go on where it was"] : []),
      ...credentials.missing.map((variable) => `missing ${variable}: nothing would be asked`),
      ...(source.live.notices?.(context) ?? []).map(({ says }) => says),
      ...signsIn.map(({ name }) => `signs in for the ${name} first`),
    ].map(redacted),
  };
}

/** Sessions that have to be opened first: a login each. What is kept is taken for good. */
const signIns = (source: AnyLive, { tokens }: Desk, context: Context) =>
  Object.entries(source.live.sessions ?? {})
    .filter(([name]) => !tokens.sealed || !tokens.names().includes(`${source.id}.session-${name}`))
    .map(([name, session]) => ({ name, costs: session.login(context).costs }));

function callOf(
  source: AnyLive,
  target: Target,
  kept: Parameters<AnyLive["live"]["begin"]>[1],
  context: Context,
  addresses: ReadonlyMap<string, URL>,
  limits: Limits,
  now: number,
): Call {
  const progress = source.live.begin(target, kept, context);
  const ask = progress === null ? null : source.live.next(target, progress, context);
  if (ask === null) return { ...named(target), call: null, costs: [], waits: null };
  const place = limits.when(ask.costs, now);
  const paced = place.at - now <= 60_000;
  // Taken in memory alone, so that the next target finds what this one leaves.
  if (paced) limits.reserve(ask.costs, now, "rehearsal");
  return {
    ...named(target),
    call: redacted(`${ask.method ?? "GET"} ${addressOf(ask, addresses)}`),
    costs: ask.costs.map(
      ({ limit, units, key }) => `${units} of ${limit}${key === undefined ? "" : ` (${key})`}`,
    ),
    waits: paced
      ? null
      : `${place.why}; free at ${Number.isFinite(place.at) ? new Date(place.at).toISOString() : "no time"}`,
  };
}

const named = ({ id, title }: Target) => ({ target: id, title });

function addressOf(ask: Ask, addresses: ReadonlyMap<string, URL>): string {
  const base = addresses.get(ask.address ?? "main")?.href.replace(/\/$/, "") ?? "";
  const query = new URLSearchParams(
    Object.entries(ask.query ?? {}).flatMap(([name, value]) =>
      (typeof value === "string" ? [value] : value).map((one) => [name, one]),
    ),
  ).toString();
  return `${base}/${ask.path.replace(/^\//, "")}${query === "" ? "" : `?${query}`}`;
}

/** For people. */
export function rehearsalText({ source, slot, calls, most_pages, limits, notices }: Rehearsal): string {
  const asked = calls.filter(({ call, waits }) => call !== null && waits === null);
  return [
    `${source}, slot of ${slot}: ${asked.length} of ${calls.length} targets would be asked`,
    ...notices.map((says) => `  ! ${says}`),
    ...calls.map(({ title, call, costs, waits }) =>
      waits
        ? `  ${title}: waits: ${waits}`
        : `  ${title}: ${call ?? "nothing to ask"}${costs.length > 0 ? `  [${costs.join(", ")}]` : ""}`,
    ),
    ...(asked.length === 0
      ? []
      : [
          `  The first call of each target. What follows is for the answers to say: each page costs as much again, ${most_pages} pages a target at most. Before every call its limits are asked.`,
        ]),
    ...limits.map(
      ({ title, takes, left, capacity }) =>
        `  ${title}: ${takes} of the ${left} that are left (${capacity} in all)`,
    ),
  ].join("\n");
}
