// Finds what `leap eval` and `leap train` can do: every folder of pipeline/evaluations with an evaluation.ts, and those with a training.ts.
import { existsSync, readdirSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { LeapError } from "../core/errors.ts";
import type { Evaluation, EvaluationContext, EvaluationOption, Training } from "../core/evaluation.ts";
import type { Log } from "../core/types.ts";
import { seededRandom } from "../stats/seeded-random.ts";
import { repository } from "./publication.ts";

export const findEvaluations = (folder?: string) => found<Evaluation>("evaluation", folder);
export const findTrainings = (folder?: string) => found<Training>("training", folder);

async function found<Kind extends { id: string }>(
  kind: "evaluation" | "training",
  folder = path.join(repository, "pipeline/evaluations"),
): Promise<Kind[]> {
  const all: Kind[] = [];
  for (const name of existsSync(folder) ? readdirSync(folder).sort() : []) {
    const file = path.join(folder, name, `${kind}.ts`);
    if (!existsSync(file)) continue;
    const module = (await import(pathToFileURL(file).href)) as Record<string, Kind | undefined>;
    const exported = module[kind];
    if (exported?.id !== name)
      throw new LeapError(`missing export: ${kind} with id ${name} in ${file}. The folder's name is its id.`);
    all.push(exported);
  }
  return all;
}

/** `--some-thing <x>` → `someThing`, as commander names it. */
export const optionName = ({ flags }: EvaluationOption): string =>
  (/--([a-z0-9-]+)/.exec(flags)?.[1] ?? flags).replaceAll(/-([a-z0-9])/g, (_, letter: string) =>
    letter.toUpperCase(),
  );

/** `seed` is the word of --seed: the same word gives the same figures anywhere. */
export function evaluationContext(log: Log, seed = "1"): EvaluationContext {
  return {
    log,
    random: (label) => seededRandom(`${seed} ${label}`),
    milliseconds: () => performance.now(),
  };
}
