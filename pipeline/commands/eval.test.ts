// An evaluation's figures are kept with what they were measured on; the register holds what was measured last.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeEach, expect, test } from "vitest";
import type { Evaluation, Measured, Training } from "../core/evaluation.ts";
import { silentLog } from "../core/log.ts";
import { columnNamed, readTable } from "../core/table.ts";
import { evalAllCommand, evalCommand } from "./eval.ts";
import { trainWords } from "./eval-words.ts";
import { evaluationContext, findEvaluations, findTrainings, optionName } from "./evaluations.ts";
import { trainCommand } from "./train.ts";

const scratch = mkdtempSync(path.join(tmpdir(), "leap-eval-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const file = path.join(scratch, "coins.csv");
beforeEach(() => writeFileSync(file, "toss,truth\nheads,heads\ntails,heads\n"));

/** The share of tosses that say what they should. */
const coins: Evaluation = {
  id: "coins",
  says: "Whether coins tell the truth.",
  options: [{ flags: "--file <file>", says: "tosses", required: true, file: true }],
  examples: [],
  engine: () => "1.0.0",
  async evaluate(given): Promise<Measured> {
    const table = await readTable(given["file"] as string);
    const [toss, truth] = [columnNamed(table, "Toss"), columnNamed(table, "truth")];
    const right = table.rows.filter((row) => row[toss] === row[truth]).length;
    return {
      n: table.rows.length,
      figures: { accuracy: right / table.rows.length, kappa: null },
      notes: ["two tosses"],
    };
  },
  cases: (datasets) => [
    {
      id: "pocket",
      dataset: "Coins of a pocket",
      licence: "CC0",
      role: "hold-out",
      of: null,
      given: { file: path.join(datasets, "coins.csv") },
      targets: [
        { measure: "accuracy", atLeast: 0.9 },
        { measure: "kappa", atLeast: 0 },
      ],
      beside: [],
      means: "Half of the coins lie.",
    },
  ],
};

const options = {
  results: path.join(scratch, "results"),
  now: () => new Date("2026-11-20T12:00:00Z"),
  context: evaluationContext(silentLog),
};

test("a result is kept with the file's checksum, the engine and the day, and without the file's place on the machine", async () => {
  const { result, text } = await evalCommand(coins, { file }, options);
  expect(result).toMatchObject({ accuracy: 0.5, n: 2, engine: "1.0.0", measuredOn: "2026-11-20" });
  const kept = readFileSync(/kept as (.+)$/.exec(text)?.[1] as string, "utf8");
  expect(JSON.parse(kept)).toMatchObject({
    files: [{ name: "coins.csv", bytes: 35, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) }],
    given: { file: "coins.csv" },
    result: { figures: { accuracy: 0.5 } },
  });
  expect(kept).not.toContain(scratch);
});

test("eval all writes the register and counts a missed target as a gap; a figure that could not be had meets nothing", async () => {
  const register = path.join(scratch, "register");
  const { gaps, text } = await evalAllCommand([coins], { ...options, datasets: scratch, register });
  expect(gaps).toBe(2);
  expect(text).toContain("missed: coins pocket: accuracy 0.5000, target ≥ 0.9");
  const entries = JSON.parse(readFileSync(path.join(register, "coins.json"), "utf8"));
  expect(entries).toHaveLength(1);
  expect(entries[0]).toMatchObject({ case: "pocket", n: 2, targets: [{ met: false }, { met: false }] });
  writeFileSync(file, "toss,truth\nheads,heads\n");
  await evalAllCommand([coins], { ...options, datasets: scratch, register });
  const again = JSON.parse(readFileSync(path.join(register, "coins.json"), "utf8"));
  expect(again).toHaveLength(1);
  expect(again[0].figures.accuracy).toBe(1);
  writeFileSync(path.join(register, "coins.json"), "{");
  await expect(evalAllCommand([coins], { ...options, datasets: scratch, register })).rejects.toThrow(
    /invalid accuracy register: .*coins.json: .*Delete the file and write it again/,
  );
});

test("what is missing is named with its option, and what is unknown with what there is", async () => {
  await expect(evalCommand(coins, { file: "nowhere.csv" }, options)).rejects.toThrow(
    "missing file: nowhere.csv, named by --file <file>.",
  );
  writeFileSync(file, "throw,truth\nheads,heads\n");
  await expect(evalCommand(coins, { file }, options)).rejects.toThrow(
    "unknown column: Toss in coins.csv. It has throw, truth.",
  );
  writeFileSync(file, "toss,truth\n");
  await expect(evalCommand(coins, { file }, options)).rejects.toThrow("invalid file: coins.csv holds no row");
  await expect(
    evalAllCommand([coins], { ...options, datasets: scratch, register: null, only: ["dice"] }),
  ).rejects.toThrow("unknown evaluation: dice. There are coins.");
});

test("a figure that is no number is a mistake of ours, not a result", async () => {
  const broken: Evaluation = {
    ...coins,
    evaluate: async () => ({ n: 0, figures: { f1: Number.NaN }, notes: [] }),
  };
  await expect(evalCommand(broken, { file }, options)).rejects.toThrow("f1 is NaN");
});

test("weights go to the reference data only when their data let them ship", async () => {
  const training: Training = {
    id: "coins",
    says: "",
    options: [],
    train: async () =>
      [true, false].map((ships) => ({
        name: ships ? "free.json" : "bound.json",
        bytes: "{}",
        ships,
        trainedOn: [
          { dataset: "Coins", licence: ships ? "CC0" : "research", file: "coins.csv", sha256: "", rows: 2 },
        ],
        figures: { accuracy: 0.5 },
      })),
  };
  const shipped = path.join(scratch, "shipped");
  const local = path.join(scratch, "local");
  const { text } = await trainCommand(training, { datasets: scratch }, { ...options, shipped, local });
  expect(readFileSync(path.join(shipped, "coins/free.json"), "utf8")).toBe("{}");
  expect(readFileSync(path.join(local, "coins/bound.json"), "utf8")).toBe("{}");
  expect(text).toContain("stays on this machine");
});

test("a training that takes a file of one's own asks for no folder of data sets beside it", async () => {
  await expect(trainWords(["authenticity", "--file", file], () => {})).rejects.toThrow(
    "missing option: --label",
  );
  await expect(trainWords(["authenticity"], () => {})).rejects.toThrow("missing option: --datasets");
});

test("every evaluation and training says what it does, and its options are named once", async () => {
  const all = [...(await findEvaluations()), ...(await findTrainings())];
  expect(all.length).toBeGreaterThan(0);
  for (const found of all) {
    expect(found.says, found.id).toMatch(/\.$/);
    const names = found.options.map(optionName);
    expect(new Set(names).size, found.id).toBe(names.length);
  }
});
