// Where the engine finds fitted weights: first those an operator fitted on data of their own, then those that ship with the reference data.
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";

const repository = path.resolve(import.meta.dirname, "../..");

/** Weights that ship: `data/reference/weights/<analysis>/<name>`. */
export const shippedWeights = path.join(repository, "data/reference/weights");

/** Weights fitted on data whose licence does not let us ship them; git-ignored. `LEAP_WEIGHTS` names another folder, or `shipped` for none. */
export function localWeights(): string | null {
  const named = process.env["LEAP_WEIGHTS"];
  if (named === "shipped") return null;
  return named ? path.resolve(named) : path.join(repository, "data/state/weights");
}

export interface Weights {
  readonly path: string;
  readonly shipped: boolean;
  readonly bytes: Buffer;
  /** First 16 hex digits of the sha256 of the bytes: part of the engine's version. */
  readonly digest: string;
}

/** The weights of an analysis, such as `findWeights("sentiment", "ko.json")`; null when nobody has fitted any. */
export function findWeights(analysis: string, name: string): Weights | null {
  const local = localWeights();
  for (const [folder, shipped] of [
    [local, false],
    [shippedWeights, true],
  ] as const) {
    if (folder === null) continue;
    const file = path.join(folder, analysis, name);
    if (!existsSync(file)) continue;
    const bytes = readFileSync(file);
    return {
      path: file,
      shipped,
      bytes,
      digest: createHash("sha256").update(bytes).digest("hex").slice(0, 16),
    };
  }
  return null;
}
