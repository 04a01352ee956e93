// Answers to the cases of a prompt that were kept with it, `prompts/<task>/recorded.jsonl`: with them a prompt is scored without a provider, and a
// changed one against what stood before.
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";
import { type Case, judge as judgeCase } from "../../../prompts/cases.ts";
import { LeapError } from "../../core/errors.ts";
import { inputHash } from "../../llm/answers.ts";
import { fence } from "../../llm/fence.ts";
import { judge } from "../../llm/judge.ts";
import type { Task } from "../../llm/tasks.ts";
import type { Reply } from "../../llm/types.ts";

/** Stands where a model's name would: somebody of this project wrote the answer. */
export const HAND = "written-by-hand";

const tokens = z.int().min(0);

/** One answer, as the provider sent it, with what it was an answer to. */
export const Recorded = z.strictObject({
  case: z.string(),
  input_sha256: z.string().length(64),
  prompt_version: z.string(),
  /** Of rules and shapes; see readTask. */
  digest: z.string().length(64),
  /** `openai:gpt-6-luna`, or `written-by-hand`. */
  model: z.string().min(1),
  answered_on: z.iso.date(),
  text: z.string(),
  finish: z.enum(["complete", "truncated", "refused"]),
  usage: z
    .strictObject({
      ...{ uncachedIn: tokens, cacheWriteShort: tokens, cacheWriteLong: tokens },
      ...{ cacheRead: tokens, out: tokens, reasoning: tokens },
    })
    .nullable(),
  /** Null where no model was asked. */
  latency_ms: z.int().min(0).nullable(),
  cost_micros: z.int().min(0).nullable(),
});
export type Recorded = z.output<typeof Recorded>;

/** By case. Throws a LeapError with file and line for a line that is no recorded answer. */
export function readRecorded(prompts: string, task: string): Map<string, Recorded> {
  const file = fileOf(prompts, task);
  const lines = existsSync(file) ? readFileSync(file, "utf8").split("\n") : [];
  return new Map(
    lines.flatMap((line, index) => {
      if (line.trim() === "") return [];
      const parsed = Recorded.safeParse(jsonOf(line));
      if (!parsed.success)
        throw new LeapError(
          `invalid recorded answer: ${file}:${index + 1}: ${z.prettifyError(parsed.error)}. Record it anew with leap eval prompts --task ${task} --record.`,
        );
      return [[parsed.data.case, parsed.data] as const];
    }),
  );
}

/** In the order of the cases; what was recorded of a case that is no more is left out. */
export async function writeRecorded(
  folder: string,
  task: string,
  cases: readonly Case[],
  recorded: ReadonlyMap<string, Recorded>,
): Promise<void> {
  const lines = cases.flatMap(({ id }) => {
    const one = recorded.get(id);
    return one ? [`${JSON.stringify(one)}\n`] : [];
  });
  await mkdir(path.join(folder, task), { recursive: true });
  await writeFile(fileOf(folder, task), lines.join(""));
}

/** Whether it answers the case as the prompt asks it now. */
export const isStale = (one: Recorded, task: Task, asked: Case): boolean =>
  one.prompt_version !== task.version ||
  one.digest !== task.digest ||
  one.input_sha256 !== hashOf(task, asked);

export const hashOf = (task: Task, { input }: Case): string => inputHash(task.definition.input.parse(input));

/** What does not hold of an answer: of its form and checks, or else of what the case asks. Empty when all does. */
export function complaintsAbout(
  reply: Pick<Reply, "text" | "finish">,
  task: Task,
  asked: Case,
): readonly string[] {
  if (reply.finish === "refused") return ["the model refuses to answer"];
  const input = task.definition.input.parse(asked.input);
  const fenced = fence([input], drawnFrom(task, asked));
  const [judged] = judge(task, { ...reply, usage: null, requestId: null }, fenced, [input]);
  if (judged === undefined) return ["no answer"];
  return "problem" in judged ? [`cannot be used: ${judged.problem}`] : judgeCase(judged.answer, asked.must);
}

/** Ids on the wire come from the case's name, so that a recorded answer finds its own again; no case knows them. */
export const drawnFrom =
  (task: Task, { id }: Case) =>
  (digits: number): string =>
    createHash("sha256").update(`${task.id} ${id}`).digest("hex").slice(0, digits);

const fileOf = (folder: string, task: string): string => path.join(folder, task, "recorded.jsonl");

function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
