// Reads what was published: for the edition after it, for explain and for status.
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { Edition, Editions } from "../../data/contract/edition.ts";
import { LeapError } from "../core/errors.ts";
import type { StatePaths } from "../core/state.ts";
import type { Row } from "../core/types.ts";

/** `editions.json`. Throws LeapError when nothing was published. */
export async function readPublished(state: StatePaths): Promise<Editions> {
  const file = path.join(state.published, "editions.json");
  if (!existsSync(file))
    throw new LeapError(
      `missing editions: ${file}. Publish first: npm run leap -- run --publication ${path.basename(state.root)}`,
    );
  return Editions.parse(JSON.parse(await readFile(file, "utf8")));
}

/** The edition's description. */
export async function readPublishedEdition(state: StatePaths, edition: string): Promise<Edition> {
  const file = path.join(state.published, edition, "edition.json");
  if (!existsSync(file)) throw new LeapError(`unknown edition: ${edition}. See npm run leap -- status`);
  return Edition.parse(JSON.parse(await readFile(file, "utf8")));
}

/** Rows of a dataset in an edition; empty when that edition has no such dataset. */
export async function readPublishedRows(state: StatePaths, edition: string, dataset: string): Promise<Row[]> {
  const file = path.join(state.published, edition, dataset, `${dataset}.json`);
  return existsSync(file) ? (JSON.parse(await readFile(file, "utf8")) as Row[]) : [];
}

/** The edition published last before `edition`, or null. */
export async function editionBefore(state: StatePaths, edition: string): Promise<string | null> {
  if (!existsSync(path.join(state.published, "editions.json"))) return null;
  const { editions } = await readPublished(state);
  return (
    editions
      .map((entry) => entry.edition)
      .filter((id) => id < edition)
      .at(-1) ?? null
  );
}
