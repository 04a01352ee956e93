// Labelled series in the shapes people bring, and figures that can be counted by hand.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import type { EvaluationContext, Given } from "../../core/evaluation.ts";
import { silentLog } from "../../core/log.ts";
import { readTable } from "../../core/table.ts";
import { seededRandom } from "../../stats/seeded-random.ts";
import { evaluation } from "./evaluation.ts";
import { labelledSeries } from "./labelled.ts";
import { scores } from "./score.ts";

const folder = mkdtempSync(path.join(tmpdir(), "leap-trends-"));
afterAll(() => rmSync(folder, { recursive: true }));

const context: EvaluationContext = { log: silentLog, random: seededRandom, milliseconds: () => 0 };
const evaluate = (given: Given) => evaluation.evaluate(given, context);

function file(name: string, lines: readonly string[]): string {
  const place = path.join(folder, name);
  writeFileSync(place, `${lines.join("\n")}\n`);
  return place;
}

const day = (i: number) => new Date(Date.UTC(2026, 0, 1) + i * 86_400_000).toISOString().slice(0, 10);
const isBurst = (i: number) => i >= 80 && i < 86;
const wave = (i: number) => 20 + ((i * 7) % 5);
const rows = Array.from({ length: 112 }, (_, i) => i);

test("a plain burst in a file is found on its days, however columns and labels are called", async () => {
  const labelled = file("plain.csv", [
    "ds,Views,is_anomaly",
    ...rows.map((i) => `${day(i)},${wave(i) * (isBurst(i) ? 4 : 1)},${isBurst(i) ? "True" : "false"}`),
  ]);
  const { figures, tables } = await evaluate({ file: labelled });
  expect(figures).toMatchObject({ dayF1: 1, precision: 1, recall: 1, eventRecall: 1, delay: 0, n: 1 });
  expect(figures["falseAlarmShare"]).toBeNull();
  expect(Object.values(tables ?? {})[0]).toMatchObject([
    { from: day(80), to: day(85), steps: 6, known: "yes" },
  ]);
});

test("several series in any order, days left out, values missing: quiet ones are told apart from those with a burst", async () => {
  const labelled = file("several.tsv", [
    "term\tday\tcount\tlabel",
    ...rows
      .toReversed()
      .flatMap((i) => [
        ...(i === 30 ? [] : [`loud\t${day(i)}\t${wave(i) * (isBurst(i) ? 4 : 1)}\t${isBurst(i) ? 1 : 0}`]),
        `quiet\t${day(i)}\t${i === 40 ? "" : wave(i + 1)}\t0`,
      ]),
  ]);
  const { figures, n } = await evaluate({ file: labelled, last: "56" });
  expect(n).toBe(2);
  expect(figures).toMatchObject({ dayF1: 1, eventRecall: 1, falseAlarmShare: 0, delayFalseAlarmShare: 0 });
});

test("a day and then only numbers: every column is a series, without labels nothing is scored", async () => {
  const wide = file("wide.csv", [
    "date,retinol,cica",
    ...rows.map((i) => `${day(i)},${wave(i) * (isBurst(i) ? 4 : 1)},${wave(i + 2)}`),
  ]);
  const { n, figures, tables, notes } = await evaluate({ file: wide });
  expect([n, figures["dayF1"]]).toEqual([2, null]);
  expect(Object.values(tables ?? {})[0]).toMatchObject([{ series: "retinol", from: day(80), to: day(85) }]);
  expect(notes.join()).toContain("one series a column: retinol, cica");
});

test("several series that no column tells apart are asked about, not mixed; a KPI ID tells them apart", async () => {
  const several = (name: string) => [
    `timestamp,value,label,${name}`,
    ...rows.flatMap((i) => [`${day(i)},${wave(i)},0,a`, `${day(i)},${wave(i + 3)},0,b`]),
  ];
  expect((await evaluate({ file: file("kpi.csv", several("KPI ID")) })).n).toBe(2);
  await expect(evaluate({ file: file("mixed.csv", several("Gruppe")) })).rejects.toThrow(
    "112 of 224 rows name a step again",
  );
});

test("weeks of ISO 8601 follow each other over the new year", async () => {
  const weeks = ["2020-W51", "2020-W52", "2020-W53", "2021-W01", "2021-W02"];
  const table = await readTable(file("weeks.csv", ["week,count", ...weeks.map((week, i) => `${week},${i}`)]));
  const { series, stepDays } = labelledSeries(table, {});
  expect(stepDays).toBe(7);
  expect([...(series[0]?.counts ?? [])]).toEqual([0, 1, 2, 3, 4]);
});

test("logarithms are read as what they are of, and values without whole numbers in thousandths", async () => {
  const labelled = file("logs.csv", [
    "date,y,label",
    ...rows.map((i) => `${day(i)},${Math.log(wave(i) * (isBurst(i) ? 4 : 1))},${isBurst(i) ? 1 : 0}`),
  ]);
  const { figures, notes } = await evaluate({ file: labelled, log: "true" });
  expect(figures["dayF1"]).toBe(1);
  expect(notes.join(" ")).toContain("thousandths");
});

test.each([
  [
    "a label outside the scheme",
    ["date,y,label", `${day(0)},3,maybe`],
    "unknown label: maybe in bad.csv, line 2",
  ],
  ["a value below zero", ["date,y,label", `${day(0)},-3,0`], "invalid value: -3 in bad.csv, line 2"],
  ["a date that is none", ["date,y,label", "soon,3,0"], "invalid date: soon in bad.csv, line 2"],
  [
    "no column of values",
    ["date,colour,size", `${day(0)},red,big`],
    "missing column: value in bad.csv. It has date, colour, size",
  ],
])("%s is refused with file, line and next step", async (_, lines, words) => {
  await expect(evaluate({ file: file("bad.csv", lines) })).rejects.toThrow(words);
});

test("a series of two hundred thousand steps is read like a short one", () => {
  const steps = Array.from({ length: 200_000 }, (_, i) => ({ value: i % 7 }));
  const lines = steps.map((_, i) => i + 2);
  const read = { name: "minutes.csv", columns: ["value"], rows: steps, lines, sha256: "", rejected: [] };
  expect(labelledSeries(read, {}).series.map(({ counts }) => counts.length)).toEqual([200_000]);
});

test("neither file nor simulation, or a simulation of half a series, is refused", async () => {
  await expect(evaluate({})).rejects.toThrow("missing input: give --file");
  await expect(evaluate({ simulate: "0.5" })).rejects.toThrow("invalid --simulate: 0.5");
  await expect(evaluate({ simulate: "4", overdispersion: "-1" })).rejects.toThrow(
    "invalid --overdispersion: -1",
  );
});

test.each([
  ["three points", ["1", "90", "2"]],
  ["always the same", Array.from({ length: 70 }, () => "5")],
  ["nothing but gaps", Array.from({ length: 70 }, () => "NaN")],
])("%s: an answer without an alarm and without a figure that is none", async (_, values) => {
  const { figures } = await evaluate({
    file: file("odd.csv", ["t,value,label", ...values.map((value, i) => `${i},${value},0`)]),
  });
  expect(figures).toMatchObject({ dayF1: null, eventRecall: null, falseAlarmShare: 0, delay: null });
});

test("figures counted by hand: two days right, one wrong, two missed, one quiet series alarmed", () => {
  const series = (burst: boolean[]) => ({
    id: "",
    stamps: burst.map(String),
    counts: Float64Array.from(burst, () => 1),
    burst,
    scoredFrom: 0,
  });
  const call = (from: number, to: number) => ({ from, to, count: 1, usual: 1, p: 0, q: 0 });
  const four = [false, true, true, true, true, false, false];
  const figures = scores([
    { series: series(four), bursts: [call(0, 2)] },
    { series: series(four.map(() => false)), bursts: [] },
    { series: series(four.map(() => false)), bursts: [call(3, 3)] },
  ]);
  expect(figures).toEqual({
    dayF1: 4 / (4 + 2 + 2),
    precision: 2 / 4,
    recall: 2 / 4,
    eventRecall: 1,
    falseAlarmShare: 1 / 2,
  });
});

test("the same seed invents the same series, and a simulation of the asked kind is found", async () => {
  const given = { simulate: "40", seed: "test" };
  const [one, other] = [await evaluate(given), await evaluate(given)];
  expect(one).toEqual(other);
  expect(one.figures["dayF1"]).toBeGreaterThan(0.85);
  expect(one.figures["eventRecall"]).toBeGreaterThan(0.85);
});

test("every case can be run as it stands", () => {
  const options = new Set(evaluation.options.map(({ flags }) => /--([a-z-]+)/.exec(flags)?.[1]));
  for (const one of evaluation.cases("nowhere"))
    for (const name of Object.keys(one.given)) expect(options).toContain(name);
});
