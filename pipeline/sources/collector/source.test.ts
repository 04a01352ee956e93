// The desk's own rows in the warehouse: a slot counts once however often it was tried, and what models ask for is there.
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type TestDesk, testDesk } from "../../collecting/test-desk.ts";
import { testServer } from "../../collecting/test-server.ts";
import { source as asked, parserFile } from "../../collecting/test-source.ts";
import { loadBronze, readReceipts } from "../../core/bronze.ts";
import { buildModels, runChecks } from "../../core/build.ts";
import { findModels, orderModels } from "../../core/graph.ts";
import { silentLog } from "../../core/log.ts";
import { statePaths } from "../../core/state.ts";
import { type OpenWarehouse, openWarehouse } from "../../core/warehouse.ts";
import { source } from "./source.ts";

let desk: TestDesk;
let warehouse: OpenWarehouse;
beforeAll(async () => {
  const server = testServer({ one: 3 });
  desk = testDesk({ source: asked, parser: parserFile, config: { tags: ["one"] }, fetch: server.fetch });
  await desk.collect();
  Object.assign(desk.desk, { variables: { LEAP_TEST_TOKEN: "canary-token-123" } });
  await desk.collect();
  await desk.collect("2026-11-20T19:00:00Z");
  warehouse = await openWarehouse({ threads: 1 });
  const state = statePaths("tiny", desk.root);
  await loadBronze(warehouse, state, source, readReceipts(state, "collector", null));
  const files = await findModels({ models: "", sources: "pipeline/sources", sourcesInUse: ["collector"] });
  const models = await orderModels(
    warehouse,
    files,
    ["runs", "limits", "incidents"].map((thing) => `bronze_collector__${thing}`),
  );
  await buildModels(warehouse, models, { cache: join(desk.root, "cache"), publication: {}, log: silentLog });
  const checks = await runChecks(
    warehouse,
    ["pipeline/sources/collector"],
    models.map(({ name }) => name),
  );
  expect(checks.map(({ state: said }) => said)).toEqual(["pass"]);
});
afterAll(() => {
  warehouse?.close();
  desk?.close();
});

test("a slot that was tried without its credential and then collected is one row, and succeeded; a missed one is a row, too", async () => {
  const rows = await warehouse.query(
    "select scheduled_at, succeeded, reason, posts_received, posts_fetched from all_runs where market = 'de' order by scheduled_at",
  );
  expect(rows.map(({ succeeded, reason, posts_received }) => [succeeded, reason, posts_received])).toEqual([
    [true, null, 3],
    [false, "missed", 0],
    [true, null, 3],
  ]);
});

test("limits and incidents keep the run that they are of", async () => {
  const [limits] = await warehouse.query(
    `select count(*)::int as n, max(capacity) as most from all_limits where "limit" = 'tags'`,
  );
  expect(limits).toEqual({ n: 3, most: 30 });
  const says = await warehouse.query("select distinct says from all_incidents order by says");
  expect(says.map((row) => row["says"])).toEqual([
    "1 slots passed without a run",
    "missing LEAP_TEST_TOKEN: Tags of a test was not asked",
  ]);
});
