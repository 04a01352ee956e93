// Reads the reply to a packed question: which items were answered, and what is wrong with the others.
import { z } from "zod";
import { repeatsNone } from "../../prompts/checks.ts";
import type { Fenced } from "./fence.ts";
import type { Task } from "./tasks.ts";
import type { Reply } from "./types.ts";

export type Judged =
  | { readonly answer: Record<string, unknown> }
  /** In words that the model is sent to repair it. */
  | { readonly problem: string };

/** One entry an item, in the order in which they were sent. */
export function judge(task: Task, reply: Reply, fenced: Fenced, inputs: readonly unknown[]): Judged[] {
  const entries = reply.finish === "truncated" ? "the answer was cut off: be shorter" : entriesOf(reply.text);
  if (typeof entries === "string") return inputs.map(() => ({ problem: entries }));
  const found = new Map<number, Judged>();
  for (const entry of entries) {
    const { id, ...rest } = entry;
    const place = typeof id === "string" ? fenced.places.get(id) : undefined;
    // An id that was not sent was made up; so was its answer.
    if (place === undefined) continue;
    const judged = judgeOne(task, rest, inputs[place]);
    const before = found.get(place);
    if (!before) found.set(place, judged);
    else if (JSON.stringify(before) !== JSON.stringify(judged))
      found.set(place, { problem: "two different answers stand under this id" });
  }
  return inputs.map((_, place) => found.get(place) ?? { problem: "no answer stands under this id" });
}

/** The shape in which several items are answered at once. */
export const packedAnswer = (task: Task): z.ZodObject =>
  z.object({ answers: z.array(task.definition.answer.extend({ id: z.string() })) });

function entriesOf(text: string): Record<string, unknown>[] | string {
  const bare = /^\s*```(?:json)?\s*\n([\s\S]*?)\n\s*```\s*$/.exec(text)?.[1] ?? text;
  let parsed: unknown;
  try {
    parsed = JSON.parse(bare);
  } catch {
    return "the answer is no JSON";
  }
  const answers = isObject(parsed) ? parsed["answers"] : undefined;
  if (!Array.isArray(answers)) return 'the answer is no object with a list "answers"';
  return answers.filter(isObject);
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function judgeOne(task: Task, entry: Record<string, unknown>, input: unknown): Judged {
  const parsed = task.definition.answer.safeParse(entry);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    // The path and the message alone: they do not repeat what the model wrote.
    return { problem: `${issue?.path.join(".")}: ${issue?.message}` };
  }
  const problem = task.definition.check(parsed.data, input as never) ?? repeatsNone(parsed.data, task.system);
  return problem === null ? { answer: parsed.data } : { problem };
}
