// `leap model`: bronze → silver → gold of one edition, with checks. Too many bad rows stop here, before anything is published.
import { LeapError } from "../core/errors.ts";
import type { RunClock } from "../core/types.ts";
import { type BuiltWarehouse, buildWarehouse } from "../models/build-warehouse.ts";
import { type Done, type Environment, folders, lastClock, sourcesInUse, threadsOf } from "./environment.ts";

/** Builds the warehouse of an edition; the caller closes it. Throws LeapError when the quarantine is too full. */
export async function model(environment: Environment, clock: RunClock): Promise<BuiltWarehouse> {
  const { publication, state, effects, options } = environment;
  const sources = (await sourcesInUse(environment)).map(({ source }) => source);
  const built = await buildWarehouse(
    { publication, state, clock, sources, effects },
    { ...folders, publications: environment.publications, ...threadsOf(environment) },
  );
  try {
    await keepBuild(built);
    const counts = countsOf(built);
    const bad = counts.received === 0 ? 0 : (100 * counts.quarantined) / counts.received;
    if (bad > publication.quarantine_limit_pct && !options.allowQuarantine)
      throw new LeapError(
        `invalid rows: ${counts.quarantined} of ${counts.received} (${bad.toFixed(1)} %) are in quarantine, more than the ${publication.quarantine_limit_pct} % that ${publication.id} allows. ` +
          `Read them with: npm run leap -- inspect quarantine --publication ${publication.id}; go on with --allow-quarantine.`,
      );
    return built;
  } catch (error) {
    built.warehouse.close();
    throw error;
  }
}

/** Receipts, counts and checks stay in the warehouse, so that `publish` may run as a command of its own. */
async function keepBuild(built: BuiltWarehouse): Promise<void> {
  const { warehouse } = built;
  await warehouse.insertRows("build_receipts", { receipt: "VARCHAR" }, [
    { receipt: JSON.stringify(built.receipts) },
  ]);
  await warehouse.insertRows(
    "build_counts",
    {
      receipt: "VARCHAR",
      source: "VARCHAR",
      received: "BIGINT",
      kept: "BIGINT",
      duplicates: "BIGINT",
      quarantined: "BIGINT",
      later: "BIGINT",
      withdrawn: "BIGINT",
    },
    built.counts.map((count) => ({ ...count })),
  );
  await warehouse.insertRows(
    "build_checks",
    { check: "VARCHAR", subject: "VARCHAR", state: "VARCHAR", failing_rows: "BIGINT", says: "VARCHAR" },
    built.checks.map(({ check, subject, state, failing_rows, says }) => ({
      check,
      subject,
      state,
      failing_rows,
      says,
    })),
  );
}

/** Rows of posts up to the clock: received = kept + duplicates + quarantined + withdrawn. Rows about later weeks belong to a later edition. */
export function countsOf({ counts }: Pick<BuiltWarehouse, "counts">) {
  const sum = (field: "received" | "kept" | "duplicates" | "quarantined" | "later" | "withdrawn") =>
    counts.reduce((total, count) => total + count[field], 0);
  return {
    received: sum("received") - sum("later"),
    kept: sum("kept"),
    duplicates: sum("duplicates"),
    quarantined: sum("quarantined"),
    withdrawn: sum("withdrawn"),
  };
}

export const equation = (counts: ReturnType<typeof countsOf>): string =>
  `${counts.received} received = ${counts.kept} kept + ${counts.duplicates} duplicates + ${counts.quarantined} quarantined${counts.withdrawn > 0 ? ` + ${counts.withdrawn} withdrawn` : ""}`;

export async function modelCommand(environment: Environment): Promise<Done> {
  const clock = await lastClock(environment);
  const built = await model(environment, clock);
  built.warehouse.close();
  const failed = built.checks.filter((check) => check.state !== "pass").length;
  const { received, kept } = countsOf(built);
  return {
    ...{ edition: clock.edition, rows: { rows_in: received, rows_out: kept } },
    text: `${clock.edition}: ${equation(countsOf(built))}; ${built.built.length} models, ${built.checks.length - failed} checks passed`,
    gaps: 0,
    result: { edition: clock.edition, counts: countsOf(built), checks: built.checks, models: built.built },
  };
}
