// Series in the shapes people bring, and figures that can be counted by hand.
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, test } from "vitest";
import type { EvaluationContext, Given } from "../../core/evaluation.ts";
import { silentLog } from "../../core/log.ts";
import { seededRandom } from "../../stats/seeded-random.ts";
import { evaluation } from "./evaluation.ts";
import { readSeriesFile } from "./series-file.ts";

const folder = mkdtempSync(path.join(tmpdir(), "leap-forecast-"));
afterAll(() => rmSync(folder, { recursive: true }));
const context: EvaluationContext = { log: silentLog, random: seededRandom, milliseconds: () => 0 };
const evaluate = (given: Given) => evaluation.evaluate(given, context);
function file(name: string, lines: readonly string[]): string {
  const place = path.join(folder, name);
  writeFileSync(place, `${lines.join("\n")}\n`);
  return place;
}
const read = async (lines: readonly string[], named = {}, name = "series.csv") =>
  (await readSeriesFile(file(name, lines), named)).series.map(({ id, values }) => [id, [...values]]);

test("wide tables as M4 has them: quoted, empty cells at the end, a hole inside", async () => {
  expect(await read(['"V1","V2","V3","V4","V5"', '"W1","1.5","2","",""', '"W2","3","","5","6"'])).toEqual([
    ["W1", [1.5, 2]],
    ["W2", [3, Number.NaN, 5, 6]],
  ]);
});

test("wide tables as M3 has them: what stands beside the values is left out", async () => {
  expect(
    await read(["Series,N,NF,Type,Starting Year,1,2,3", "N 1,3,6,MICRO,1975,940.66,1084.86,1244.98"]),
  ).toEqual([["N 1", [940.66, 1084.86, 1244.98]]]);
});

test("all values in one cell, or in one list", async () => {
  expect(await read(["id,values", 'W1,"1 2 3"'])).toEqual([["W1", [1, 2, 3]]]);
  expect(await read(['{"id":"W1","target":[1,2,3]}'], {}, "list.ndjson")).toEqual([["W1", [1, 2, 3]]]);
});

test("long tables are put in the order of time, whatever the dates look like; a week left out is a gap", async () => {
  const rows = [
    "Store,Date,Weekly_Sales,Holiday_Flag",
    "1,26-02-2010,4,0",
    "1,05-02-2010,1,0",
    "1,12-02-2010,2,0",
    "2,05-02-2010,9,1",
  ];
  expect(await read(rows)).toEqual([
    ["1", [1, 2, Number.NaN, 4]],
    ["2", [9]],
  ]);
  expect(await read(["ds,y", "2026-01-01,1", "2026-02-01,2", "2026-03-01,NA", "2026-04-01,4"])).toEqual([
    ["series", [1, 2, Number.NaN, 4]],
  ]);
  expect(await read(["a,b,c", "x,2,10", "x,1,20"], { id: "a", time: "b", value: "c" })).toEqual([
    ["x", [20, 10]],
  ]);
});

test("a time and then only numbers: every column is a series, in the order of the times", async () => {
  expect(
    await read(["Month,m1,m2,m3,m4", "1990-02-01,2,,30,5", "1990-01-01,1,10,20,5", "1990-03-01,3,12,,5"]),
  ).toEqual([
    ["m1", [1, 2, 3]],
    ["m2", [10, Number.NaN, 12]],
    ["m3", [20, 30]],
    ["m4", [5, 5, 5]],
  ]);
  await expect(
    read(["date,HUFL,OT", "2016-07-01 00:00:00,1,2", "2016-07-01 01:00:00,1,hot"]),
  ).rejects.toThrow(/line 3: OT = "hot"/);
});

test("a first column without a name is one of times where its cells are; German numbers are numbers", async () => {
  expect(await read([";MT_1;MT_2", "2012-01-01 00:15:00;1,5;2", "2012-01-01 00:30:00;2,5;1.234,5"])).toEqual([
    ["MT_1", [1.5, 2.5]],
    ["MT_2", [2, 1234.5]],
  ]);
});

test("year and month in two columns are one time", async () => {
  expect(await read(["year,month,value", "1991,1,3", "1990,12,2", "1990,11,1"])).toEqual([
    ["series", [1, 2, 3]],
  ]);
  expect(await read(["id,year,quarter,value", "a,1990,4,2", "a,1990,3,1"])).toEqual([["a", [1, 2]]]);
});

test("files of the Monash archive", async () => {
  const lines = ["# a comment", "@attribute series_name string", "@attribute start_timestamp date", "@data"];
  expect(
    await read([...lines, "T1:1979-01-01 00-00-00:1.5,?,3", "T2:1980-01-01 00-00-00:4"], {}, "m.tsf"),
  ).toEqual([
    ["T1", [1.5, Number.NaN, 3]],
    ["T2", [4]],
  ]);
  await expect(read([...lines, "T1:1979-01-01 00-00-00:1,x"], {}, "bad.tsf")).rejects.toThrow(
    'invalid value: bad.tsf line 5: "x"',
  );
});

test("series that nothing tells apart, a row number as id and a table without names are asked about", async () => {
  const mixed = [
    "date,value,shop",
    ...["a", "b"].flatMap((shop) => [`2024-01-01,1,${shop}`, `2024-01-02,2,${shop}`]),
  ];
  await expect(read(mixed)).rejects.toThrow("2 of 4 rows in series.csv name a time of their series again");
  await expect(read(["id,date,sales", "0,2024-01-01,1", "1,2024-01-02,2"])).rejects.toThrow("has one value");
  await expect(read(["W1,1.5,2.5,3.5", "W2,1.5,2.5,3.5"])).rejects.toThrow("missing header: line 1");
});

test("a horizon of one: the second file holds one value a series", async () => {
  const train = file("train-one.csv", [
    "id,t,value",
    ...["a", "b"].flatMap((id) => Array.from({ length: 20 }, (_, t) => `${id},${t},${10 + (t % 3)}`)),
  ]);
  const test = file("test-one.csv", ["id,t,value", "a,20,12", "b,20,11"]);
  const { n } = await evaluate({ train, test, period: "3", horizon: "1" });
  expect(n).toBe(2);
});

test("202312 and 20240131 are dates: the new year is no hole of 89 steps", async () => {
  expect(await read(["id,month,value", "a,202311,1", "a,202312,2", "a,202401,3"])).toEqual([
    ["a", [1, 2, 3]],
  ]);
  expect(await read(["id,day,value", "a,20240131,1", "a,20240201,2", "a,20240203,4"])).toEqual([
    ["a", [1, 2, Number.NaN, 4]],
  ]);
});

test("a constant series is met exactly: inside every interval, and not worse than naive by a rounding", async () => {
  const { figures } = await evaluate({
    train: file("constant.csv", wide([Array(40).fill(5), Array(40).fill(7.3), Array(40).fill(0)])),
    horizon: "4",
  });
  expect(figures).toMatchObject({ coverage80: 1, coverage95: 1, worseThanNaive: 0, mase: null, msis: null });
});

test("what cannot be read is refused with file, line and what to do", async () => {
  await expect(read(["id,date,value", "a,2026-01-01,many"])).rejects.toThrow(
    /series.csv line 2: value = "many"/,
  );
  await expect(read(["id,date,p,q", "a,2026-01-01,1,2"])).rejects.toThrow("--value");
  await expect(read(["id,value", "a,1"], { time: "day" })).rejects.toThrow("unknown column: day");
  await expect(read(["id,date,value", "a,soon,1", "a,later,2"])).rejects.toThrow(
    'invalid time: series.csv has "soon"',
  );
  await expect(read(["name,word", "a,b"])).rejects.toThrow("missing values");
});

const seasons = Array.from({ length: 6 }, (_, i) =>
  Array.from(
    { length: 60 },
    (_, t) => 100 + 20 * i + 30 * Math.sin((2 * Math.PI * t) / 12) + ((t * 7 + i) % 5),
  ),
);
const wide = (part: readonly (readonly number[])[], ids = part.map((_, i) => `S${i}`)) => [
  ["id", ...(part[0] ?? []).map((_, t) => `V${t + 2}`)].join(","),
  ...part.map((values, i) => [ids[i], ...values].join(",")),
];

test("Naive2 is the yardstick: its own figures stand beside ours, and a season beats it", async () => {
  const train = file("train.csv", wide(seasons.map((values) => values.slice(0, 48))));
  const test = file("test.csv", wide(seasons.map((values) => values.slice(48))));
  const { figures, n, notes } = await evaluate({ train, test, period: "12", horizon: "12" });
  expect(n).toBe(6);
  expect(figures["maseNaive2"]).toBeGreaterThan(0);
  expect(figures["againstNaive"]).toBeLessThan(0.5);
  expect(figures["owa"]).toBeCloseTo(
    ((figures["smape"] as number) / (figures["smapeNaive2"] as number) +
      (figures["mase"] as number) / (figures["maseNaive2"] as number)) /
      2,
    12,
  );
  expect(notes.join(" ")).toContain("paired by id");
});

test("rows without shared ids are paired in order, and other counts of rows are refused", async () => {
  const train = file("a.csv", wide(seasons.slice(0, 2), ["a", "b"]));
  const test = file(
    "b.csv",
    wide(
      seasons.slice(0, 2).map((values) => values.slice(0, 3)),
      ["x", "y"],
    ),
  );
  const { notes, figures } = await evaluate({ train, test, horizon: "6" });
  expect(notes.join(" ")).toMatch(/paired by row.*the horizon is 3, not 6/s);
  expect(figures["coverage80"]).not.toBeNull();
  const other = file(
    "c.csv",
    wide(
      seasons.slice(0, 3).map((values) => values.slice(0, 3)),
      ["x", "y", "z"],
    ),
  );
  await expect(evaluate({ train, test: other })).rejects.toThrow("invalid pair");
});

test("without a test file the last values are held back; series too short for it are counted out", async () => {
  const train = file("held.csv", ["id,V2,V3,V4,V5,V6", "a,1,2,3,4,5", "b,1,1,1,1,1", "c,1,2,,,", "d,,,,,"]);
  const { n, notes, figures } = await evaluate({ train, horizon: "2" });
  expect(n).toBe(2);
  expect(notes.join(" ")).toMatch(/2 series are no longer than the horizon.*|2 series/);
  for (const value of Object.values(figures)) expect(value === null || Number.isFinite(value)).toBe(true);
  await expect(evaluate({ train, horizon: "9" })).rejects.toThrow("invalid horizon: 9");
  await expect(evaluate({ train })).rejects.toThrow("missing option: --horizon");
  await expect(evaluate({ train, horizon: "2", period: "0" })).rejects.toThrow("invalid --period: 0");
});
