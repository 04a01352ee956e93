// Every paid call, one line an item of it: who was asked what kind of question, how many tokens, what it cost, what became of the answer. No text of a
// caption or an answer stands in it. Each line names the hash of the line before, so that none can be changed or taken out unseen.
import { LeapError } from "../core/errors.ts";
import { appendLines, entryHash, readLines } from "../core/journal.ts";
import type { HalfAnswer, KeptAnswer, PaidCall, Verdict } from "./answers.ts";

export interface LedgerEntry extends PaidCall {
  /** The edition it was asked for. */
  readonly run: string;
  readonly task: string;
  readonly item: string;
  readonly model: string;
  readonly prompt_version: string;
  readonly input_sha256: string;
  /** `to_repair` when the item was asked once more after this call; `lost` when another model was asked instead. */
  readonly verdict: Verdict | "to_repair" | "lost";
}

export interface Ledger {
  add(entries: readonly LedgerEntry[]): void;
  entries(): readonly LedgerEntry[];
  /** Whether the item's share of the call stands in it. */
  knows(call: string, item: string): boolean;
  /** Micro-dollars of the UTC day, `2026-11-20`. */
  spentOn(day: string): number;
}

/**
 * Opens the ledger of a publication. Throws a LeapError that names file and line when an entry was changed, or is not the one that stood before its
 * follower. Calls whose answers were kept and whose entry a killed process did not write any more are entered now.
 */
export function openLedger(file: string, kept: readonly (KeptAnswer | HalfAnswer)[] = []): Ledger {
  const entries: LedgerEntry[] = [];
  let before = "";
  for (const kept of readLines(file)) {
    // What a killed process left of a line was never said to be kept; a line that somebody broke is missed by its follower.
    if (kept.state === "torn") continue;
    if (kept.state === "changed" || kept.entry["before"] !== before)
      throw new LeapError(
        `invalid ledger: ${file}:${kept.line} was changed, or a line before it is gone. Restore the file from a backup.`,
      );
    before = kept.entry["sha256"] as string;
    entries.push(kept.entry as unknown as LedgerEntry);
  }
  const known = new Set(entries.map(nameOf));
  // A call that is read a second time, as the results of a batch may be, is entered once.
  const add = (all: readonly LedgerEntry[]) => {
    const added = all.filter((entry) => !known.has(nameOf(entry)));
    for (const entry of added) known.add(nameOf(entry));
    const linked = added.map((entry) => {
      const full = { ...entry, before };
      before = entryHash(full);
      return full;
    });
    appendLines(file, linked);
    entries.push(...added);
  };
  add(kept.flatMap(entriesOf));
  return {
    add,
    entries: () => entries,
    knows: (call, item) => known.has(nameOf({ call, item })),
    spentOn: (day) =>
      entries.reduce((sum, entry) => (entry.at.startsWith(day) ? sum + entry.cost_micros : sum), 0),
  };
}

const nameOf = ({ call, item }: Pick<LedgerEntry, "call" | "item">): string => `${call} ${item}`;

/** The entries of an answer, one a call. */
const entriesOf = (answer: KeptAnswer | HalfAnswer): LedgerEntry[] =>
  answer.calls.map((call, index) => ({
    ...call,
    run: answer.run,
    task: answer.task,
    item: answer.item,
    model: answer.model,
    prompt_version: answer.prompt_version,
    input_sha256: answer.input_sha256,
    verdict: index < answer.calls.length - 1 ? ("to_repair" as const) : answer.verdict,
  }));
