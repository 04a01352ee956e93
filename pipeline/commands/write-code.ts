// Puts the code of every metric beside the edition that it computed, so that “computed in” is a page and not a promise.
import { existsSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import type { MetricDefinition } from "../../data/contract/metric.ts";
import { LeapError } from "../core/errors.ts";
import { repository } from "./publication.ts";

/** Copies each file that a definition names in `computed_in` under `folder`, path and all. Throws a LeapError for one that is not there. */
export async function writeCode(
  register: readonly Pick<MetricDefinition, "id" | "computed_in">[],
  folder: string,
  root = repository,
): Promise<void> {
  for (const { id, computed_in } of register) {
    const source = path.join(root, computed_in);
    if (!existsSync(source))
      throw new LeapError(
        `missing file: ${computed_in}, named by computed_in of data/reference/metrics/${id}.yaml. Name the file that computes it.`,
      );
    const copy = path.join(folder, computed_in);
    await mkdir(path.dirname(copy), { recursive: true });
    await writeFile(copy, await readFile(source));
  }
}
