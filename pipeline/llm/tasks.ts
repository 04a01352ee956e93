// The words of a task: `prompts/<task>/prompt.md`, its front matter and the rules that every call of it begins with.
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import type { TaskDefinition } from "../../prompts/task.ts";
import { LeapError } from "../core/errors.ts";

const FrontMatter = z.strictObject({
  task: z.string(),
  tier: z.enum(["small", "large"]),
  /** Semver; an answer of another version is not reused. */
  version: z.string().regex(/^\d+\.\d+\.\d+$/),
  /** How long an answer is reused: `1h`, `24h`, `7d`. */
  time_to_live: z.string().regex(/^\d+[hd]$/),
  /** Tokens of the answer for one item. */
  max_output: z.int().min(16).max(16_000),
  languages: z.array(z.string()).min(1),
  /** Items to a call. */
  pack: z.int().min(1).max(100).default(1),
  /** Whether it can wait for a batch at half the price. */
  may_wait: z.boolean().default(false),
});

export interface Task<Input extends z.ZodObject = z.ZodObject, Answer extends z.ZodObject = z.ZodObject> {
  readonly definition: TaskDefinition<Input, Answer>;
  readonly id: string;
  readonly tier: "small" | "large";
  readonly version: string;
  readonly timeToLiveMs: number;
  readonly maxOutputTokens: number;
  readonly languages: readonly string[];
  readonly pack: number;
  readonly mayWait: boolean;
  /** The rules, as they are sent: the frame that all tasks share, then their own. */
  readonly system: string;
  /** SHA-256 of rules, input and answer shape: an answer made under others is not reused even when somebody forgot the version. */
  readonly digest: string;
}

/** Reads `prompt.md` of the task. Throws a LeapError that names the file for front matter that does not validate. */
export function readTask<Input extends z.ZodObject, Answer extends z.ZodObject>(
  definition: TaskDefinition<Input, Answer>,
  prompts = join(import.meta.dirname, "../../prompts"),
): Task<Input, Answer> {
  const file = join(prompts, definition.id, "prompt.md");
  if (!existsSync(file))
    throw new LeapError(`missing prompt: ${file}. A task is a folder with prompt.md and answer.ts.`);
  const [, head, body] = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(readFileSync(file, "utf8")) ?? [];
  if (head === undefined || body === undefined)
    throw new LeapError(
      `invalid prompt: ${file}: no front matter. Begin it with --- and the task's settings.`,
    );
  const parsed = FrontMatter.safeParse(parse(head));
  if (!parsed.success) throw new LeapError(`invalid prompt: ${file}: ${z.prettifyError(parsed.error)}`);
  const { task, tier, version, time_to_live, max_output, languages, pack, may_wait } = parsed.data;
  if (task !== definition.id)
    throw new LeapError(
      `invalid prompt: ${file} says task ${task}. Name it ${definition.id}, as its folder.`,
    );
  const frame = join(prompts, "frame.md");
  if (!existsSync(frame)) throw new LeapError(`missing prompt: ${frame}. Every task begins with it.`);
  const system = `${readFileSync(frame, "utf8").trim()}\n\n${body.trim()}`;
  const shape = JSON.stringify([system, z.toJSONSchema(definition.input), z.toJSONSchema(definition.answer)]);
  return {
    definition,
    id: task,
    tier,
    version,
    timeToLiveMs: milliseconds(time_to_live),
    maxOutputTokens: max_output,
    languages,
    pack,
    mayWait: may_wait,
    system,
    digest: createHash("sha256").update(shape).digest("hex"),
  };
}

function milliseconds(words: string): number {
  const hours = Number.parseInt(words, 10) * (words.endsWith("d") ? 24 : 1);
  return hours * 3_600_000;
}
