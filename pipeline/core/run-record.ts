// The journal of commands, `<state>/runs.jsonl`: append-only, a line when a command begins, one a step, one when it ends. It speaks about the machine
// and stands outside published/, whose bytes follow from the data alone. A command that was killed has no last line, and that is how one knows.
import { join } from "node:path";
import type { RunLine } from "../../data/contract/run-record.ts";
import { appendLines, readLines } from "./journal.ts";
import { redacted } from "./secrets.ts";
import type { Log } from "./types.ts";

/** Rows that went into a step and came out of it; null where nothing is counted. */
export interface StepRows {
  readonly rows_in?: number | null;
  readonly rows_out?: number | null;
}

export interface RunRecord {
  readonly id: string;
  readonly verb: string;
  /** Does the work and writes down how long it took, also when it throws. `rows` is asked when it is done. */
  step<T>(name: string, work: () => Promise<T>, about?: StepWords<T>): Promise<T>;
  end(exit: number, says?: string): void;
}

export interface StepWords<T> {
  /** The edition that the step worked on, where one alone. */
  readonly edition?: (result: T) => string | null;
  readonly rows?: (result: T) => StepRows;
}

/** Nobody writes anything down: for verbs that change nothing, and for tests. */
export const unrecorded: RunRecord = {
  ...{ id: "unrecorded", verb: "none" },
  step: (_name, work) => work(),
  end() {},
};

export const runsFile = (root: string): string => join(root, "runs.jsonl");

/** `20261120T080000Z-collect-3fa9c1`: the moment, the verb, and enough chance that two at once differ. */
export function runId(verb: string, now: Date, chance: string): string {
  return `${now.toISOString().slice(0, 19).replaceAll(/[-:]/g, "")}Z-${verb}-${chance}`;
}

export interface RecordWords {
  readonly id: string;
  readonly verb: string;
  readonly now: () => Date;
  readonly log: Log;
  /** Milliseconds of a clock that never goes back. */
  readonly ticks?: () => number;
}

/** Opens the record of a command and writes its first line. */
export function openRunRecord(file: string, words: RecordWords): RunRecord {
  const { id, verb, now, log } = words;
  const ticks = words.ticks ?? (() => performance.now());
  const write = (line: RunLine) => appendLines(file, [line]);
  write({ kind: "started", run: id, verb, at: now().toISOString() });
  return {
    ...{ id, verb },
    async step(name, work, about = {}) {
      const begun = ticks();
      const left = (done: boolean, edition: string | null, rows: StepRows) => {
        const line = {
          ...{ kind: "step" as const, run: id, step: name, edition },
          milliseconds: Math.max(0, Math.round(ticks() - begun)),
          ...{ rows_in: rows.rows_in ?? null, rows_out: rows.rows_out ?? null, done },
        };
        write(line);
        return line;
      };
      try {
        const result = await work();
        const {
          kind: _kind,
          run: _run,
          ...said
        } = left(true, about.edition?.(result) ?? null, about.rows?.(result) ?? {});
        // People read their own lines, such as "published"; a machine wants every step.
        if (log.structured) log.info(`${name} done`, said);
        return result;
      } catch (error) {
        left(false, null, {});
        throw error;
      }
    },
    end(exit, says) {
      write({
        ...{ kind: "ended", run: id, at: now().toISOString(), exit },
        says: says === undefined ? null : redacted(says),
      });
    },
  };
}

/** Lines of the journal that are whole; nothing where nobody ever ran. */
export const readRunLines = (file: string): Record<string, unknown>[] =>
  readLines(file).flatMap((line) => (line.state === "whole" ? [line.entry] : []));
