// The open run of a source: `run/run.json` says which, `run/pages.jsonl` holds every page that was read, each on the disk before the next is
// asked for. What a killed run had is found here by the next one.
import { existsSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { LeapError } from "../core/errors.ts";
import { appendLines, readLines } from "../core/journal.ts";
import { crashPoint } from "./crash-points.ts";
import { readWhole, writeWhole } from "./files.ts";
import type { Deleted, Item, Json, Target } from "./types.ts";
import type { Incident } from "./world.ts";

export const RunFile = z.strictObject({
  id: z.string(),
  slot: z.iso.datetime(),
  /** ISO instant of the run. */
  at: z.iso.datetime(),
  /** Markets it is for; the empty one is what belongs to none. */
  scope: z.array(z.string()),
});
export type RunFile = z.output<typeof RunFile>;

/** Received and repeated posts per market; the key is empty for those of no market. */
export type Tally = Readonly<Record<string, { readonly received: number; readonly repeated: number }>>;

export interface PageEntry {
  readonly kind: "page";
  readonly target: string;
  readonly progress: Json;
  /** Those not seen before in the run. */
  readonly items: readonly Item[];
  readonly tally: Tally;
  readonly deleted: readonly Deleted[];
  readonly gone: readonly { readonly platform: string; readonly author_id: string }[];
  readonly targets: readonly Target[];
  readonly fragile: boolean;
  /** What the guards look at. */
  readonly asked: string;
  readonly ids: string;
  readonly path: string;
  readonly empty: boolean;
  /** Posts of the page that the target had not shown before. */
  readonly fresh: number;
  readonly keys: readonly string[];
  /** Uses of limits that were reserved when this was written. */
  readonly taken: number;
  readonly sent: number;
  readonly conditional: {
    readonly key: string;
    readonly etag: string | null;
    readonly last_modified: string | null;
  } | null;
  readonly incidents: readonly Incident[];
}

export type How =
  /** Walked to its end, or nothing was to be asked. */
  | "done"
  | "nothing"
  /** Ended by a guard: more was there, or the same again. */
  | "capped"
  | "loop"
  | "stopped"
  | "queued"
  | "failed"
  | "limit"
  | "account"
  | "configuration"
  | "breaker"
  | "deadline"
  | "no_credential";

export interface EndedEntry {
  readonly kind: "ended";
  readonly target: string;
  readonly how: How;
  readonly why: string | null;
  readonly mark: string | null;
  /** Of a target that is not asked again so soon. */
  readonly until: string | null;
  /** What it waits for. */
  readonly limit: { readonly id: string; readonly key: string | null } | null;
  readonly sent: number;
  readonly incidents: readonly Incident[];
}

/** What the platform says is gone, as it was found in bronze: per market. */
export interface RemovedEntry {
  readonly kind: "removed";
  readonly posts: Readonly<Record<string, number>>;
}

/** When the run stopped asking. */
export interface ClosingEntry {
  readonly kind: "closing";
  readonly at: string;
  readonly incidents: readonly Incident[];
  readonly sent: number;
}

export type RunEntry = PageEntry | EndedEntry | RemovedEntry | ClosingEntry;

export interface OpenRun {
  readonly file: RunFile;
  readonly folder: string;
  /** In the order in which they were written. */
  readonly entries: readonly RunEntry[];
  add(entry: RunEntry): void;
  remove(): void;
}

export function findOpenRun(home: string): OpenRun | null {
  const folder = join(home, "run");
  const file = readWhole(join(folder, "run.json"), RunFile);
  return file && openRunOf(folder, file);
}

export function startRun(home: string, file: RunFile): OpenRun {
  const folder = join(home, "run");
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  crashPoint("before_open");
  writeWhole(join(folder, "run.json"), `${JSON.stringify(file)}\n`);
  crashPoint("after_open");
  return openRunOf(folder, file);
}

function openRunOf(folder: string, file: RunFile): OpenRun {
  const pages = join(folder, "pages.jsonl");
  const entries: RunEntry[] = [];
  for (const line of readLines(pages)) {
    if (line.state === "changed")
      throw new LeapError(
        `invalid journal: ${pages}:${line.line} does not bear its own hash. Restore it, or remove ${folder} to collect the slot again.`,
      );
    if (line.state === "whole") entries.push(line.entry as unknown as RunEntry);
  }
  return {
    ...{ file, folder, entries },
    add(entry) {
      appendLines(pages, [entry as unknown as Record<string, unknown>]);
      entries.push(entry);
    },
    // The file that makes it a run goes first: a folder without it is no run.
    remove() {
      rmSync(join(folder, "run.json"), { force: true });
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** `<YYYYMMDD>T<HHMM>Z-<source>`: the same run has the same id wherever it is collected. Seconds are told where the minute is taken. */
export function runId(at: string, source: string, bronze: string): string {
  const words = at.slice(0, 19).replaceAll(/[-:]/g, "");
  const taken = (id: string) =>
    existsSync(join(bronze, source, id)) || existsSync(join(bronze, "collector", collectorReceipt(id)));
  const plain = `${words.slice(0, 13)}Z-${source}`;
  if (!taken(plain)) return plain;
  const exact = `${words}Z-${source}`;
  for (let again = 1; ; again += 1) {
    const id = again === 1 ? exact : `${exact}-${again}`;
    if (!taken(id)) return id;
  }
}

/** Receipts of one warehouse bear different names, whatever source they are of. */
export const collectorReceipt = (run: string): string => `${run}-collector`;
