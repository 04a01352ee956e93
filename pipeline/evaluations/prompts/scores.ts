// The bar that a changed prompt is held against: the score of each task's recorded answers, `prompts/scores.json`.
import { existsSync, readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";
import { LeapError } from "../../core/errors.ts";

const Score = z.strictObject({
  /** Share of the cases whose answer holds. */
  score: z.number().min(0).max(1),
  cases: z.int().min(1),
  prompt_version: z.string(),
  model: z.string(),
});
const Scores = z.record(z.string(), Score);
export type Scores = z.output<typeof Scores>;

/** What a task's recorded answers are worth now. */
export interface Held {
  /** Null where no recorded answer counts. */
  readonly score: number | null;
  /** Cases whose recorded answer was made with another prompt, and cases without one. */
  readonly stale: number;
  readonly missing: number;
}

/** A score may be this much lower, as a share. */
export const TOLERATED = 0.02;

/** Empty when there is no file. Throws a LeapError for one that does not validate. */
export function readScores(prompts: string): Scores {
  const file = path.join(prompts, "scores.json");
  if (!existsSync(file)) return {};
  const parsed = Scores.safeParse(JSON.parse(readFileSync(file, "utf8")));
  if (!parsed.success) throw new LeapError(`invalid scores: ${file}: ${z.prettifyError(parsed.error)}`);
  return parsed.data;
}

export async function writeScores(prompts: string, scores: Scores): Promise<void> {
  const sorted = Object.fromEntries(Object.entries(scores).sort(([a], [b]) => (a < b ? -1 : 1)));
  await writeFile(path.join(prompts, "scores.json"), `${JSON.stringify(sorted, null, 2)}\n`);
}

/** What speaks against a change, task by task: a score more than two points lower, or answers that say nothing of the prompt as it stands. */
export function fallen(before: Scores, now: ReadonlyMap<string, Held>): string[] {
  const points = (share: number) => (share * 100).toFixed(1);
  return [...now].flatMap(([task, { score, stale, missing }]) => {
    const bar = before[task]?.score;
    if (stale + missing > 0)
      return [
        `${task}: ${stale} recorded answers are stale, made for another prompt or case than those that stand, and ${missing} are missing; none of them is counted. Record anew: leap eval prompts --task ${task} --record.`,
      ];
    if (bar === undefined || score === null)
      return [
        `${task}: no score to hold it against. Keep it: leap eval prompts --task ${task} --replay --keep-scores.`,
      ];
    // Shares of whole cases: what is two points by arithmetic is not more for a rounding.
    return bar - score > TOLERATED + 1e-9
      ? [`${task}: ${points(score)} points, before ${points(bar)}: more than two points lower.`]
      : [];
  });
}
