// `leap publish`: describes the edition, completes its datasets with receipts, checks and previous values, and has it written.
import { createHash } from "node:crypto";
import type { Edition } from "../../data/contract/edition.ts";
import { LeapError } from "../core/errors.ts";
import type { StatePaths } from "../core/state.ts";
import type { Receipt, Row, RunClock } from "../core/types.ts";
import type { OpenWarehouse } from "../core/warehouse.ts";
import type { BuiltWarehouse } from "../models/build-warehouse.ts";
import { allAnalyses, contracts, lineageOf } from "./analyse.ts";
import { describeEdition } from "./edition.ts";
import { type Done, type Environment, lastClock, openBuilt, sourcesInUse } from "./environment.ts";
import { countsOf } from "./model.ts";
import { editionBefore, readPublishedRows } from "./published.ts";
import { publishEdition } from "./write-edition.ts";

/** Publishes the edition that stands in the warehouse. */
export async function publish(
  environment: Environment,
  clock: RunClock,
  warehouse: OpenWarehouse,
): Promise<Edition> {
  const { publication, state, effects } = environment;
  const [kept] = await warehouse.query<{ receipt: string }>("select receipt from build_receipts");
  if (!kept)
    throw new LeapError(`missing receipts in the warehouse of ${clock.edition}. Run leap model again.`);
  const receipts = JSON.parse(kept.receipt) as Receipt[];
  const counts = await warehouse.query<Row & BuiltWarehouse["counts"][number]>(
    "select * from build_counts order by source, receipt",
  );
  await fillReceipts(warehouse, clock, receipts, counts);
  await warehouse.insertRows(
    "out.checks",
    typesOf("checks"),
    await warehouse.query(`select '${clock.edition}' as edition, * from build_checks order by "check"`),
  );
  const previousEdition = await editionBefore(state, clock.edition);
  if (previousEdition) await fillPreviousValues(warehouse, state, previousEdition);
  const sources = (await sourcesInUse(environment)).map(({ source }) => ({
    id: source.id,
    title: source.title,
  }));
  const edition = await describeEdition({
    publication,
    clock,
    warehouse,
    receipts,
    counts: countsOf({ counts }),
    previousEdition,
    sources,
  });
  await publishEdition({
    warehouse,
    edition,
    published: state.published,
    lineage: lineageOf(await allAnalyses()),
    log: effects.log,
  });
  return edition;
}

async function fillReceipts(
  warehouse: OpenWarehouse,
  clock: RunClock,
  receipts: readonly Receipt[],
  counts: BuiltWarehouse["counts"],
): Promise<void> {
  const rows = receipts.map((receipt) => {
    const count = counts.find((entry) => entry.source === receipt.source && entry.receipt === receipt.id);
    return {
      edition: clock.edition,
      receipt: `${receipt.source}-${receipt.id}`,
      source: receipt.source,
      collected_at: receipt.collected_at,
      files: receipt.files.length,
      bytes: receipt.files.reduce((total, file) => total + file.bytes, 0),
      sha256: createHash("sha256")
        .update(receipt.files.map((file) => file.sha256).join("\n"))
        .digest("hex"),
      received: (count?.received ?? 0) - (count?.later ?? 0),
      kept: count?.kept ?? 0,
      duplicates: count?.duplicates ?? 0,
      quarantined: count?.quarantined ?? 0,
      withdrawn: count?.withdrawn ?? 0,
      licence_note: receipt.licence_note,
      provenance: receipt.provenance,
    };
  });
  await warehouse.insertRows("out.receipts", typesOf("receipts"), rows);
}

const typesOf = (dataset: string): Readonly<Record<string, string>> => contracts()[dataset]?.types ?? {};

/** The value each metric had in the edition before, where it had one. */
async function fillPreviousValues(
  warehouse: OpenWarehouse,
  state: StatePaths,
  edition: string,
): Promise<void> {
  const before = (await readPublishedRows(state, edition, "metrics")).filter((row) => row["value"] !== null);
  await warehouse.insertRows(
    "build_previous",
    { metric_id: "VARCHAR", value: "DECIMAL(18,6)" },
    before.map((row) => ({ metric_id: row["metric_id"], value: row["value"] })),
  );
  await warehouse.execute(
    "update out.metrics set previous_value = build_previous.value from build_previous where build_previous.metric_id = out.metrics.metric_id",
  );
}

export async function publishCommand(environment: Environment): Promise<Done> {
  const clock = await lastClock(environment);
  const warehouse = await openBuilt(environment, clock);
  try {
    const edition = await publish(environment, clock, warehouse);
    return {
      ...{ edition: edition.edition, rows: { rows_in: edition.counts.kept } },
      text: [`${edition.edition} published in ${environment.state.published}`, ...gapLines([edition])].join(
        "\n",
      ),
      gaps: edition.gaps.length,
      result: edition,
    };
  } finally {
    warehouse.close();
  }
}

/** The gaps of the last edition, a line each. */
export const gapLines = (editions: readonly Edition[]): string[] =>
  (editions.at(-1)?.gaps ?? []).map((gap) => `gap: ${gap.section}: ${gap.reason}. ${gap.needs}`);
