// What the answers to a task's cases are worth, for people and machines.
import type { Case } from "../../../prompts/cases.ts";
import type { Measured } from "../../core/evaluation.ts";
import { MICROS } from "../../llm/open.ts";
import type { Task } from "../../llm/tasks.ts";
import { median } from "../../stats/median.ts";
import { complaintsAbout, HAND, type Recorded } from "./recorded.ts";
import type { Held } from "./scores.ts";

/** What a task's answers are worth, and which. */
export interface Result extends Held {
  readonly task: Task;
  readonly cases: readonly Case[];
  /** The answers that count. */
  readonly counted: readonly Recorded[];
  readonly complaints: ReadonlyMap<string, readonly string[]>;
  readonly before: { readonly score: number | null; readonly prompt: string; readonly model: string } | null;
  readonly unanswered: ReadonlyMap<string, string>;
}

export function judgedAll(task: Task, cases: readonly Case[], answers: readonly Recorded[]) {
  const byCase = new Map(answers.map((one) => [one.case, one]));
  const counted = cases.flatMap(({ id }) => byCase.get(id) ?? []);
  const complaints = new Map(
    cases.flatMap((one) => {
      const answer = byCase.get(one.id);
      return answer ? [[one.id, complaintsAbout(answer, task, one)] as const] : [];
    }),
  );
  const holds = [...complaints.values()].filter((wrong) => wrong.length === 0).length;
  return { task, cases, counted, complaints, score: counted.length > 0 ? holds / counted.length : null };
}

export function measured(results: readonly Result[], says: readonly string[] = []): Measured {
  const counted = results.flatMap((one) => one.counted);
  const all = results.flatMap(({ complaints }) => [...complaints.values()]);
  return {
    n: counted.length,
    figures: {
      score: all.length > 0 ? all.filter((wrong) => wrong.length === 0).length / all.length : null,
      ...spentOn(counted),
    },
    tables: {
      tasks: results.map(taskRow),
      "cases that do not hold": results.flatMap(({ task, complaints }) =>
        [...complaints].flatMap(([id, wrong]) => wrong.map((what) => ({ task: task.id, case: id, what }))),
      ),
    },
    notes: [
      "The score is the share of cases whose first answer is taken and holds what the case asks; a run would ask once more about what is not taken.",
      ...notesOn(results, counted),
      ...says,
    ],
  };
}

function taskRow(result: Result) {
  const { task, score, counted, before } = result;
  return {
    task: task.id,
    prompt: task.version,
    model: modelsOf(counted) || null,
    cases: counted.length,
    score,
    before: before?.score ?? null,
    before_prompt: before?.prompt ?? null,
    before_model: before?.model ?? null,
    change: score === null || before === null || before.score === null ? null : score - before.score,
    ...spentOn(counted),
  };
}

/** Dollars of all answers and the median wait; null where no model was asked. */
function spentOn(answers: readonly Recorded[]) {
  const costs = answers.flatMap(({ cost_micros }) => cost_micros ?? []);
  const waits = answers.flatMap(({ latency_ms }) => latency_ms ?? []);
  return {
    costUsd: costs.length > 0 ? costs.reduce((sum, one) => sum + one, 0) / MICROS : null,
    latencyMs: waits.length > 0 ? median(waits) : null,
  };
}

export const modelsOf = (answers: readonly Recorded[]): string =>
  [...new Set(answers.map(({ model }) => model))].join(", ");

function notesOn(results: readonly Result[], counted: readonly Recorded[]): string[] {
  const byHand = counted.filter(({ model }) => model === HAND).length;
  return [
    ...(byHand > 0
      ? [
          `${byHand} of ${counted.length} answers were written by hand, not by a model: they stand in until somebody records real ones with leap eval prompts --record.`,
        ]
      : []),
    ...results.flatMap(({ task, unanswered }) =>
      [...unanswered].map(([id, why]) => `${task.id} ${id}: not answered, and not counted: ${why}.`),
    ),
  ];
}
