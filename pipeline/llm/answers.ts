// Answers of models are dear and not repeatable, so each is kept, under the hash of what was asked, and reused until its time is over.
// `<state>/answers/<task>.ndjson`, one line an answer; a later line of the same key counts.
import { createHash } from "node:crypto";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { LeapError } from "../core/errors.ts";
import { appendLines, readLines } from "../core/journal.ts";
import type { Log } from "../core/types.ts";
import { nameOf } from "./prices.ts";
import type { Task } from "./tasks.ts";
import type { Finish, ModelName, Usage } from "./types.ts";

/** How an answer was judged. A dropped one is kept, too: asking again would cost again and say the same. */
export type Verdict = "accepted" | "repaired" | "dropped";

export interface KeptAnswer {
  readonly key: string;
  readonly task: string;
  readonly item: string;
  readonly prompt_version: string;
  /** `openai:gpt-6-luna`. */
  readonly model: string;
  readonly input_sha256: string;
  /** Null when it was dropped. */
  readonly answer: Record<string, unknown> | null;
  readonly verdict: Verdict;
  /** Why it was dropped. */
  readonly reason: string | null;
  /** The edition it was made for. */
  readonly run: string;
  readonly answered_at: string;
  /** The calls that it took: one, or one more to repair it. */
  readonly calls: readonly PaidCall[];
}

/** A question on its way: what was paid for it so far. A run that was killed goes on from here, and pays nothing twice. */
export interface HalfAnswer extends Omit<KeptAnswer, "verdict" | "reason"> {
  /** `to_repair`: the answer broke a check and is to be asked once more. `lost`: the model refused, and the next one is asked. */
  readonly verdict: "to_repair" | "lost";
  /** The problem, in words that the model is sent. */
  readonly reason: string;
}

/** An item's share of one call. */
export interface PaidCall {
  readonly call: string;
  readonly usage: Usage;
  readonly cost_micros: number;
  readonly latency_ms: number;
  readonly attempts: number;
  readonly finish: Finish;
  readonly batch: boolean;
  readonly at: string;
}

export interface Answers {
  /** The newest answer to the key, however old; null when there is none that verifies. */
  find(task: string, key: string): KeptAnswer | null;
  /** The newest answer to the key that was made for an edition before this one. */
  before(task: string, key: string, edition: string): KeptAnswer | null;
  /** What stands half done under the key; null when nothing does, or when it was finished since. */
  half(task: string, key: string): HalfAnswer | null;
  all(task: string): readonly KeptAnswer[];
  keep(answers: readonly (KeptAnswer | HalfAnswer)[]): void;
}

/** What an answer is kept under: the task with its rules and shapes, the model, and the input, whatever the order of its keys. */
export function answerKey(task: Task, model: ModelName, input: unknown): string {
  return sha256(canonical([task.id, task.version, task.digest, nameOf(model), input]));
}

export const inputHash = (input: unknown): string => sha256(canonical(input));

/**
 * Opens the answers of a publication. A line that does not verify is left out, and said; with `frozen` it is a LeapError, because a run that may
 * not ask cannot make up for it.
 */
export function openAnswers(folder: string, log: Log, frozen = false): Answers {
  const byTask = new Map<string, OfTask>();
  const of = (task: string): OfTask => {
    const known = byTask.get(task);
    if (known) return known;
    const found: OfTask = { whole: new Map(), half: new Map(), older: new Map() };
    const file = fileOf(folder, task);
    for (const kept of readLines(file)) {
      if (kept.state === "whole") put(found, kept.entry as unknown as KeptAnswer | HalfAnswer);
      else if (kept.state === "changed" && frozen)
        throw new LeapError(
          `invalid answer: ${file}:${kept.line} does not bear its own hash. Restore it from a backup, or run once without --frozen to ask again.`,
        );
      else if (kept.state === "changed")
        log.warn(
          `${file}:${kept.line}: an answer does not bear its own hash and is left out; it is asked again`,
        );
    }
    byTask.set(task, found);
    return found;
  };
  return {
    find: (task, key) => of(task).whole.get(key) ?? null,
    before(task, key, edition) {
      const { whole, older } = of(task);
      const kept = [...(older.get(key) ?? []), ...(whole.has(key) ? [whole.get(key) as KeptAnswer] : [])];
      return kept.findLast(({ run }) => run < edition) ?? null;
    },
    half: (task, key) => of(task).half.get(key) ?? null,
    all: (task) => [...of(task).whole.values()],
    keep(answers) {
      for (const [task, ofTask] of Map.groupBy(answers, (answer) => answer.task)) {
        appendLines(fileOf(folder, task), ofTask as unknown as Record<string, unknown>[]);
        for (const answer of ofTask) put(of(task), answer);
      }
    },
  };
}

interface OfTask {
  readonly whole: Map<string, KeptAnswer>;
  readonly half: Map<string, HalfAnswer>;
  /** Answers that a newer one of their key stands for, oldest first. */
  readonly older: Map<string, KeptAnswer[]>;
}

/** An older whole answer stays beside a half one: it may still be told of weeks gone by. */
function put({ whole, half, older }: OfTask, answer: KeptAnswer | HalfAnswer): void {
  if (answer.verdict === "to_repair" || answer.verdict === "lost") half.set(answer.key, answer as HalfAnswer);
  else {
    half.delete(answer.key);
    const replaced = whole.get(answer.key);
    if (replaced) older.set(answer.key, [...(older.get(answer.key) ?? []), replaced]);
    whole.set(answer.key, answer as KeptAnswer);
  }
}

/** Every kept answer of every task, half ones and older ones of the same key included. */
export function everyAnswer(folder: string): (KeptAnswer | HalfAnswer)[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith(".ndjson"))
    .sort()
    .flatMap((name) => readLines(join(folder, name)))
    .flatMap((kept) => (kept.state === "whole" ? [kept.entry as unknown as KeptAnswer | HalfAnswer] : []));
}

const fileOf = (folder: string, task: string): string => join(folder, `${task}.ndjson`);

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

/** JSON with the keys of every object in order. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === "object" && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
