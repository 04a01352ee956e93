// `leap status`: what the page /status/ says, on a terminal: whether readers can rely on the edition, what was collected and missed, what is left.

import { type CommandRun, commandRuns } from "../../data/contract/run-record.ts";
import type { Status } from "../../data/contract/status.ts";
import { type StatusInput, statusOf } from "../../data/contract/status-of.ts";
import { readRunLines, runsFile } from "../core/run-record.ts";
import type { StatePaths } from "../core/state.ts";
import type { Row } from "../core/types.ts";
import { table } from "./explain.ts";
import { readPublished, readPublishedEdition, readPublishedRows } from "./published.ts";

/** The status of the latest edition, as /api/v1/status.json has it, with the runs up to now. Throws LeapError when nothing was published. */
export async function status(state: StatePaths): Promise<Status> {
  const { latest, editions } = await readPublished(state);
  const described = await Promise.all(editions.map(({ edition }) => readPublishedEdition(state, edition)));
  const rows = (dataset: string) => readPublishedRows(state, latest, dataset);
  const [collections, limits, incidents, weeks, checks, analyses] = await Promise.all(
    ["collections", "collection_limits", "incidents", "coverage_weeks", "checks", "analyses"].map(rows),
  );
  return statusOf({
    edition: described.find((edition) => edition.edition === latest),
    editions: described,
    ...{ collections, limits, incidents, weeks, checks, analyses },
    runs: commandRuns(readRunLines(runsFile(state.root))),
  } as unknown as StatusInput);
}

export function statusText(found: Status): string {
  const { stamps, rows, health, freshness, checks, analyses } = found;
  return [
    `${found.title}, edition ${found.edition} (${found.provenance}): ${health.status}`,
    ...health.reasons.map((reason) => `${reason.state}: ${reason.says}`),
    `data through ${stamps.data_through}, collected ${stamps.collected_at}, published ${stamps.published_at}, next expected ${stamps.next_expected_at ?? "not scheduled"}`,
    `received ${rows.received} = kept ${rows.kept} + duplicates ${rows.duplicates} + quarantined ${rows.quarantined}${rows.withdrawn > 0 ? ` + withdrawn ${rows.withdrawn}` : ""}`,
    `checks: ${checks.passed} passed, ${checks.failed.length} failed${checks.failed.length > 0 ? `: ${checks.failed.join(", ")}` : ""}`,
    `models: ${analyses.questions} questions, ${analyses.answered} answered, ${analyses.cache_hit_rate === null ? "none" : `${Math.round(100 * analyses.cache_hit_rate)}%`} of them kept from before, $${analyses.cost_usd.toFixed(6)} paid`,
    ...found.gaps.map((gap) => `gap: ${gap.section}: ${gap.reason}. ${gap.needs}`),
    ...section(
      `freshness by market, promised ${freshness.warn_hours} h, not seen from ${freshness.error_hours} h on`,
      freshness.markets.map(({ market, state, last_covered_at, age_hours }) => ({
        ...{ market, state, last_seen: last_covered_at ?? "", age_hours },
      })),
    ),
    ...section(
      "collections of 13 weeks",
      found.collections.map((row) => ({
        ...{ source: row.source, platform: row.platform, market: row.market },
        done: `${row.runs_succeeded} of ${row.runs_scheduled}`,
        why_not: row.failures.join(", "),
        ...{ hours_not_seen: row.hours_uncovered, hours_lost: row.hours_lost, requests: row.requests },
        ...{ posts: row.posts_received, deleted_upstream: row.deleted_upstream },
      })),
    ),
    ...section(
      "limits",
      found.limits.map((limit) => ({
        ...{ source: limit.source, limit: limit.title, used: limit.used, allowed: limit.capacity },
        ...{ left: limit.remaining, full_again: limit.resets_at ?? "", waiting: limit.queued.join(", ") },
      })),
    ),
    ...lines(
      `incidents: ${found.incidents.errors} errors, ${found.incidents.warnings} warnings of ${found.incidents.total}`,
      found.incidents.latest
        .slice(0, 10)
        .map(
          ({ at, source, market, severity, says, times }) =>
            `${at} ${severity} ${source}${market === null ? "" : ` ${market}`}: ${says}${times > 1 ? ` (${times} times)` : ""}`,
        ),
    ),
    ...lines("last runs", found.runs.slice(0, 5).map(runLine)),
    ...section("editions", found.editions as unknown as Row[]),
  ].join("\n");
}

const section = (title: string, rows: readonly Row[]): string[] =>
  rows.length === 0 ? [] : ["", `${title}:`, table(rows)];

const lines = (title: string, told: readonly string[]): string[] =>
  told.length === 0 ? [] : ["", `${title}:`, ...told];

/** Steps of several editions are told once, with the time of all. */
function runLine({ started_at, verb, state, steps, run }: CommandRun): string {
  const times = [...Map.groupBy(steps, ({ step }) => step)].map(
    ([step, own]) =>
      `${step} ${(own.reduce((sum, { milliseconds }) => sum + milliseconds, 0) / 1000).toFixed(1)} s`,
  );
  const rows = (
    steps.findLast(({ step }) => step === "model") ?? steps.find(({ rows_in }) => rows_in !== null)
  )?.rows_in;
  return `${started_at} ${verb} ${state.replaceAll("_", " ")}: ${[...times, ...(rows == null ? [] : [`${rows} rows in`])].join(", ") || "no step"} (${run})`;
}
