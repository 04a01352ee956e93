// How a question ended: with an answer that was kept, or with a reason. And how that is told to who asked, and to the ledger that is published.
import type { AnsweredBy, Asked, NotAnswered, UsedAnswer } from "../core/types.ts";
import type { KeptAnswer } from "./answers.ts";
import type { Item } from "./calls.ts";
import { addUsage, NO_USAGE } from "./shares.ts";
import type { Task } from "./tasks.ts";

export type Ending = { readonly kept: KeptAnswer } | { readonly reason: NotAnswered; readonly says: string };

export function askedOf<Answer>(ending: Ending): Asked<Answer> {
  if (!("kept" in ending)) return { answer: null, reason: ending.reason, says: ending.says, by: null };
  const { kept } = ending;
  const by: AnsweredBy = {
    model: kept.model,
    prompt_version: kept.prompt_version,
    answered_at: kept.answered_at,
  };
  if (kept.answer) return { answer: kept.answer as Answer, reason: null, by };
  const says = kept.reason ?? "dropped";
  return { answer: null, reason: says.startsWith("refused") ? "refused" : "invalid", says, by };
}

export const usedOf = (kept: KeptAnswer): UsedAnswer => ({
  task: kept.task,
  item: kept.item,
  model: kept.model,
  prompt_version: kept.prompt_version,
  input_sha256: kept.input_sha256,
  usage: kept.calls.reduce((sum, call) => addUsage(sum, call.usage), NO_USAGE),
  cost_micros: kept.calls.reduce((sum, call) => sum + call.cost_micros, 0),
  latency_ms: kept.calls.reduce((sum, call) => sum + call.latency_ms, 0),
  attempts: kept.calls.reduce((sum, call) => sum + call.attempts, 0),
  finish: kept.calls.at(-1)?.finish ?? null,
  batch: kept.calls.some((call) => call.batch),
  made_for: kept.run,
  answered_at: kept.answered_at,
  verdict: kept.verdict,
  reason: kept.reason,
});

export const notUsed = (
  task: Task,
  { item, inputSha256 }: Item,
  ending: Extract<Ending, { reason: NotAnswered }>,
): UsedAnswer => ({
  task: task.id,
  item,
  model: null,
  prompt_version: task.version,
  input_sha256: inputSha256,
  usage: NO_USAGE,
  cost_micros: 0,
  latency_ms: 0,
  attempts: 0,
  finish: null,
  batch: false,
  made_for: null,
  answered_at: null,
  verdict: "not_answered",
  reason: `${ending.reason}: ${ending.says}`,
});
