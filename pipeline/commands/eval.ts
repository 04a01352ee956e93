// `leap eval`: holds one part of the engine, or all of them, against labelled data, and keeps what was measured.
import { createHash } from "node:crypto";
import { existsSync, statSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { LeapError } from "../core/errors.ts";
import type { Evaluation, EvaluationContext, Given, Measured } from "../core/evaluation.ts";
import { checksum } from "../core/lines.ts";
import { entryOf, keepEntries } from "./accuracy-register.ts";
import type { Done } from "./environment.ts";
import type { Kept } from "./eval-kept.ts";
import { measuredText, summaryText } from "./eval-text.ts";
import { optionName } from "./evaluations.ts";
import { repository } from "./publication.ts";

export interface EvalOptions {
  readonly results: string;
  readonly now: () => Date;
  readonly context: EvaluationContext;
}

export const resultsFolder = path.join(repository, "data/state/evaluations");

/** Measures, and keeps the result as `<results>/<evaluation>/<day>-<digest of what was measured>.json`. */
export async function evaluate(
  evaluation: Evaluation,
  given: Given,
  { results, now, context }: EvalOptions,
): Promise<Kept & { readonly path: string }> {
  const files = await givenFiles(evaluation, given);
  const result = finite(evaluation.id, await evaluation.evaluate(given, context));
  const named = Object.fromEntries(
    evaluation.options.flatMap((option) => {
      const name = optionName(option);
      const value = given[name];
      return value === undefined ? [] : [[name, option.file ? path.basename(value) : value]];
    }),
  );
  const kept: Kept = {
    evaluation: evaluation.id,
    engine: evaluation.engine(given),
    measuredOn: now().toISOString().slice(0, 10),
    files,
    given: named,
    result,
  };
  const digest = createHash("sha256")
    .update(JSON.stringify([kept.engine, kept.files, kept.given]))
    .digest("hex")
    .slice(0, 12);
  const folder = path.join(results, evaluation.id);
  await mkdir(folder, { recursive: true });
  const file = path.join(folder, `${kept.measuredOn}-${digest}.json`);
  await writeFile(file, `${JSON.stringify(kept, null, 2)}\n`);
  return { ...kept, path: file };
}

export async function evalCommand(evaluation: Evaluation, given: Given, options: EvalOptions): Promise<Done> {
  const kept = await evaluate(evaluation, given, options);
  const { result, path: file, ...about } = kept;
  return {
    text: `${measuredText(kept)}\nkept as ${path.relative(process.cwd(), file)}`,
    gaps: 0,
    // Machines find the figures at the top: jq .macroF1
    result: {
      ...result.figures,
      n: result.n,
      perClass: result.perClass ?? {},
      confusion: result.confusion ?? {},
      tables: result.tables ?? {},
      notes: result.notes,
      ...about,
    },
  };
}

export interface EvalAllOptions extends EvalOptions {
  readonly datasets: string;
  /** Ids of evaluations; all when not given. */
  readonly only?: readonly string[] | undefined;
  /** Where the register goes; null keeps it as it is. */
  readonly register: string | null;
}

/** Every case that DIR has data for. A target that is missed counts as a gap. */
export async function evalAllCommand(
  evaluations: readonly Evaluation[],
  options: EvalAllOptions,
): Promise<Done> {
  const { datasets, only, register, context } = options;
  if (!existsSync(datasets) || !statSync(datasets).isDirectory())
    throw new LeapError(`missing folder: ${datasets}. --datasets names the folder of labelled data sets.`);
  for (const id of only ?? [])
    if (!evaluations.some((evaluation) => evaluation.id === id))
      throw new LeapError(
        `unknown evaluation: ${id}. There are ${evaluations.map((evaluation) => evaluation.id).join(", ")}.`,
      );
  const entries = [];
  const without: string[] = [];
  for (const evaluation of evaluations.filter(({ id }) => only === undefined || only.includes(id))) {
    const cases = evaluation.cases(datasets);
    if (cases.length === 0) without.push(evaluation.id);
    const measured = [];
    for (const one of cases) {
      context.log.info(`${evaluation.id} ${one.id}`);
      measured.push(entryOf(evaluation.id, one, await evaluate(evaluation, one.given, options)));
    }
    if (register !== null && measured.length > 0) await keepEntries(evaluation.id, measured, register);
    entries.push(...measured);
  }
  const missed = entries.flatMap((entry) => entry.targets.filter(({ met }) => !met)).length;
  return {
    text: summaryText(entries, without),
    gaps: missed,
    result: { entries, without, missed },
  };
}

async function givenFiles(evaluation: Evaluation, given: Given): Promise<Kept["files"]> {
  const files = [];
  for (const option of evaluation.options) {
    const file = given[optionName(option)];
    if (!option.file || file === undefined) continue;
    if (!existsSync(file)) throw new LeapError(`missing file: ${file}, named by ${option.flags}.`);
    if (!statSync(file).isFile()) throw new LeapError(`invalid file: ${file} is a folder; ${option.flags}.`);
    files.push({ name: path.basename(file), bytes: statSync(file).size, sha256: await checksum(file) });
  }
  return files;
}

/** A figure is a finite number or null; anything else is a mistake of ours that must not reach a page. */
function finite(evaluation: string, measured: Measured): Measured {
  for (const [name, value] of Object.entries(measured.figures))
    if (value !== null && !Number.isFinite(value))
      throw new Error(`${evaluation}: ${name} is ${value}; a figure that cannot be computed is null`);
  return measured;
}
