// The embedded sample on the real line (generator → bronze → models → the named analyses), for tests that hold analyses to its planted truths.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { contracts } from "../commands/analyse.ts";
import { readPublication } from "../commands/publication.ts";
import { runAnalyses } from "../core/analyse.ts";
import { runClock } from "../core/clock.ts";
import { silentLog } from "../core/log.ts";
import { statePaths } from "../core/state.ts";
import type { Analysis, Row } from "../core/types.ts";
import { buildWarehouse } from "../models/build-warehouse.ts";
import { readPosts } from "../models/read-posts.ts";
import { source } from "../sources/sample/source.ts";
import { seededRandom } from "../stats/seeded-random.ts";

/**
 * Rows of every dataset that the analyses write, sorted by its key, as of the sample's last edition.
 */
export async function analysedSample(
  analyses: readonly Analysis[],
): Promise<Readonly<Record<string, Row[]>>> {
  const folder = mkdtempSync(join(tmpdir(), "leap-sample-"));
  try {
    const publication = readPublication("kbeauty");
    const clock = runClock("kbeauty", "2026-11-20");
    const state = statePaths("kbeauty", folder);
    const config = source.config.parse({ seed: publication.sources[0]?.["seed"] });
    const effects = { log: silentLog, fetch: globalThis.fetch, now: () => new Date(clock.as_of) };
    await source.collect(
      { config, publication, bronze: join(state.bronze, source.id), until: clock.as_of },
      effects,
    );
    const { warehouse } = await buildWarehouse(
      { publication, state, clock, sources: [source as typeof source & { config: never }], effects },
      { file: false },
    );
    try {
      const datasets = contracts();
      await readPosts({
        ...{ warehouse, publication, run: clock, models: null, log: silentLog },
        folders: { models: "pipeline/models" },
      });
      await runAnalyses(warehouse, analyses, {
        models: null,
        publication,
        run: clock,
        log: silentLog,
        random: seededRandom,
        previous: async () => [],
        datasets,
        shared: ["metrics"],
      });
      const out: Record<string, Row[]> = {};
      for (const dataset of new Set(analyses.flatMap((analysis) => analysis.writes)))
        out[dataset] = await warehouse.query(
          `select * from out.${dataset} order by ${datasets[dataset]?.key.map((column) => `"${column}"`).join(", ")}`,
        );
      return out;
    } finally {
      warehouse.close();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
