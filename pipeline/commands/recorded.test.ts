// Every command that changes the state leaves a record, whichever way it ends; what changes nothing leaves none.
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { commandRuns } from "../../data/contract/run-record.ts";
import { LeapError } from "../core/errors.ts";
import { silentLog } from "../core/log.ts";
import { readRunLines, runsFile } from "../core/run-record.ts";
import { type Done, openEnvironment } from "./environment.ts";
import { errorLine, logsJson } from "./logging.ts";
import { receiptRows, recorded } from "./recorded.ts";

const folder = mkdtempSync(join(tmpdir(), "leap-recorded-"));
afterAll(() => rmSync(folder, { recursive: true }));

function environmentIn(name: string) {
  const opened = openEnvironment({ publication: "kbeauty", state: join(folder, name) });
  return { ...opened, effects: { ...opened.effects, log: silentLog } };
}
const runsIn = (name: string) => commandRuns(readRunLines(runsFile(join(folder, name))));
const done = (gaps: number): Done => ({ text: "", gaps, result: null, rows: { rows_in: 3, rows_out: 2 } });

test("done, done with gaps and refused are told apart, with their steps", async () => {
  await recorded(environmentIn("ends"), "model", async () => done(0));
  await recorded(environmentIn("ends"), "publish", async () => done(1));
  const refused = recorded(environmentIn("ends"), "collect", () => Promise.reject(new LeapError("no token")));
  await expect(refused).rejects.toThrow("no token");
  const runs = runsIn("ends");
  expect(runs.map(({ verb, state, exit }) => [verb, state, exit])).toEqual([
    ["collect", "failed", 1],
    ["publish", "done_with_gaps", 2],
    ["model", "done", 0],
  ]);
  expect(new Set(runs.map(({ run }) => run)).size).toBe(3);
  expect(runs[2]?.steps).toMatchObject([{ step: "model", rows_in: 3, rows_out: 2 }]);
});

test("leap run names its own steps", async () => {
  await recorded(environmentIn("run"), "run", async ({ record }) => {
    await record.step("collect", async () => [], { rows: receiptRows });
    return done(0);
  });
  expect(runsIn("run")[0]?.steps.map(({ step, rows_in }) => [step, rows_in])).toEqual([["collect", 0]]);
});

test("a dry run leaves nothing, not even a folder", async () => {
  await recorded(environmentIn("dry"), "collect", async () => done(0), { changesNothing: true });
  expect(existsSync(join(folder, "dry"))).toBe(false);
});

test("a refusal takes the form of the log: a line for people, or an object with the run", () => {
  const text = "unknown market: xx.";
  expect(errorLine({}, text)).toBe(text);
  expect(JSON.parse(errorLine({ log: "json", runId: "r1", verb: "model" }, text))).toMatchObject({
    ...{ level: "error", run: "r1", verb: "model", message: text },
  });
  expect(logsJson({}, { LEAP_LOG: "json" })).toBe(true);
  expect(logsJson({ log: "text" }, { LEAP_LOG: "json" })).toBe(false);
  expect(() => logsJson({}, { LEAP_LOG: "xml" })).toThrow("invalid LEAP_LOG: xml. Give text or json.");
});
