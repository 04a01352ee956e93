// The accuracy register in data/reference/accuracy: one JSON file an evaluation, committed, read by the pages. Figures and their source, no texts.
import { existsSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { AccuracyEntry } from "../../data/contract/accuracy.ts";
import type { EvaluationCase, Measured, Target } from "../core/evaluation.ts";
import { readAccuracyFile } from "../models/seed-accuracy.ts";
import type { Kept } from "./eval-kept.ts";
import { repository } from "./publication.ts";

export const accuracyFolder = path.join(repository, "data/reference/accuracy");

/** The entry of one case. Figures keep four digits after the point: more would be noise of the data set. */
export function entryOf(evaluation: string, of: EvaluationCase, kept: Kept): AccuracyEntry {
  const { result } = kept;
  return AccuracyEntry.parse({
    evaluation,
    case: of.id,
    dataset: of.dataset,
    licence: of.licence,
    files: kept.files.map(({ name, sha256 }) => ({ name, sha256 })),
    role: of.role,
    of: of.of,
    n: result.n,
    engine: kept.engine,
    measured_on: kept.measuredOn,
    figures: rounded(result.figures),
    per_class: Object.fromEntries(
      Object.entries(result.perClass ?? {}).map(([name, figures]) => [name, rounded(figures)]),
    ),
    confusion: result.confusion ?? {},
    targets: of.targets.map((target) => ({
      measure: target.measure,
      at_least: target.atLeast ?? null,
      at_most: target.atMost ?? null,
      met: isMet(target, result),
    })),
    beside: of.beside,
    means: of.means,
    notes: result.notes,
  });
}

/** A figure that the data do not allow meets nothing. */
export function isMet({ measure, atLeast, atMost }: Target, result: Measured): boolean {
  const value = result.figures[measure] ?? null;
  return value !== null && value >= (atLeast ?? -Infinity) && value <= (atMost ?? Infinity);
}

/** Puts the entries in; entries of cases that were not run stay. Returns the file. Throws a LeapError where the file is no register. */
export async function keepEntries(
  evaluation: string,
  entries: readonly AccuracyEntry[],
  folder = accuracyFolder,
): Promise<string> {
  const file = path.join(folder, `${evaluation}.json`);
  const before = existsSync(file) ? readAccuracyFile(file) : [];
  const byCase = new Map([...before, ...entries].map((entry) => [entry.case, entry]));
  const all = [...byCase.values()].sort((a, b) => (a.case < b.case ? -1 : 1));
  await mkdir(folder, { recursive: true });
  await writeFile(file, `${JSON.stringify(all, null, 2)}\n`);
  return file;
}

function rounded(figures: Readonly<Record<string, number | null>>): Record<string, number | null> {
  return Object.fromEntries(
    Object.entries(figures).map(([name, value]) => [
      name,
      value === null || !Number.isFinite(value) ? null : Number(value.toFixed(4)),
    ]),
  );
}
