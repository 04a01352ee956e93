// Editions whose texts have expired: what was read from the texts themselves (claims, themes, the quality of captions, what creators disclose) cannot
// be read again, so it is carried over from the edition as readers have it. Everything that is counted from labels is counted anew.
import type { MetricDefinition } from "../../data/contract/metric.ts";
import type { Publication } from "../../data/contract/publication.ts";
import type { StatePaths } from "../core/state.ts";
import type { Analysis, AnalysisContext, Row, RunClock } from "../core/types.ts";
import type { OpenWarehouse } from "../core/warehouse.ts";
import { readPublishedRows } from "./published.ts";
import { readRegister } from "./write-edition.ts";

interface CarryRequest {
  readonly warehouse: OpenWarehouse;
  readonly publication: Publication;
  readonly state: StatePaths;
  readonly clock: RunClock;
}

/** The analyses, those that read texts replaced where texts are missing and readers have the edition. */
export async function withCarried(
  analyses: readonly Analysis[],
  request: CarryRequest,
): Promise<readonly Analysis[]> {
  const { state, clock } = request;
  if (!(await textsAreMissing(request))) return analyses;
  if ((await readPublishedRows(state, clock.edition, "metrics")).length === 0) return analyses;
  const register = await readRegister();
  return analyses.map((analysis) =>
    analysis.reads.includes("int_texts")
      ? {
          ...analysis,
          run: (context: AnalysisContext) =>
            carried(analysis, request, context, metricsOf(analysis, register)),
        }
      : analysis,
  );
}

/** True where a post of the year before the clock has lost its text. */
export async function textsAreMissing({
  warehouse,
  clock,
}: Pick<CarryRequest, "warehouse" | "clock">): Promise<boolean> {
  const tables = await warehouse.tables();
  if (!tables.includes("int_texts") || !tables.includes("int_retained_sights")) return false;
  const [found] = await warehouse.query<{ missing: boolean }>(
    `SELECT count(*) > 0 AS missing FROM posts JOIN int_retained_sights USING (post_key)
     WHERE posted_at >= timestamp '${clock.until.slice(0, 19)}' - INTERVAL 365 DAY`,
  );
  return found?.missing ?? false;
}

/** Metrics that an analysis computes; of those that a model computes, those that stand in a dataset of its own. */
function metricsOf({ id, writes }: Analysis, register: readonly MetricDefinition[]): Set<string> {
  const ours = `pipeline/analyses/${id}/`;
  const own = register.filter(
    ({ computed_in, dataset }) =>
      computed_in.startsWith(ours) ||
      (!computed_in.startsWith("pipeline/analyses/") && dataset !== "metrics" && writes.includes(dataset)),
  );
  return new Set(own.map((metric) => metric.id));
}

async function carried(
  analysis: Analysis,
  { warehouse, publication, state, clock }: CarryRequest,
  context: AnalysisContext,
  metrics: ReadonlySet<string>,
): Promise<Record<string, Row[]>> {
  const creators = new Set(publication.creators.map(({ id }) => id));
  const posts = new Set(
    (
      await warehouse.query<{ key: string }>(
        "SELECT post_key::varchar AS key FROM posts WHERE creator IS NOT NULL",
      )
    ).map(({ key }) => key),
  );
  const former = new Set(
    (await readPublishedRows(state, clock.edition, "creators"))
      .map(({ creator }) => String(creator))
      .filter((creator) => !creators.has(creator)),
  );
  // Whoever left the registry since leaves what is carried, too.
  const stays = (row: Row): boolean =>
    (typeof row["creator"] !== "string" || creators.has(row["creator"])) &&
    (typeof row["post_key"] !== "string" || posts.has(row["post_key"])) &&
    !former.has(String(row["entity"]));
  // Two analyses may say one metric of different things; which are this one's, it says itself, whatever it makes of texts that are gone.
  const again = (await analysis.run({ ...context, models: null }))["metrics"] ?? [];
  const ids = new Set(again.map((row) => row["metric_id"]));
  const rows: Record<string, Row[]> = {};
  for (const dataset of analysis.writes) {
    const published = await readPublishedRows(state, clock.edition, dataset);
    const own =
      dataset === "metrics"
        ? published.filter(({ metric, metric_id }) => metrics.has(String(metric)) || ids.has(metric_id))
        : published;
    // Compared with the edition before when it is published, as any other.
    rows[dataset] = own
      .filter(stays)
      .map((row) => (dataset === "metrics" ? { ...row, previous_value: null } : row));
  }
  return rows;
}
