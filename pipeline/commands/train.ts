// `leap train`: fits the weights of an analysis anew, seeded, and puts them where the engine finds them.
import { existsSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { LeapError } from "../core/errors.ts";
import type { EvaluationContext, Given, Training } from "../core/evaluation.ts";
import { localWeights, shippedWeights } from "../core/weights.ts";
import type { Done } from "./environment.ts";
import { repository } from "./publication.ts";

export interface TrainOptions {
  readonly context: EvaluationContext;
  /** Where weights go whose data let them ship; the reference data when not given. */
  readonly shipped?: string;
  readonly local?: string;
}

/** Weights whose data let them ship go to the reference data, all others stay with the local state. */
export async function trainCommand(training: Training, given: Given, options: TrainOptions): Promise<Done> {
  const { datasets } = given;
  if (datasets !== undefined && !existsSync(datasets))
    throw new LeapError(`missing folder: ${datasets}. --datasets names the folder of labelled data sets.`);
  const trained = await training.train(given, options.context);
  if (trained.length === 0)
    throw new LeapError(
      `missing data: ${datasets} holds nothing that ${training.id} can be fitted on. The files it looks for, by folder, are named in pipeline/evaluations/${training.id}/.`,
    );
  const local = options.local ?? localWeights() ?? path.join(repository, "data/state/weights");
  const written = [];
  for (const weights of trained) {
    const folder = path.join(weights.ships ? (options.shipped ?? shippedWeights) : local, training.id);
    await mkdir(folder, { recursive: true });
    const file = path.join(folder, weights.name);
    await writeFile(file, weights.bytes);
    written.push({ ...weights, bytes: Buffer.byteLength(weights.bytes), file });
  }
  return {
    text: written.map(lineOf).join("\n"),
    gaps: 0,
    result: written,
  };
}

function lineOf(weights: {
  readonly file: string;
  readonly bytes: number;
  readonly ships: boolean;
  readonly trainedOn: readonly {
    readonly dataset: string;
    readonly licence: string;
    readonly rows: number;
  }[];
  readonly figures: Readonly<Record<string, number | null>>;
}): string {
  const data = weights.trainedOn.map(({ dataset, licence, rows }) => `${dataset} (${rows} rows, ${licence})`);
  const figures = Object.entries(weights.figures).map(
    ([name, value]) => `${name} ${value === null ? "∅" : Number(value.toFixed(4))}`,
  );
  return [
    `${path.relative(process.cwd(), weights.file)} · ${weights.bytes.toLocaleString("en-US")} bytes · ${weights.ships ? "ships" : "stays on this machine: its data may not ship"}`,
    `  fitted on ${data.join("; ")}`,
    `  held out: ${figures.join(", ")}`,
  ].join("\n");
}
