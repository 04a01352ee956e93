// Weights as files: a readable header, and the table of many small numbers packed beside it.
import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";
import type { TrainedOn } from "../../core/evaluation.ts";
import type { LexiconLanguage } from "../../texts/lexicon.ts";
import { featuresVersion, measureNames } from "../../texts/sentiment-features.ts";
import type { SentimentHeader } from "../../texts/sentiment-header.ts";
import { packedTable } from "../../texts/sentiment-table.ts";
import type { Calibration } from "./calibrate.ts";
import type { RawModel } from "./recipe.ts";

export interface Checked {
  readonly validatedOn: string;
  readonly figures: Readonly<Record<string, number | null>>;
  readonly confusion: SentimentHeader["confusion"];
  readonly calibration: Calibration;
}

export interface Packed {
  readonly header: string;
  readonly table: Uint8Array | null;
}

/** A few weights are far larger than all others; beyond this share they are cut, or the others would lose their steps. */
const keptWhole = 0.9995;

/** The model as the engine will have it: weights in 255 steps. */
export function quantised(model: RawModel): { readonly steps: Int8Array; readonly step: number } | null {
  if (!model.table) return null;
  const sizes = model.table.filter((weight) => weight !== 0).map(Math.abs);
  sizes.sort();
  const largest = sizes[Math.floor(keptWhole * (sizes.length - 1))] || 1;
  const step = Math.fround(largest / 127);
  const steps = Int8Array.from(model.table, (weight) =>
    Math.max(-127, Math.min(127, Math.round(weight / step))),
  );
  return { steps, step };
}

export function afterPacking(model: RawModel): RawModel {
  const small = quantised(model);
  if (!small) return model;
  return { ...model, table: Float32Array.from(small.steps, (step) => step * small.step) };
}

export function pack(
  about: {
    readonly language: LexiconLanguage;
    readonly recipe: string;
    readonly trainedOn: readonly TrainedOn[];
  },
  model: RawModel,
  { validatedOn, figures, confusion, calibration }: Checked,
): Packed {
  const small = quantised(model);
  const sparse = small && model.sparse ? packedTable(small.steps) : null;
  const table = small && gzipSync(sparse?.bytes ?? small.steps, { level: 9 });
  const three = (from: number) =>
    [0, 1, 2].map((i) => rounded(model.measures[from + i] as number)) as [number, number, number];
  const header: SentimentHeader = {
    language: about.language,
    features: featuresVersion(about.language),
    recipe: about.recipe,
    trained_on: about.trainedOn.map(({ dataset, licence, file, sha256, rows }) => ({
      dataset,
      licence,
      file,
      sha256,
      rows,
    })),
    validated_on: validatedOn,
    figures: Object.fromEntries(
      Object.entries(figures).map(([name, value]) => [name, value === null ? null : rounded(value)]),
    ),
    confusion,
    temperature: calibration.temperature,
    bias: model.bias.map((bias, i) => rounded(bias + (calibration.shift[i] as number))) as [
      number,
      number,
      number,
    ],
    measures: Object.fromEntries(measureNames.map((name, i) => [name, three(3 * i)])),
    table:
      table && small
        ? {
            file: `${about.language}.bin.gz`,
            sha256: createHash("sha256").update(table).digest("hex"),
            step: small.step,
            ...(sparse && { kept: sparse.kept }),
          }
        : null,
  };
  return { header: `${JSON.stringify(header, null, 2)}\n`, table };
}

function rounded(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}
