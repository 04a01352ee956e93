import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { commandRuns } from "../../data/contract/run-record.ts";
import { jsonLog, silentLog } from "./log.ts";
import { openRunRecord, readRunLines, runId, runsFile } from "./run-record.ts";
import { keepSecret } from "./secrets.ts";

const folder = mkdtempSync(join(tmpdir(), "leap-record-"));
afterAll(() => rmSync(folder, { recursive: true }));
const now = () => new Date("2026-11-20T08:00:00Z");

function openIn(name: string, verb = "model", log = silentLog) {
  const file = runsFile(join(folder, name));
  let tick = 0;
  const ticks = () => (tick += 250);
  return { file, record: openRunRecord(file, { id: runId(verb, now(), "abc123"), verb, now, log, ticks }) };
}

test("a command leaves when it began, what each step took, rows in and out, and how it ended", async () => {
  const { file, record } = openIn("whole");
  const rows = (kept: number) => ({ rows_in: 10, rows_out: kept });
  expect(await record.step("model", async () => 8, { rows, edition: () => "2026-W47" })).toBe(8);
  record.end(0);
  expect(commandRuns(readRunLines(file))).toEqual([
    {
      ...{ run: "20261120T080000Z-model-abc123", verb: "model", exit: 0, state: "done" },
      ...{ started_at: "2026-11-20T08:00:00.000Z", ended_at: "2026-11-20T08:00:00.000Z" },
      steps: [{ step: "model", edition: "2026-W47", milliseconds: 250, rows_in: 10, rows_out: 8 }],
    },
  ]);
});

test("a step that throws is written down with its time, and the error without its secret", async () => {
  keepSecret("canary-token-7");
  const { file, record } = openIn("broken");
  await expect(record.step("model", () => Promise.reject(new Error("no")))).rejects.toThrow("no");
  record.end(1, "refused with canary-token-7");
  expect(readFileSync(file, "utf8")).not.toContain("canary");
  expect(readRunLines(file).map(({ kind, done, exit, says }) => [kind, done, exit, says])).toEqual([
    ["started", undefined, undefined, undefined],
    ["step", false, undefined, undefined],
    ["ended", undefined, 1, "refused with [secret]"],
  ]);
});

test("the journal is only ever added to", async () => {
  const first = openIn("twice");
  first.record.end(0);
  const before = readFileSync(first.file, "utf8");
  openIn("twice", "render").record.end(2);
  expect(readFileSync(first.file, "utf8").startsWith(before)).toBe(true);
  expect(readRunLines(first.file)).toHaveLength(4);
});

test("a structured log is one object a line with run and verb, tells every step, and holds no secret and no raw line break", async () => {
  keepSecret("canary-token-8");
  const written: string[] = [];
  const stream = { write: (text: string) => written.push(text) > 0 };
  const log = jsonLog({ run: "r1", verb: "model", now }, stream as never);
  log.info("first\nline", { source: "instagram" });
  log.warn("canary-token-8 refused");
  await openIn("log", "model", log).record.step("model", async () => 1);
  expect(written.every((line) => line.endsWith("\n") && !line.slice(0, -1).includes("\n"))).toBe(true);
  const lines = written.map((line) => JSON.parse(line));
  expect(lines[0]).toEqual({
    ...{ at: "2026-11-20T08:00:00.000Z", level: "info", run: "r1", verb: "model", message: "first\nline" },
    source: "instagram",
  });
  expect(lines[1]).toMatchObject({ level: "warn", message: "[secret] refused" });
  expect(lines[2]).toMatchObject({ level: "info", message: "model done", step: "model", milliseconds: 250 });
});
