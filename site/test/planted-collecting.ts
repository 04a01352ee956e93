// An account of collecting with planted failures, put into a published edition: two days without a run, a run that failed, hours lost, a hashtag that
// waits, a refused account, and a command that broke off. For tests that the page and the API say all of it.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { DatasetRow } from "../lib/data.ts";

/** Writes the rows and `runs.jsonl` into the folder; returns the journal's path. */
export function plantCollecting(folder: string, edition: string, market: string): string {
  const write = (dataset: string, rows: readonly unknown[]) =>
    writeFileSync(join(folder, edition, dataset, `${dataset}.json`), JSON.stringify(rows));
  const collection: DatasetRow<"collections"> = {
    ...{ edition, source: "instagram", platform: "instagram", market, has_posts: true, every_hours: 6 },
    ...{ period_start: "2026-11-10T00:00:00.000Z", period_end: "2026-11-17T12:00:00.000Z" },
    ...{ runs_scheduled: 31, runs_succeeded: 22, runs_missed: 8, runs_failed: 1 },
    ...{ failures: ["missed: 8", "account: 1"], hours: 180, hours_uncovered: 54, hours_lost: 30 },
    ...{ pages_available: 90, pages_fetched: 88, requests: 412, posts_received: 1234, posts_repeated: 17 },
    ...{ quarantined: 2, deleted_upstream: 3, targets_queued: 1, provenance: "observed" },
    ...{ first_covered_at: "2026-11-10T00:00:00.000Z", last_covered_at: "2026-11-17T06:00:00.000Z" },
    last_succeeded_at: "2026-11-17T06:00:00.000Z",
  };
  write("collections", [collection]);
  const limit: DatasetRow<"collection_limits"> = {
    ...{ edition, source: "instagram", limit_id: "hashtags", title: "Unique hashtags in 7 days" },
    ...{ unit: "hashtags", account: "ab12cd34", at: "2026-11-17T06:00:00.000Z", capacity: 30, used: 30 },
    ...{ remaining: 0, used_share: 1, most_used_share: 1, resets_at: "2026-11-23T06:00:00.000Z" },
    ...{ server_used_pct: 76, queued: ["#pdrn<script>"] },
  };
  write("collection_limits", [limit]);
  const incident: DatasetRow<"incidents"> = {
    ...{ edition, incident: 1, source: "instagram", market, at: "2026-11-17T12:00:00.000Z", times: 2 },
    ...{ last_at: "2026-11-17T13:00:00.000Z", kind: "stop_account", severity: "error", target: null },
    ...{ says: "The token was <b>refused</b>; renew it with leap auth instagram.", provenance: "observed" },
  };
  write("incidents", [incident]);
  const journal = join(folder, "runs.jsonl");
  const lines = [
    { kind: "started", run: "a", verb: "collect", at: "2026-11-17T12:00:00.000Z" },
    {
      ...{ kind: "step", run: "a", step: "collect", edition: null, milliseconds: 61_400 },
      ...{ rows_in: 40, rows_out: 38, done: true },
    },
    { kind: "ended", run: "a", at: "2026-11-17T12:01:02.000Z", exit: 1, says: "in /home/operator: refused" },
  ];
  writeFileSync(journal, lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
  return journal;
}
