// Every paid call, one line an item of it: who was asked what kind of question, how many tokens, what it cost, what became of the answer. No text of a
// caption or an answer stands in it. Each line names the hash of the line before, so that none can be changed or taken out unseen.
import { LeapError } from "../core/errors.ts";
import { appendLines, entryHash, readLines } from "../core/journal.ts";
import type { KeptAnswer, PaidCall, Verdict } from "./answers.ts";

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
  /** Micro-dollars of the UTC day, `2026-11-20`. */
  spentOn(day: string): number;
}

/**
 * Opens the ledger of a publication. Throws a LeapError that names file and line when an entry was changed, or is not the one that stood before its
 * follower. Calls whose answers were kept and whose entry a killed process did not write any more are entered now.
 */
export function openLedger(file: string, kept: readonly KeptAnswer[] = []): Ledger {
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
  const add = (added: readonly LedgerEntry[]) => {
    const linked = added.map((entry) => {
      const full = { ...entry, before };
      before = entryHash(full);
      return full;
    });
    appendLines(file, linked);
    entries.push(...added);
  };
  const known = new Set(entries.map((entry) => `${entry.call} ${entry.item}`));
  add(kept.flatMap(entriesOf).filter((entry) => !known.has(`${entry.call} ${entry.item}`)));
  return {
    add,
    entries: () => entries,
    spentOn: (day) =>
      entries.reduce((sum, entry) => (entry.at.startsWith(day) ? sum + entry.cost_micros : sum), 0),
  };
}

/** The entries of an answer, one a call. */
const entriesOf = (answer: KeptAnswer): LedgerEntry[] =>
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
