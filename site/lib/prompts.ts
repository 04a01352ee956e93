// The prompts of the latest edition as the register of models shows them: settings, rules, shapes, checks.
import { parse } from "yaml";
import { z } from "zod";
import { promptFiles } from "./data.ts";
import { LeapError } from "./errors.ts";
import { fill, words } from "./words.ts";

const Settings = z.looseObject({
  task: z.string(),
  tier: z.enum(["small", "large"]),
  version: z.string(),
  time_to_live: z.string(),
  max_output: z.int(),
  languages: z.array(z.string()),
  pack: z.int().default(1),
  may_wait: z.boolean().default(false),
});

export interface Prompt {
  readonly settings: z.output<typeof Settings>;
  /** What the task asks, in a sentence: how its rules begin. */
  readonly purpose: string;
  /** The rules as they are sent. */
  readonly rules: string;
  /** Shapes of question and answer, as JSON Schema. */
  readonly shapes: string;
  /** The code that an answer must pass beyond its shape. */
  readonly checks: string;
}

/** Tasks by name; empty for an edition that was published before prompts went out with it. */
export function prompts(): Prompt[] {
  const files = promptFiles();
  return [...files]
    .filter(([name]) => name.endsWith(".md") && name !== "frame.md")
    .map(([name, text]) => promptOf(name, text, files));
}

/** Rules that stand before those of every task. */
export const frame = (): string => promptFiles().get("frame.md") ?? "";

export const hasPrompt = (task: string): boolean => promptFiles().has(`${task}.md`);

/** `24h` → `24 hours`, `7d` → `7 days`. */
export function keptWords(timeToLive: string): string {
  const n = Number.parseInt(timeToLive, 10);
  const w = words.models;
  return timeToLive.endsWith("d") ? fill(w.days, { n }) : n === 1 ? w.hour : fill(w.hours, { n });
}

function promptOf(name: string, text: string, files: ReadonlyMap<string, string>): Prompt {
  const [, head, body] = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(text) ?? [];
  const settings = Settings.safeParse(head === undefined ? null : parse(head));
  if (body === undefined || !settings.success)
    throw new LeapError(
      `invalid prompt: ${name}: no front matter of a task. Publish it again: npm run leap -- publish`,
    );
  const rules = body.trim();
  const task = name.slice(0, -".md".length);
  return {
    settings: settings.data,
    purpose: purposeOf(rules),
    rules,
    shapes: files.get(`${task}.schema.json`) ?? "",
    checks: files.get(`${task}.checks.ts`) ?? "",
  };
}

/** `Task: write what … .` → `Write what … .` */
function purposeOf(rules: string): string {
  const first = (rules.split(/\n\s*\n/)[0] ?? "").replace(/\s+/g, " ").replace(/^Task: /, "");
  const sentence = /^.*?[.!?](?= |$)/.exec(first)?.[0] ?? first;
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}
