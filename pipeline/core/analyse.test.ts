import { expect, test } from "vitest";
import { z } from "zod";
import { type AnalyseOptions, runAnalyses } from "./analyse.ts";
import { runClock } from "./clock.ts";
import type { Analysis, Row } from "./types.ts";
import { openWarehouse } from "./warehouse.ts";

const contract = {
  columns: z.strictObject({ id: z.string(), score: z.number().max(100).nullable() }),
  types: { id: "VARCHAR", score: "DECIMAL(18,6)" },
  key: ["id"],
};

const options: AnalyseOptions = {
  datasets: { metrics: contract, scores: contract, unwritten: contract },
  shared: ["metrics"],
  publication: {},
  run: runClock("p", "2026-11-20"),
  previous: async () => [],
  random: () => () => 0.5,
  models: null,
  log: { info: () => {}, warn: () => {}, progress: () => {} },
};

const analysis = (id: string, reads: string[], writes: Record<string, Row[]>, seen?: string[]): Analysis => ({
  id,
  reads,
  writes: Object.keys(writes),
  version: "1.0.0",
  run: async () => {
    seen?.push(id);
    return writes;
  },
});

async function run(analyses: Analysis[]) {
  const warehouse = await openWarehouse();
  await warehouse.execute("create table posts as select 1 as n");
  const done = await runAnalyses(warehouse, analyses, options).catch((error) => {
    warehouse.close();
    throw error;
  });
  return { warehouse, done };
}

test("an analysis runs after the writers of what it reads; a dataset that many write is read when all have written", async () => {
  const seen: string[] = [];
  const { warehouse } = await run([
    analysis("a-last", ["out.metrics", "out.scores"], {}, seen),
    analysis("b", ["out.scores"], { metrics: [{ id: "b", score: 1 }] }, seen),
    analysis("c", ["posts"], { scores: [{ id: "s", score: 1 }], metrics: [{ id: "a", score: null }] }, seen),
  ]);
  expect(seen).toEqual(["c", "b", "a-last"]);
  expect(await warehouse.query("select * from out.metrics")).toEqual([
    { id: "a", score: null },
    { id: "b", score: 1 },
  ]);
  expect(await warehouse.query("select * from out.unwritten")).toEqual([]);
  warehouse.close();
});

test("numbers are rounded to six places", async () => {
  const { warehouse } = await run([
    analysis("a", [], {
      scores: [
        { id: "x", score: 1 / 3 },
        { id: "y", score: -1e-9 },
      ],
    }),
  ]);
  expect(await warehouse.query("select score::varchar as score from out.scores order by id")).toEqual([
    { score: "0.333333" },
    { score: "0.000000" },
  ]);
  warehouse.close();
});

test("a row that breaks its contract names analysis, dataset, row, column and value", async () => {
  const broken = (row: Row) => run([analysis("a", [], { scores: [row] })]);
  await expect(broken({ id: "x", score: 101 })).rejects.toThrow(
    "invalid value: analysis a, dataset scores, row id=x: column score = 101:",
  );
  await expect(broken({ id: "x", score: Number.NaN })).rejects.toThrow("column score = null: Invalid input");
  await expect(broken({ id: "x" })).rejects.toThrow("column score = undefined");
  await expect(broken({ id: "x", score: 1, more: 2 })).rejects.toThrow("column more = 2");
});

test("two rows of one key are refused", async () => {
  const rows = [
    { id: "x", score: 1 },
    { id: "x", score: 2 },
  ];
  await expect(run([analysis("a", [], { scores: rows })])).rejects.toThrow(
    "two rows for id=x. Is the grain right?",
  );
});

test("an unknown table, an unknown dataset, two owners and a cycle are told apart", async () => {
  await expect(run([analysis("a", ["postings"], {})])).rejects.toThrow(
    "unknown table: postings, read by the analysis a",
  );
  await expect(run([analysis("a", [], { scoring: [] })])).rejects.toThrow(
    "unknown dataset: scoring, written by the analysis a",
  );
  await expect(run([analysis("a", [], { scores: [] }), analysis("b", [], { scores: [] })])).rejects.toThrow(
    "invalid writes: scores is written by a and by b",
  );
  await expect(
    run([analysis("a", ["out.scores"], { metrics: [] }), analysis("b", ["out.metrics"], { scores: [] })]),
  ).rejects.toThrow("invalid cycle: the analyses a reads b reads a");
});
