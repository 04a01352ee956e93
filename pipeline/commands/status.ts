// `leap status`: which editions readers have, how fresh they are, what was received, and what is missing.
import type { Edition } from "../../data/contract/edition.ts";
import type { StatePaths } from "../core/state.ts";
import type { Row } from "../core/types.ts";
import { table } from "./explain.ts";
import { readPublished, readPublishedEdition, readPublishedRows } from "./published.ts";

export interface Status {
  readonly latest: Edition;
  readonly editions: readonly { edition: string; data_through: string; kept: number; gaps: number }[];
  readonly checks: { passed: number; failed: number };
  readonly coverage: readonly Row[];
}

/** Reads what was published. Throws LeapError when nothing was. */
export async function status(state: StatePaths): Promise<Status> {
  const { latest, editions } = await readPublished(state);
  const described = await Promise.all(editions.map(({ edition }) => readPublishedEdition(state, edition)));
  const current = described.find((edition) => edition.edition === latest) as Edition;
  const [checks, metrics] = await Promise.all([
    readPublishedRows(state, latest, "checks"),
    readPublishedRows(state, latest, "metrics"),
  ]);
  return {
    latest: current,
    editions: described.map((edition) => ({
      edition: edition.edition,
      data_through: edition.stamps.data_through,
      kept: edition.counts.kept,
      gaps: edition.gaps.length,
    })),
    checks: {
      passed: checks.filter((check) => check["state"] === "pass").length,
      failed: checks.filter((check) => check["state"] !== "pass").length,
    },
    coverage: metrics.filter((metric) => metric["metric"] === "coverage"),
  };
}

export function statusText(found: Status): string {
  const { latest } = found;
  const { counts, stamps } = latest;
  return [
    `${latest.title}, edition ${latest.edition} (${latest.provenance})`,
    `data through ${stamps.data_through}, collected ${stamps.collected_at}, published ${stamps.published_at}, next expected ${stamps.next_expected_at ?? "not scheduled"}`,
    `received ${counts.received} = kept ${counts.kept} + duplicates ${counts.duplicates} + quarantined ${counts.quarantined}${counts.withdrawn > 0 ? ` + withdrawn ${counts.withdrawn}` : ""}`,
    `checks: ${found.checks.passed} passed, ${found.checks.failed} failed`,
    ...found.coverage.map(
      (metric) =>
        `coverage ${metric["market"]}: ${metric["value"] === null ? `unknown (${metric["reason"]})` : `${Math.round(Number(metric["value"]) * 1000) / 10}%`}`,
    ),
    ...latest.gaps.map((gap) => `gap: ${gap.section}: ${gap.reason}. ${gap.needs}`),
    "",
    table(found.editions as unknown as Row[]),
  ].join("\n");
}
