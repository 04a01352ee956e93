// Status and health of an edition for pages and for the API: one computation, the same as `leap status` prints.
import type { Status } from "../../data/contract/status.ts";
import { statusOf } from "../../data/contract/status-of.ts";
import { editionIds, readEdition, rows, runsAtHand } from "./data.ts";

export type { CommandRun } from "../../data/contract/run-record.ts";
export type { HealthReason, MarketFreshness, Status } from "../../data/contract/status.ts";

export function readStatus(): Status {
  const edition = readEdition();
  return statusOf({
    edition,
    editions: editionIds().map((id) => readEdition(id)),
    collections: rows("collections"),
    limits: rows("collection_limits"),
    incidents: rows("incidents"),
    weeks: rows("coverage_weeks"),
    checks: rows("checks"),
    analyses: rows("analyses"),
    runs: runsAtHand(),
  });
}

/** Of a file under /api/v1/. */
export const jsonFile = (value: unknown): Response =>
  new Response(`${JSON.stringify(value, null, 1)}\n`, {
    headers: { "content-type": "application/json; charset=utf-8" },
  });
