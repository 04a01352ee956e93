// What was taken of which limit, on the disk before anything is sent. A process that dies may have asked without an answer, never without
// an entry.
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { z } from "zod";
import { appendLines, entryHash, readLines } from "../core/journal.ts";
import { writeWhole } from "./files.ts";

const Use = z.looseObject({
  kind: z.literal("use"),
  limit: z.string(),
  account: z.string(),
  at: z.iso.datetime(),
  units: z.number(),
  key: z.string().nullable(),
  run: z.string(),
  /** The same moment on the clock of the machine, which servers go by: replayed weeks pass in minutes of theirs. */
  wall: z.iso.datetime().optional(),
});

/** What the server said of a limit. */
const Said = z.looseObject({
  kind: z.literal("said"),
  limit: z.string(),
  account: z.string(),
  at: z.iso.datetime(),
  used_pct: z.number().nullable(),
  remaining: z.number().nullable(),
  resets_at: z.iso.datetime().nullable(),
});

/** Nothing more of a limit before an instant; the limit `*` is the whole source. */
const Pause = z.looseObject({
  kind: z.literal("pause"),
  limit: z.string(),
  account: z.string(),
  at: z.iso.datetime(),
  until: z.iso.datetime(),
  why: z.string(),
  /** The distinct thing that was refused: it waits, although it holds a place here. */
  key: z.string().nullable(),
});

const Entry = z.discriminatedUnion("kind", [Use, Said, Pause]);
export type Use = z.output<typeof Use>;
export type Said = z.output<typeof Said>;
export type Pause = z.output<typeof Pause>;
export type LedgerEntry = Use | Said | Pause;

export interface Taken {
  /** Milliseconds. */
  readonly at: number;
  readonly units: number;
  readonly key: string | null;
  /** Milliseconds of the machine's own clock; null where it was not noted. */
  readonly wall: number | null;
}

export interface Ledger {
  /** Uses of a limit, in the order of the file. */
  uses(limit: string, account: string): readonly Taken[];
  /** The last word of the server. */
  said(limit: string, account: string): Said | null;
  pauses(limit: string, account: string): readonly Pause[];
  /** Uses that a run reserved. */
  taken(run: string): number;
  /** Returns when the entries are on the disk. */
  add(entries: readonly LedgerEntry[]): void;
}

/** Nothing counts longer than a week; a month leaves room for clocks that were set back. */
const KEPT_DAYS = 40;

/** Whose a limit is, without saying whose. */
export const accountHash = (account: string): string =>
  createHash("sha256").update(account).digest("hex").slice(0, 8);

/** `write: false` keeps entries in memory alone, for a dry run. */
export function openLedger(file: string, now: Date, { write = true } = {}): Ledger {
  const known = new Map<string, { uses: Taken[]; said: Said | null; pauses: Pause[] }>();
  const of = (limit: string, account: string) => {
    const name = `${limit}\n${account}`;
    let found = known.get(name);
    if (!found) {
      found = { uses: [], said: null, pauses: [] };
      known.set(name, found);
    }
    return found;
  };
  const runs = new Map<string, number>();
  const take = (entry: LedgerEntry): void => {
    const at = of(entry.limit, entry.account);
    if (entry.kind === "use") runs.set(entry.run, (runs.get(entry.run) ?? 0) + 1);
    if (entry.kind === "use")
      at.uses.push({
        ...{ at: Date.parse(entry.at), units: entry.units, key: entry.key },
        wall: entry.wall === undefined ? null : Date.parse(entry.wall),
      });
    else if (entry.kind === "said") at.said = entry;
    else at.pauses.push(entry);
  };
  const read = entriesOf(file);
  const oldest = now.getTime() - KEPT_DAYS * 86_400_000;
  const kept = read.entries.filter((entry) => Date.parse(entry.at) > oldest);
  for (const entry of kept) take(entry);
  if (write && existsSync(file) && kept.length < read.lines)
    writeWhole(
      file,
      kept.map((entry) => `${JSON.stringify({ ...entry, sha256: entryHash(entry) })}\n`).join(""),
      0o600,
    );
  return {
    uses: (limit, account) => of(limit, account).uses,
    said: (limit, account) => of(limit, account).said,
    pauses: (limit, account) => of(limit, account).pauses,
    taken: (run) => runs.get(run) ?? 0,
    add(entries) {
      if (write) appendLines(file, entries);
      for (const entry of entries) take(entry);
    },
  };
}

// A torn line was never said to be kept, and nothing was sent on its behalf.
function entriesOf(file: string): { entries: LedgerEntry[]; lines: number } {
  const lines = readLines(file);
  const entries = lines.flatMap((line) => {
    if (line.state !== "whole") return [];
    const { sha256: _own, ...rest } = line.entry;
    const parsed = Entry.safeParse(rest);
    return parsed.success ? [parsed.data as LedgerEntry] : [];
  });
  return { entries, lines: lines.length };
}
