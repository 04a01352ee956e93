// gold → findings: runs every analysis over the warehouse and leaves each dataset as `out.<dataset>`.
import path from "node:path";
import { catalogue } from "../../data/contract/catalogue.ts";
import { columnsOf, type Dataset } from "../../data/contract/dataset.ts";
import type { Publication } from "../../data/contract/publication.ts";
import { type Analysed, type DatasetContract, findAnalyses, runAnalyses } from "../core/analyse.ts";
import type { StatePaths } from "../core/state.ts";
import type { Analysis, Log, Models, RunClock } from "../core/types.ts";
import type { OpenWarehouse } from "../core/warehouse.ts";
import { readPosts } from "../models/read-posts.ts";
import { seededRandom } from "../stats/seeded-random.ts";
import { withCarried } from "./carried.ts";
import { estimateText, openEngine } from "./engine.ts";
import { type Done, type Environment, folders, lastClock, openBuilt } from "./environment.ts";
import { repository } from "./publication.ts";
import { editionBefore, readPublishedRows } from "./published.ts";

export interface AnalyseRequest {
  readonly warehouse: OpenWarehouse;
  readonly publication: Publication;
  readonly clock: RunClock;
  readonly state: StatePaths;
  /** Folder of the mastheads, where it is not data/publications. */
  readonly publications?: string;
  readonly log: Log;
  /** Null asks no model. */
  readonly models: Models | null;
}

/** Runs all analyses of one edition. Throws LeapError when a row breaks its contract. */
export async function analyse(request: AnalyseRequest): Promise<Analysed[]> {
  const { warehouse, publication, clock, state, log } = request;
  const before = await editionBefore(state, clock.edition);
  await readPosts({
    ...{ warehouse, publication, log, run: clock, models: request.models },
    folders: {
      models: folders.models,
      ...(request.publications ? { publications: request.publications } : {}),
    },
  });
  return runAnalyses(warehouse, await withCarried(await allAnalyses(), request), {
    publication,
    run: clock,
    log,
    models: request.models,
    // The label alone decides the stream: the same edition draws the same numbers anywhere.
    random: (label) => seededRandom(`${clock.publication} ${clock.edition} ${label}`),
    previous: async (dataset) => (before ? readPublishedRows(state, before, dataset) : []),
    datasets: contracts(),
    shared: ["metrics"],
  });
}

export const allAnalyses = (): Promise<Analysis[]> =>
  findAnalyses(path.join(repository, "pipeline/analyses"));

/** What core must know of each dataset of the catalogue. */
export function contracts(): Record<string, DatasetContract> {
  return Object.fromEntries(
    Object.entries(catalogue).map(([id, entry]) => {
      const dataset = entry as unknown as Dataset;
      const types = Object.fromEntries(columnsOf(dataset).map((column) => [column.name, column.type]));
      return [id, { columns: dataset.columns, types, key: dataset.key }];
    }),
  );
}

/** Dataset → what it was computed from: the tables its analysis reads, without the prefix of other datasets. */
export function lineageOf(analyses: readonly Analysis[]): Record<string, string[]> {
  const lineage: Record<string, string[]> = {};
  for (const analysis of analyses)
    for (const dataset of analysis.writes)
      lineage[dataset] = [
        ...new Set([
          ...(lineage[dataset] ?? []),
          ...analysis.reads.map((table) => table.replace(/^out\./, "")),
        ]),
      ].sort();
  return lineage;
}

/** Rows of all datasets that analyses wrote. */
export const rowsWritten = (done: readonly Analysed[]): number =>
  done.reduce((total, { rows }) => total + Object.values(rows).reduce((a, b) => a + b, 0), 0);

/** `estimate` counts what would be asked of models, and leaves the analyses as the offline engine alone makes them. */
export async function analyseCommand(environment: Environment, estimate = false): Promise<Done> {
  const clock = await lastClock(environment);
  const engine = openEngine(environment, clock, { estimate });
  const warehouse = await openBuilt(environment, clock);
  try {
    const done = await analyse({
      warehouse,
      clock,
      publication: environment.publication,
      state: environment.state,
      publications: environment.publications,
      log: environment.effects.log,
      models: engine,
    });
    if (estimate)
      return {
        text: engine ? estimateText(engine) : "The engine is offline: no question would be asked of a model.",
        gaps: 0,
        result: engine?.estimates() ?? [],
      };
    const rows = rowsWritten(done);
    return {
      ...{ edition: clock.edition, rows: { rows_out: rows } },
      ...{ text: `${clock.edition}: ${done.length} analyses, ${rows} rows`, gaps: 0, result: done },
    };
  } finally {
    warehouse.close();
  }
}
