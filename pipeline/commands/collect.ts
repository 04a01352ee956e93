// `leap collect`: the only verb that touches the network. Files are read by their own sources; live sources are asked by the desk, side by side,
// and none of them can make another one fail.
import path from "node:path";
import { type AnyLive, type Collected, collectLive, type Desk, isLive } from "../collecting/desk.ts";
import { takeLock } from "../collecting/lock.ts";
import { type Rehearsal, rehearsalText, rehearse } from "../collecting/rehearsal.ts";
import { openTokens } from "../collecting/tokens.ts";
import type { LiveConfig } from "../collecting/types.ts";
import { LeapError } from "../core/errors.ts";
import { redacted, redactedError } from "../core/secrets.ts";
import type { Receipt, Source } from "../core/types.ts";
import { withholdOptedOut } from "../people/erase.ts";
import { openOptOuts } from "../people/opt-outs.ts";
import { renewTokens } from "./auth.ts";
import {
  type CommonOptions,
  clockInstant,
  type Done,
  type Environment,
  folders,
  sourcesInUse,
} from "./environment.ts";
import { marketLanguages } from "./market-languages.ts";
import { readPublication } from "./publication.ts";
import { receiptRows } from "./recorded.ts";
import { overdueLine } from "./retain.ts";

export interface CollectOptions extends CommonOptions {
  /** Only these. */
  readonly sources?: readonly string[];
  readonly dryRun?: boolean;
}

interface InUse {
  readonly source: Source;
  readonly config: unknown;
}

/** New receipts of every source, up to the clock. What a live source could not collect is a warning, and no reason to stop. */
export async function collect(environment: Environment): Promise<Receipt[]> {
  const { receipts, live } = await collectAll(environment, await sourcesInUse(environment));
  for (const { says, gaps } of live) {
    for (const words of says) environment.effects.log.info(words);
    for (const words of gaps) environment.effects.log.warn(words);
  }
  return receipts;
}

export async function collectCommand(environment: Environment): Promise<Done> {
  const options = environment.options as CollectOptions;
  const used = chosen(await sourcesInUse(environment), options.sources);
  if (options.dryRun) return dryRun(environment, used);
  const { receipts, live } = await collectAll(environment, used);
  const own = receipts.filter(({ source }) => source !== "collector");
  const { received, kept, quarantined } = totals(own);
  const text = `collected ${own.length} receipts: ${received} rows received = ${kept} kept + ${quarantined} quarantined. In ${environment.state.bronze}`;
  if (!used.some(({ source }) => isLive(source)))
    return { text, gaps: 0, result: receipts, rows: receiptRows(own) };
  const gaps = live.flatMap((one) => one.gaps);
  return {
    text: [
      ...live.flatMap(({ source, says }) =>
        says.map((words) => (words.startsWith(`${source}:`) ? words : `${source}: ${words}`)),
      ),
      ...gaps.map((words) => `not collected: ${words}`),
      text,
    ].join("\n"),
    gaps: gaps.length,
    rows: receiptRows(own),
    result: {
      receipts,
      sources: live.map(({ runs, receipts: _kept, ...rest }) => ({
        ...rest,
        runs: runs.map(({ run, runs: rows, limits, incidents }) => ({ run, rows, limits, incidents })),
      })),
    },
  };
}

function chosen(used: readonly InUse[], names: readonly string[] | undefined): readonly InUse[] {
  if (!names) return used;
  const known = used.map(({ source }) => source.id).filter((id) => id !== "collector");
  const stranger = names.find((name) => !known.includes(name));
  if (stranger !== undefined)
    throw new LeapError(`unknown source: ${stranger}. The publication collects from ${known.join(", ")}.`);
  return used.filter(({ source }) => names.includes(source.id));
}

async function collectAll(
  environment: Environment,
  used: readonly InUse[],
): Promise<{ readonly receipts: Receipt[]; readonly live: readonly Collected[] }> {
  const { publication, state, effects, options } = environment;
  const until = clockInstant(publication, options.asOf) ?? effects.now().toISOString();
  const asked = used.flatMap(({ source, config }) =>
    isLive(source) ? [{ source: source as AnyLive, config: config as LiveConfig }] : [],
  );
  const twice = asked.find(({ source }, place) =>
    asked.some((one, other) => other < place && one.source.id === source.id),
  );
  if (twice)
    throw new LeapError(
      `invalid sources: ${twice.source.id} stands twice in publication.yaml. Its limits and its memory are one; make one entry of both.`,
    );
  // What the network gives now it may not give later; a file waits.
  const live = asked.length === 0 ? [] : await askedSideBySide(environment, asked);
  const receipts = live.flatMap((one) => one.receipts);
  for (const { source, config } of used)
    if (!isLive(source))
      receipts.push(
        ...(await source.collect(
          { config, publication, bronze: path.join(state.bronze, source.id), until },
          effects,
        )),
      );
  await keptOut(environment, used, receipts);
  const late = await overdueLine(environment);
  if (late) effects.log.warn(late);
  return { receipts, live };
}

/** A file may bring somebody again who opted out; the desk lets nobody in. */
async function keptOut(
  { state }: Environment,
  used: readonly InUse[],
  receipts: readonly Receipt[],
): Promise<void> {
  const optOuts = openOptOuts(state);
  for (const { source } of used)
    if (!isLive(source)) {
      const ids = receipts.filter((receipt) => receipt.source === source.id).map(({ id }) => id);
      await withholdOptedOut(state, source, optOuts, new Set(ids));
    }
}

async function askedSideBySide(
  environment: Environment,
  asked: readonly { readonly source: AnyLive; readonly config: LiveConfig }[],
): Promise<readonly Collected[]> {
  const release = takeLock(environment.state.root);
  try {
    const desk = deskOf(environment);
    const told = await renewed(environment, asked, desk);
    const live = await Promise.all(asked.map(({ source, config }) => alone(source, config, desk)));
    return live.map((one) => {
      const own = told.filter(({ source }) => source === one.source);
      const words = (good: boolean) => own.filter((word) => word.renewed === good).map(({ says }) => says);
      return { ...one, says: [...words(true), ...one.says], gaps: [...words(false), ...one.gaps] };
    });
  } finally {
    release();
  }
}

/** Tokens that are kept here are renewed before they are used; one from the environment is renewed where it comes from. */
async function renewed(
  environment: Environment,
  asked: readonly { readonly source: AnyLive }[],
  { variables, now }: Desk,
) {
  const told: { source: string; renewed: boolean; says: string }[] = [];
  for (const { source } of asked) {
    const needs = source.live.credentials.filter(({ secret }) => secret);
    if (needs.some(({ variable }) => variables[variable]?.trim())) continue;
    try {
      told.push(...(await renewTokens(environment, { variables }, { now: now(), only: [source.id] })));
    } catch (error) {
      const says = error instanceof LeapError ? redacted(error.message) : redactedError(error);
      told.push({ source: source.id, renewed: false, says: `${source.id}: token not renewed: ${says}` });
    }
  }
  return told.map((one) => ({ ...one, says: redacted(one.says) }));
}

/** One source, whatever befalls it. */
async function alone(source: AnyLive, config: LiveConfig, desk: Desk): Promise<Collected> {
  try {
    return await collectLive(source, config, desk);
  } catch (error) {
    if (!(error instanceof LeapError))
      desk.log.warn(redacted(error instanceof Error ? (error.stack ?? error.message) : String(error)));
    const says =
      error instanceof LeapError ? redacted(error.message) : `unexpected error: ${redactedError(error)}`;
    return {
      source: source.id,
      title: source.title,
      runs: [],
      receipts: [],
      says: [],
      gaps: [`${source.id}: ${says}`],
    };
  }
}

async function dryRun(environment: Environment, used: readonly InUse[]): Promise<Done> {
  const desk = deskOf(environment);
  const refused: string[] = [];
  const rehearsals = used.flatMap(({ source, config }): Rehearsal[] => {
    if (!isLive(source)) return [];
    try {
      return [rehearse(source, config as LiveConfig, desk)];
    } catch (error) {
      if (!(error instanceof LeapError)) throw error;
      refused.push(`${source.id}: ${redacted(error.message)}`);
      return [];
    }
  });
  const words = [...rehearsals.map(rehearsalText), ...refused];
  return {
    text: words.length === 0 ? "no live source: nothing would be asked" : words.join("\n"),
    gaps: refused.length,
    result: { rehearsals, refused },
  };
}

/** The desk with the world of this process. `--as-of` sets its clock, which goes on from there. */
function deskOf({ publication, publications, state, effects, options }: Environment): Desk {
  const all = readPublication(publication.id, publications);
  const begun = performance.now();
  const start = clockInstant(publication, options.asOf);
  const first = start === null ? effects.now().getTime() : Date.parse(start);
  if (Number.isNaN(first))
    throw new LeapError(`invalid --as-of: ${start}. Give a day or an instant, such as 2026-11-20T06:00:00Z.`);
  return {
    root: state.root,
    publication: { ...publication, markets: all.markets },
    markets: marketLanguages(all, folders.reference),
    scope: options.markets,
    variables: process.env,
    tokens: openTokens(state.root, process.env),
    now: () => new Date(first + performance.now() - begun),
    wall: Date.now,
    wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    chance: Math.random,
    log: effects.log,
    optedOut: openOptOuts(state).optedOut,
    parserOf: ({ id }) => path.join(folders.sourceFolders, id, "parser.ts"),
    fetch: effects.fetch,
    // Node takes headers beside the protocols, which a browser does not.
    socket: (url, { headers, protocols }) =>
      new WebSocket(url, { headers, protocols: [...protocols] } as unknown as string[]),
  };
}

function totals(receipts: readonly Receipt[]) {
  const counts = receipts.flatMap((receipt) => Object.values(receipt.things));
  const sum = (field: "received" | "kept" | "quarantined") =>
    counts.reduce((total, count) => total + count[field], 0);
  return { received: sum("received"), kept: sum("kept"), quarantined: sum("quarantined") };
}
