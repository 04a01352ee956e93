// What the collectors say of their own work, as tables that models ask for whether or not anybody collects: a publication of files has none of it.
import { duckdbType } from "../../data/contract/dataset.ts";
import { IncidentRow, LimitRow, RunRow } from "../collecting/collector-rows.ts";
import type { Source } from "../core/types.ts";

const typed = (
  shape: Readonly<Record<string, Parameters<typeof duckdbType>[0]>>,
): Record<string, string> => ({
  ...Object.fromEntries(Object.entries(shape).map(([name, type]) => [name, duckdbType(type)])),
  receipt: "VARCHAR",
});

/** Columns of `all_runs`. Sources that hold runs of their own, such as the sample, count what they fetched instead of what they received. */
export const stagedRuns = { ...typed(RunRow.shape), posts_fetched: "BIGINT" };

/** Columns of the other `all_<thing>` as the source `collector` stages them. */
export const collectorTables = {
  all_limits: typed(LimitRow.shape),
  all_incidents: typed(IncidentRow.shape),
};

/** One row a source: whether it brings posts. A week in which only page views were counted is no week of posts. */
export const sourceKinds = { source: "VARCHAR", has_posts: "BOOLEAN" } as const;

/** Rows of `source_kinds`. */
export const kindsOf = (sources: readonly Source[]) =>
  sources.map(({ id, counted }) => ({ source: id, has_posts: counted.length > 0 }));
