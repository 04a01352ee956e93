// Closes a run: journal → bronze with its receipt → what the platform took back → the desk's own rows → what the next run must know. Each
// step may be made again: a process that dies between two of them is followed by one that goes on here.
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { ingest } from "../core/ingest.ts";
import { withReceipt } from "../core/ingest-receipt.ts";
import { rewriteBronze } from "../core/rewrite-bronze.ts";
import type { LineModule, Receipt, Row, ThingCount } from "../core/types.ts";
import { crashPoint } from "./crash-points.ts";
import { type Ending, endingsOf, FINE, keptAfter } from "./ending.ts";
import { collectingFolder, type Etags, type Kept, writeEtags, writeKept } from "./kept.ts";
import type { Limits } from "./limits.ts";
import { collectorReceipt, type How, type OpenRun } from "./open-run.ts";
import {
  type IncidentSaid,
  incidentRows,
  type LimitState,
  limitRows,
  missedRows,
  type Run,
  runRows,
} from "./run-rows.ts";
import type { Context, Target } from "./types.ts";
import { marketIn } from "./walk.ts";
import type { AnyLive, Desk, Incident } from "./world.ts";

export interface Closing {
  readonly desk: Desk;
  readonly source: AnyLive;
  readonly context: Context;
  readonly run: OpenRun;
  readonly kept: Kept;
  readonly etags: Etags;
  readonly plan: readonly Target[];
  readonly limits: Limits;
  /** How those targets ended that nobody came to. */
  readonly otherwise: How;
  /** Per market; the empty one is none. */
  readonly missed: Readonly<Record<string, readonly string[]>>;
  readonly incidents: readonly Incident[];
}

export interface Closed {
  readonly run: string;
  readonly receipts: readonly Receipt[];
  readonly runs: readonly Run[];
  readonly limits: readonly LimitState[];
  readonly incidents: readonly IncidentSaid[];
  readonly endings: readonly Ending[];
}

export async function closeRun(closing: Closing): Promise<Closed> {
  const { desk, source, context, run, kept } = closing;
  crashPoint("before_close");
  let end = run.entries.find((entry) => entry.kind === "closing");
  if (!end) {
    end = { kind: "closing", at: desk.now().toISOString(), incidents: closing.incidents, sent: 0 };
    run.add(end);
  }
  const endings = endingsOf(source, context, run, kept, closing.plan, closing.otherwise);
  const quarantined: Record<string, number> = {};
  const receipt = await sourceReceipt(closing, quarantined);
  const removed = await removeDeleted(closing);
  const distinct = closing.limits.all.some((limit) => limit.distinct);
  const told = { source, context, run, endings, endedAt: end.at, quarantined, removed, distinct };
  const missed = missedRows(source, context, closing.missed);
  const rows = {
    runs: [...missed, ...runRows(told)],
    limits: limitRows(told, closing.limits),
    incidents: incidentRows(told, missed),
  };
  crashPoint("before_collector");
  const own = await collectorRows(closing, rows);
  crashPoint("after_collector");
  // What somebody has to mend is asked again in the same slot, once it is mended.
  const stuck = endings.some(
    ({ how, target }) => target.essential !== false && MENDED_BY_PEOPLE.includes(how),
  );
  const collected =
    !stuck &&
    (endings.some(({ pages }) => pages.length > 0) || endings.every(({ how }) => FINE.includes(how)));
  crashPoint("before_kept");
  const home = collectingFolder(desk.root, source.id);
  writeEtags(home, etagsAfter(closing));
  writeKept(home, keptAfter(kept, run, endings, collected));
  crashPoint("after_kept");
  run.remove();
  crashPoint("after_closed");
  return { run: run.file.id, receipts: receipt ? [receipt, own] : [own], ...rows, endings };
}

const MENDED_BY_PEOPLE: readonly How[] = ["account", "no_credential"];

/** Bronze lines of everything that the journal holds, in its order. Null when it holds nothing. */
async function sourceReceipt(closing: Closing, quarantined: Record<string, number>): Promise<Receipt | null> {
  const { desk, source, context, run } = closing;
  const parser = desk.parserOf(source);
  const module = (await import(
    parser.startsWith("file:") ? parser : pathToFileURL(parser).href
  )) as LineModule;
  const pages = run.entries.filter((entry) => entry.kind === "page");
  const files: [thing: string, file: string][] = [];
  for (const thing of Object.keys(source.things)) {
    const judge = module.prepare({ thing });
    const rows = pages.flatMap(({ items }) =>
      items
        .filter((item) => item.thing === thing)
        .map(({ row }): Row => {
          const { request, item, ...rest } = row;
          return { request, collected_at: context.at, provenance: context.config.provenance, item, ...rest };
        }),
    );
    for (const row of rows)
      if (!judge(row, thing).ok) quarantined[marketIn(row)] = (quarantined[marketIn(row)] ?? 0) + 1;
    if (rows.length === 0) continue;
    const file = join(run.folder, `${thing}.ndjson`);
    writeFileSync(file, rows.map((row) => `${JSON.stringify(row)}\n`).join(""));
    files.push([thing, file]);
  }
  crashPoint("after_lines");
  if (files.length === 0) return null;
  const bronze = join(desk.root, "bronze", source.id);
  crashPoint("before_receipt");
  const receipt = await withReceipt(bronze, run.file.id, async (folder) => {
    const things: Record<string, ThingCount> = {};
    const inputs: Receipt["files"][number][] = [];
    for (const [thing, file] of files) {
      const { received, kept, quarantined, parts, files } = await ingest(
        { source: source.id, receipt: run.file.id, thing, files: [file], parser, options: { thing }, folder },
        { log: desk.log },
      );
      things[thing] = { received, kept, quarantined, parts };
      inputs.push(...files);
    }
    return {
      ...{
        id: run.file.id,
        source: source.id,
        collected_at: context.at,
        provenance: context.config.provenance,
      },
      licence_note: `Collected from ${source.live.platform} under its terms. Texts stay private and expire; what is gone there goes here.`,
      parameters: {
        slot: run.file.slot,
        markets: run.file.scope.filter((market) => market !== ""),
        targets: closing.plan.length,
      },
      ...{ files: inputs, things },
    };
  });
  crashPoint("after_receipt");
  return receipt;
}

/** Rows of posts and accounts that the platform says are gone leave every receipt of the source. Posts per market. */
async function removeDeleted({ desk, source, run }: Closing): Promise<Readonly<Record<string, number>>> {
  const known = run.entries.find((entry) => entry.kind === "removed");
  const pages = run.entries.filter((entry) => entry.kind === "page");
  const posts = new Set(
    pages.flatMap(({ deleted }) => deleted.map((one) => `${one.platform}\n${one.post_id}`)),
  );
  const people = new Set(pages.flatMap(({ gone }) => gone.map((one) => `${one.platform}\n${one.author_id}`)));
  if (posts.size + people.size === 0) return {};
  const bronze = join(desk.root, "bronze", source.id);
  const isGone = (thing: string, row: Row): boolean => {
    const subject = source.people?.[thing]?.subject(row);
    return (
      subject !== undefined &&
      ((subject.post_id !== null && posts.has(`${subject.platform}\n${subject.post_id}`)) ||
        (subject.author_id !== null && people.has(`${subject.platform}\n${subject.author_id}`)))
    );
  };
  let found = known?.posts;
  if (!found) {
    // Counted and kept in the journal first: once the rows are gone, nobody could count them.
    const ids = new Map<string, Set<string>>();
    await rewriteBronze(
      bronze,
      source,
      (thing, row) => {
        const market = marketIn(row);
        const post = isGone(thing, row) ? source.people?.[thing]?.subject(row).post_id : null;
        if (post) ids.set(market, (ids.get(market) ?? new Set()).add(post));
        return "keep";
      },
      "deleted",
    );
    found = Object.fromEntries([...ids].map(([market, of]) => [market, of.size]));
    run.add({ kind: "removed", posts: found });
  }
  const words = [...posts, ...people].map((name) => name.split("\n")[1] as string);
  await rewriteBronze(bronze, source, (thing, row) => (isGone(thing, row) ? "remove" : "keep"), "deleted", {
    words,
  });
  crashPoint("after_removed");
  return found;
}

/** The desk's own receipt. */
function collectorRows(
  { desk, source, context, run }: Closing,
  rows: Readonly<Record<string, readonly object[]>>,
): Promise<Receipt> {
  const id = collectorReceipt(run.file.id);
  const parser = new URL("./collector-parser.ts", import.meta.url).href;
  return withReceipt(join(desk.root, "bronze", "collector"), id, async (folder) => {
    const things: Record<string, ThingCount> = {};
    const inputs: Receipt["files"][number][] = [];
    for (const [thing, all] of Object.entries(rows)) {
      if (all.length === 0) continue;
      const file = join(run.folder, `collector-${thing}.ndjson`);
      writeFileSync(file, all.map((row) => `${JSON.stringify(row)}\n`).join(""));
      const { received, kept, quarantined, parts, files } = await ingest(
        { source: "collector", receipt: id, thing, files: [file], parser, options: { thing }, folder },
        { log: desk.log },
      );
      if (quarantined > 0)
        throw new Error(`the desk wrote ${quarantined} rows of ${thing} that are none; see ${folder}`);
      things[thing] = { received, kept, quarantined, parts };
      inputs.push(...files);
    }
    return {
      ...{ id, source: "collector", collected_at: context.at, provenance: context.config.provenance },
      licence_note: "Our own record of collecting: counts, times and reasons.",
      parameters: { run: run.file.id, source: source.id, slot: run.file.slot },
      ...{ files: inputs, things },
    };
  });
}

function etagsAfter({ run, etags }: Closing): Etags {
  const after = { ...etags };
  for (const entry of run.entries)
    if (entry.kind === "page" && entry.conditional) {
      const { key, etag, last_modified } = entry.conditional;
      after[key] = { etag, last_modified };
    }
  return after;
}

export const isClosed = (desk: Desk, run: string): boolean =>
  existsSync(join(desk.root, "bronze", "collector", collectorReceipt(run), "receipt.json"));
